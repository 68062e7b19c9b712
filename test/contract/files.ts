import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import type { Exit, GetRequest, PutRequest, Session } from '../../core/plugin/transport.ts';
import type { PlannedFile } from '../../core/run/fileActions.ts';
import { temporaryFolder } from '../engine/transports/session.ts';

export type Carried = { exit: Exit; said: string; notes: string[]; progress: [number, number][] };

type Watch = { signal?: AbortSignal; onProgress?: (bytes: number) => void };

/** Puts files and gathers what comes of it. */
export function put(session: Session, request: PutRequest, watch: Watch = {}): Promise<Carried> {
  return carried((context) => session.put?.(request, context), watch);
}

export function get(session: Session, request: GetRequest, watch: Watch = {}): Promise<Carried> {
  return carried((context) => session.get?.(request, context), watch);
}

type Context = Parameters<NonNullable<Session['put']>>[1];

async function carried(
  carry: (context: Context) => Promise<Exit> | undefined,
  { signal = new AbortController().signal, onProgress }: Watch,
): Promise<Carried> {
  const result = { said: '', notes: new Array<string>(), progress: new Array<[number, number]>() };
  const exit = await carry({
    signal,
    onOutput: (_stream, bytes) => void (result.said += Buffer.from(bytes).toString()),
    onProgress: (bytes, of) => {
      result.progress.push([bytes, of]);
      onProgress?.(bytes);
    },
    note: (message) => void result.notes.push(message),
  });
  assert.ok(exit, 'the transport carries files');
  return { exit, ...result };
}

/** A file of this machine as a plan has it. */
export function planned(from: string, to: string): PlannedFile {
  const content = fs.readFileSync(from);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { from, to, bytes: content.length, sha256, mode: fs.statSync(from).mode & 0o777 };
}

const changed = (is: boolean): Exit => ({ type: 'exited', code: 0, changed: is });

function rights(path: string): number {
  return fs.statSync(path).mode & 0o777;
}

/** What every transport guarantees that carries files. */
export function filesContract(open: () => Session): void {
  const world = () => {
    const folder = temporaryFolder();
    const at = (...names: string[]): string => join(folder.path, ...names);
    const write = (name: string, content: string | Buffer, mode = 0o644): string => {
      fs.writeFileSync(at(name), content);
      fs.chmodSync(at(name), mode);
      return at(name);
    };
    return { at, write, [Symbol.dispose]: () => folder[Symbol.dispose]() };
  };

  it('puts files of any size and name in their places, and leaves nothing else', async () => {
    using here = world();
    const contents: Record<string, Buffer> = {
      empty: Buffer.alloc(0),
      'it\'s $HOME `id` \\ "x" !é\nnext': randomBytes(10),
      large: randomBytes(5_000_001),
      '-n': randomBytes(32 * 1024),
    };
    fs.mkdirSync(here.at('there'));
    const files = Object.entries(contents).map(([name, content], index) =>
      planned(here.write(`f${index}`, content, 0o640), here.at('there', name)),
    );
    const { exit, notes, progress } = await put(open(), { files, to: `${here.at('there')}/` });
    assert.deepEqual([exit, notes], [changed(true), []]);
    for (const [name, content] of Object.entries(contents)) {
      assert.ok(fs.readFileSync(here.at('there', name)).equals(content), name);
      assert.equal(rights(here.at('there', name)), 0o640);
    }
    assert.deepEqual(fs.readdirSync(here.at('there')).sort(), Object.keys(contents).sort());
    const all = files.reduce((sum, { bytes }) => sum + bytes, 0);
    assert.deepEqual(progress.at(-1), [all, all]);
  });

  it('leaves alone what is there already, and changes what is not', async () => {
    using here = world();
    const file = planned(here.write('new', 'same size 1'), here.at('old'));
    here.write('old', 'same size 2', 0o600);
    assert.deepEqual((await put(open(), { files: [file], to: here.at('old') })).exit, changed(true));
    assert.equal(rights(here.at('old')), 0o600, 'the mode of what was there stays');
    const before = fs.statSync(here.at('old')).ino;
    const again = await put(open(), { files: [file], to: here.at('old') });
    assert.deepEqual([again.exit, again.said], [changed(false), `${here.at('old')}: unchanged\n`]);
    assert.equal(fs.statSync(here.at('old')).ino, before);
    assert.deepEqual(
      (await put(open(), { files: [file], to: here.at('old'), mode: '0755' })).exit,
      changed(true),
    );
    assert.equal(rights(here.at('old')), 0o755);
  });

  it('keeps what was there when it is asked to', async () => {
    using here = world();
    const file = planned(here.write('new', 'new'), here.at('old'));
    here.write('old', 'old');
    await put(open(), { files: [file], to: here.at('old'), backup: true });
    const [kept] = fs.readdirSync(here.at()).filter((name) => /^old\.\d{8}T\d{6}~$/.test(name));
    assert.equal(fs.readFileSync(here.at(kept ?? ''), 'utf8'), 'old');
    assert.equal(fs.readFileSync(here.at('old'), 'utf8'), 'new');
  });

  it('makes the folders that are missing', async () => {
    using here = world();
    const file = planned(here.write('a', 'a'), here.at('x', 'y', 'z', 'a'));
    assert.deepEqual((await put(open(), { files: [file], to: `${here.at('x', 'y')}/` })).exit, changed(true));
    assert.equal(fs.readFileSync(here.at('x', 'y', 'z', 'a'), 'utf8'), 'a');
  });

  it('R-W9: puts nothing in place that has changed since the plan, be it the file or a link in its stead', async () => {
    using here = world();
    const file = planned(here.write('a', 'planned'), here.at('there'));
    here.write('secret', 'secret!');
    for (const swap of [
      () => here.write('a', 'changed'),
      () => here.write('a', 'planned and more'),
      () => [fs.rmSync(here.at('a')), fs.symlinkSync(here.at('secret'), here.at('a'))],
    ]) {
      swap();
      const { exit } = await put(open(), { files: [file], to: file.to });
      assert.ok(exit.type === 'failed' && exit.message.includes(here.at('a')), JSON.stringify(exit));
    }
    assert.deepEqual(fs.readdirSync(here.at()).sort(), ['a', 'secret']);
  });

  it('R-W9: follows no link that stands for a folder below the one that was named', async () => {
    using here = world();
    fs.mkdirSync(here.at('elsewhere'));
    fs.mkdirSync(here.at('there'));
    fs.symlinkSync(here.at('elsewhere'), here.at('there', 'sub'));
    const file = planned(here.write('a', 'a'), here.at('there', 'sub', 'a'));
    const { exit } = await put(open(), { files: [file], to: `${here.at('there')}/` });
    assert.ok(exit.type === 'failed' && exit.message.includes('link'), JSON.stringify(exit));
    assert.deepEqual(fs.readdirSync(here.at('elsewhere')), []);
  });

  it('R-W9: shows nobody a file on its way, and replaces a link by the file', async () => {
    using here = world();
    here.write('target', 'target');
    fs.symlinkSync(here.at('target'), here.at('there'));
    const file = planned(here.write('a', randomBytes(3_000_000), 0o644), here.at('there'));
    const seen = new Set<number>();
    await put(
      open(),
      { files: [file], to: file.to },
      {
        onProgress: () => {
          for (const name of fs.readdirSync(here.at()).filter((each) => each.startsWith('.muster-')))
            seen.add(rights(here.at(name)));
        },
      },
    );
    assert.deepEqual([...seen], [0o600]);
    assert.ok(fs.lstatSync(here.at('there')).isFile());
    assert.equal(fs.readFileSync(here.at('target'), 'utf8'), 'target');
  });

  it('R-W9: leaves nothing on the node after a stop in the middle', async () => {
    using here = world();
    fs.mkdirSync(here.at('there'));
    const files = ['a', 'b'].map((name) =>
      planned(here.write(name, randomBytes(4_000_000)), here.at('there', name)),
    );
    const abort = new AbortController();
    const { exit, notes } = await put(
      open(),
      { files, to: `${here.at('there')}/` },
      {
        signal: abort.signal,
        onProgress: (bytes) => (bytes > 5_000_000 ? abort.abort() : undefined),
      },
    );
    assert.deepEqual([exit, notes], [{ type: 'stopped', remote: 'stopped' }, []]);
    assert.deepEqual(fs.readdirSync(here.at('there')), []);
  });

  it('says what is in the way', async () => {
    using here = world();
    fs.mkdirSync(here.at('folder'));
    for (const [to, word] of [
      [here.at('folder'), 'is a folder'],
      [here.at('none', 'a'), 'there is no folder'],
    ] as const) {
      const { exit } = await put(open(), { files: [planned(here.write('a', 'a'), to)], to });
      assert.ok(exit.type === 'failed' && exit.message.includes(word), JSON.stringify(exit));
    }
  });

  it('gets files and folders as they are, for their user alone', async () => {
    using here = world();
    fs.mkdirSync(here.at('logs', 'sub'), { recursive: true });
    const large = randomBytes(3_000_001);
    here.write('logs/large', large);
    here.write('logs/.hidden', 'hidden');
    here.write('logs/sub/empty', '');
    fs.symlinkSync('/etc/passwd', here.at('logs', 'link'));
    const { exit, said } = await get(open(), { from: [here.at('logs')], to: here.at('out'), node: 'n1' });
    assert.deepEqual(exit, changed(true));
    assert.match(said, /link \(a link\): left out/);
    assert.ok(fs.readFileSync(here.at('out', 'n1', 'logs', 'large')).equals(large));
    assert.equal(fs.readFileSync(here.at('out', 'n1', 'logs', '.hidden'), 'utf8'), 'hidden');
    assert.equal(rights(here.at('out', 'n1', 'logs', 'sub', 'empty')), 0o600);
    assert.deepEqual(fs.readdirSync(here.at('out', 'n1', 'logs')).sort(), ['.hidden', 'large', 'sub']);
  });

  it('R-W8: replaces nothing that is here, unless asked, and follows no link here', async () => {
    using here = world();
    here.write('a', 'theirs');
    fs.mkdirSync(here.at('out', 'n1'), { recursive: true });
    here.write('out/n1/a', 'ours');
    const request = { from: [here.at('a')], to: here.at('out'), node: 'n1' };
    const { exit } = await get(open(), request);
    assert.ok(exit.type === 'failed' && exit.message.includes('already'), JSON.stringify(exit));
    assert.equal(fs.readFileSync(here.at('out', 'n1', 'a'), 'utf8'), 'ours');
    assert.deepEqual((await get(open(), { ...request, overwrite: true })).exit, changed(true));
    assert.equal(fs.readFileSync(here.at('out', 'n1', 'a'), 'utf8'), 'theirs');
    fs.symlinkSync(here.at(), here.at('out', 'n2'));
    const linked = await get(open(), { ...request, node: 'n2', overwrite: true });
    assert.ok(linked.exit.type === 'failed', JSON.stringify(linked.exit));
    assert.deepEqual(fs.readdirSync(here.at()).sort(), ['a', 'out']);
  });

  it('R-W8: stops at the limits, and leaves nothing half', async () => {
    using here = world();
    fs.mkdirSync(here.at('many'));
    for (let each = 0; each < 5; each++) here.write(`many/${each}`, 'x'.repeat(1000));
    const request = { from: [here.at('many')], to: here.at('out'), node: 'n1' };
    for (const limit of [{ maxFiles: 4 }, { maxBytes: 4999 }]) {
      const { exit } = await get(open(), { ...request, ...limit });
      assert.ok(exit.type === 'failed' && exit.message.includes('more than'), JSON.stringify(exit));
    }
    fs.truncateSync(here.write('sparse', ''), 2 ** 40);
    const { exit } = await get(open(), { ...request, from: [here.at('sparse')] });
    assert.ok(exit.type === 'failed' && exit.message.includes('1 TB'), JSON.stringify(exit));
    assert.deepEqual(fs.existsSync(here.at('out', 'n1')) ? fs.readdirSync(here.at('out', 'n1')) : [], []);
  });

  it('R-W8: leaves nothing half here after a stop in the middle', async () => {
    using here = world();
    here.write('a', randomBytes(8_000_000));
    const abort = new AbortController();
    const { exit } = await get(
      open(),
      { from: [here.at('a')], to: here.at('out'), node: 'n1' },
      {
        signal: abort.signal,
        onProgress: (bytes) => (bytes > 1_000_000 ? abort.abort() : undefined),
      },
    );
    assert.deepEqual(exit, { type: 'stopped', remote: 'stopped' });
    assert.deepEqual(fs.readdirSync(here.at('out', 'n1')), []);
  });
}
