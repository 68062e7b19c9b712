import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import type { Session } from '../../../core/plugin/transport.ts';
import * as packets from '../../../engine/transports/files/sftp/packets.ts';
import { get, planned, put } from '../../contract/files.ts';
import { opened, optionsFor, sshTransport, temporaryFolder } from '../transports/session.ts';
import { startSshServer } from '../transports/sshServer.ts';

const { types, uint32, string } = packets;
const attrs = (mode: number, size = 3): Buffer =>
  Buffer.concat([uint32(5), packets.uint64(size), uint32(mode)]);
const [file, folder, link, device] = [0o100644, 0o040755, 0o120777, 0o020666];

/** Answers a request of a type, by its number; nothing means no answer. */
type Answer = (id: number, body: Buffer) => Buffer | undefined;
type Script = Readonly<Record<number, Answer>>;

const packet = (type: number, ...parts: readonly Buffer[]): Buffer => {
  const body = Buffer.concat([Buffer.of(type), ...parts]);
  return Buffer.concat([uint32(body.length), body]);
};
const status = (id: number, code: number, message = ''): Buffer =>
  packet(types.status, uint32(id), uint32(code), string(message), string(''));
const names = (id: number, list: readonly (readonly [string | Buffer, number])[]): Buffer =>
  packet(
    types.name,
    uint32(id),
    uint32(list.length),
    ...list.flatMap(([name, mode]) => [string(name), string(''), attrs(mode)]),
  );

/** A server of which all is a folder, and every file holds `abc`. */
const usual: Script = {
  [types.stat]: (id) => packet(types.attrs, uint32(id), attrs(folder)),
  [types.lstat]: (id) => status(id, 2),
  [types.opendir]: (id) => packet(types.handle, uint32(id), string('h')),
  [types.open]: (id) => packet(types.handle, uint32(id), string('h')),
  [types.close]: (id) => status(id, 0),
  [types.readdir]: (id) => status(id, 1),
  [types.read]: (id, body) =>
    body.readBigUInt64BE(5) === 0n ? packet(types.data, uint32(id), string('abc')) : status(id, 1),
};

function speak(channel: Duplex, script: Script): void {
  let bytes = Buffer.alloc(0);
  channel.on('data', (chunk: Buffer) => {
    bytes = Buffer.concat([bytes, chunk]);
    while (bytes.length >= 4 && bytes.length >= 4 + bytes.readUInt32BE(0)) {
      const length = bytes.readUInt32BE(0);
      const [type = 0, id, body] = [bytes[4], bytes.readUInt32BE(5), bytes.subarray(9, 4 + length)];
      bytes = bytes.subarray(4 + length);
      const answer = type === types.init ? packet(types.version, uint32(3)) : script[type]?.(id, body);
      if (answer) channel.write(answer);
    }
  });
}

async function against(
  script: Script,
  test: (session: Session, at: (...names: string[]) => string) => Promise<void>,
) {
  const server = await startSshServer({
    sftp: (channel) => speak(channel, { ...usual, ...script }),
    command: (_line, channel) => {
      channel.exit(1);
      channel.end();
    },
  });
  using here = temporaryFolder();
  const session = await opened(sshTransport(), optionsFor(server));
  try {
    await test(session, (...parts) => join(here.path, ...parts));
  } finally {
    await session[Symbol.asyncDispose]();
    await server.close();
  }
}

/** Lists something once. */
function once(list: readonly (readonly [string | Buffer, number])[]): Script {
  let isListed = false;
  return {
    [types.readdir]: (id) => {
      if (isListed) return status(id, 1);
      isListed = true;
      return names(id, list);
    },
  };
}

const request = (at: (...parts: string[]) => string) => ({ from: ['/logs'], to: at('out'), node: 'n1' });

describe('fetching from a hostile node', () => {
  const hostile: readonly (string | Buffer)[] = [
    '../../.bashrc',
    '/etc/cron.d/x',
    '..\\..\\x',
    'a\0b',
    '..',
    'x/../../y',
    'C:x',
    'con',
    'a\nb',
    'a\u001b[2Jb',
    '',
    'trailing.',
    Buffer.from([0x66, 0xff, 0xfe]),
  ];
  for (const name of hostile.filter((each) => each !== '..')) {
    it(`R-W8: takes no file that is called ${JSON.stringify(String(name))}, and all others`, () =>
      against(
        once([
          [name, file],
          ['good', file],
          ['.dotfile', file],
        ]),
        async (session, at) => {
          const { exit } = await get(session, request(at));
          assert.ok(exit.type === 'failed' && exit.message.includes('not taken'), JSON.stringify(exit));
          assert.deepEqual(fs.readdirSync(at()), ['out']);
          assert.deepEqual(fs.readdirSync(at('out')), ['n1']);
          assert.deepEqual(fs.readdirSync(at('out', 'n1', 'logs')).sort(), ['.dotfile', 'good']);
        },
      ));
  }

  it('R-W8: follows no links and reads no devices, and says so', () =>
    against(
      once([
        ['link', link],
        ['device', device],
        ['good', file],
      ]),
      async (session, at) => {
        const { exit, said } = await get(session, request(at));
        assert.deepEqual(exit, { type: 'exited', code: 0, changed: true });
        assert.match(said, /link \(a link\): left out\n.*device \(no file\): left out/);
        assert.deepEqual(fs.readdirSync(at('out', 'n1', 'logs')), ['good']);
      },
    ));

  it('R-W8: begins no file that claims a terabyte, and cuts one off that lies about its size', () =>
    against(
      {
        [types.stat]: (id, body) =>
          packet(types.attrs, uint32(id), attrs(file, body.toString().includes('huge') ? 2 ** 40 : 3)),
        [types.read]: (id, body) =>
          packet(types.data, uint32(id), string(Buffer.alloc(body.readUInt32BE(13)))),
      },
      async (session, at) => {
        for (const from of ['/huge', '/liar']) {
          const { exit } = await get(session, { ...request(at), from: [from], maxBytes: 1_000_000 });
          assert.ok(exit.type === 'failed' && exit.message.includes('are more than'), JSON.stringify(exit));
        }
        assert.deepEqual(fs.readdirSync(at('out', 'n1')), []);
      },
    ));

  const endless: Readonly<Record<string, Script>> = {
    'lists files without end': {
      [types.readdir]: (id) =>
        names(
          id,
          Array.from({ length: 100 }, (_, each) => [`f${id}-${each}`, file] as const),
        ),
    },
    'has folders in folders without end': {
      [types.readdir]: (id) => (id % 2 ? names(id, [[`d${id}`, folder]]) : names(id, [[`e${id}`, folder]])),
    },
    'lists nothing, again and again': { [types.readdir]: (id) => names(id, []) },
    'claims a packet of 4 GB': { [types.stat]: () => uint32(0xffff_ffff) },
    'claims more names than it sends': {
      [types.readdir]: (id) => packet(types.name, uint32(id), uint32(0xffff_ffff)),
    },
    'answers what nobody asked': { [types.stat]: (id) => status(id + 7, 0) },
    'sends noise': { [types.stat]: () => Buffer.from('\0\0\0\x02xy') },
    'sends more than was asked for': {
      ...once([['f', file]]),
      [types.read]: (id) => packet(types.data, uint32(id), string(Buffer.alloc(100_000))),
    },
  };
  for (const [what, script] of Object.entries(endless)) {
    it(`R-W11: ends with a node that ${what}`, () =>
      against(script, async (session, at) => {
        const before = process.memoryUsage().rss;
        const { exit } = await get(session, request(at));
        assert.ok(exit.type === 'failed' || exit.type === 'lost', JSON.stringify(exit));
        assert.ok(process.memoryUsage().rss - before < 200_000_000);
      }));
  }

  it('R-W11: stops with a node that says nothing more, and tells what is left there', () =>
    against({ [types.write]: () => undefined, [types.remove]: () => undefined }, async (session, at) => {
      fs.writeFileSync(at('a'), 'a');
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 300);
      const { exit, notes } = await put(
        session,
        { files: [planned(at('a'), '/etc/a')], to: '/etc/a' },
        { signal: abort.signal },
      );
      assert.deepEqual(exit, { type: 'stopped', remote: 'stopped' });
      assert.match(notes.join(), /^Left on the node, unfinished: \/etc\/\.muster-[0-9a-f]{24}\./);
    }));
});

describe('copying to a node', () => {
  it('R-W9: says when its disk is full, and takes away what was begun', async () => {
    const removed: string[] = [];
    await against(
      {
        [types.write]: (id) => status(id, 4, 'Failure'),
        [types.remove]: (id, body) => {
          removed.push(body.subarray(4).toString());
          return status(id, 0);
        },
      },
      async (session, at) => {
        fs.writeFileSync(at('a'), 'a');
        const { exit, notes } = await put(session, { files: [planned(at('a'), '/etc/a')], to: '/etc/a' });
        assert.deepEqual([exit.type, notes, removed.length], ['failed', [], 1]);
      },
    );
  });
});
