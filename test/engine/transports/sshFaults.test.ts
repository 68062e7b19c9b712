import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { connect as connectSocket, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import ssh2, { type ParsedKey, type ServerChannel } from 'ssh2';
import { refused, withServer } from './refused.ts';
import { connect, opened, optionsFor, run, sshTransport } from './session.ts';
import { sshdProblem, startSshd, type Sshd } from './sshd.ts';
import { knownHostsLine, newKey } from './sshServer.ts';

const keepalive = { intervalMs: 150, count: 3 };

/** A TCP server that knows no SSH. */
async function withTcp<T>(answer: (socket: Socket) => void, use: (port: number) => Promise<T>): Promise<T> {
  const server = createServer((socket) => answer(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  try {
    return await use(typeof address === 'object' && address ? address.port : 0);
  } finally {
    server.close();
  }
}

const toPort = (port: number) => optionsFor({ port, identityFile: '/nowhere', knownHosts: '/dev/null' });

describe('ssh: reaching a node', function () {
  it('says that a port refuses', async () => {
    const port = await withTcp(
      () => {},
      async (free) => free,
    );
    const { what, message } = refused(await connect(sshTransport(), toPort(port)));
    assert.deepEqual([what, message], ['unreachable refused', `connection refused on port ${port}`]);
  });

  it('says that a name has no address', async () => {
    const options = { ...toPort(22), host: 'no-such-node.invalid' };
    assert.equal(refused(await connect(sshTransport(), options)).what, 'unreachable dns');
  });

  it('says that no greeting came', async () => {
    const late = await withTcp(
      () => {},
      async (port) => refused(await connect(sshTransport(), toPort(port), { timeoutMs: 200 })),
    );
    assert.equal(late.what, 'unreachable timeout');
    assert.match(late.message, /no SSH greeting came in 0.2 s/);
  });

  it('says what else is on the port', async () => {
    const http = (socket: Socket): void =>
      void socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const found = await withTcp(http, async (port) => refused(await connect(sshTransport(), toPort(port))));
    assert.deepEqual(found, {
      what: 'unreachable protocol',
      message: 'this is no SSH port: it says "HTTP/1.1 400 Bad Request"',
    });
  });

  it('bounds a greeting without end', async () => {
    const drip = (socket: Socket): void => {
      const write = (): void => void (socket.writable && socket.write('x'.repeat(10_000), write));
      write();
    };
    const found = await withTcp(drip, async (port) => refused(await connect(sshTransport(), toPort(port))));
    assert.equal(found.what, 'unreachable protocol');
  });

  it('names the phase in which a node falls silent', async () => {
    const stall = (socket: Socket): void => void socket.write('SSH-2.0-stalled\r\n');
    const found = await withTcp(stall, async (port) =>
      refused(await connect(sshTransport(), toPort(port), { timeoutMs: 300 })),
    );
    assert.deepEqual(found, {
      what: 'unreachable timeout',
      message: 'no answer during the key exchange in 0.3 s',
    });
  });

  it('names login as the phase when it is never answered', async () => {
    await withServer({ login: () => {} }, async (server) => {
      const found = refused(await connect(sshTransport(), optionsFor(server), { timeoutMs: 500 }));
      assert.deepEqual(found, { what: 'unreachable timeout', message: 'no answer during login in 0.5 s' });
    });
  });

  it('refuses names that could become options or commands, before it looks them up', async () => {
    for (const host of ['-oProxyCommand=touch x', 'a;b', '$(id)', 'a\nb']) {
      const { what } = refused(await connect(sshTransport(), { ...toPort(22), host }));
      assert.deepEqual([host, what], [host, 'refused']);
    }
    const viaBad = { ...toPort(22), via: [{ host: 'b', port: 22, user: '-l', auth: [], identityFiles: [] }] };
    assert.equal(refused(await connect(sshTransport(), viaBad)).what, 'refused');
  });
});

describe('ssh: host keys', function () {
  it('R-H1: offers an unknown key and sends nothing, not even a user name', async () => {
    await withServer({}, async (server) => {
      writeFileSync(server.knownHosts, '');
      const connected = await connect(sshTransport(), optionsFor(server));
      assert.equal(refused(connected).what, 'unreachable host-key');
      assert.ok(!connected.ok && connected.unknownHostKey?.fingerprint.startsWith('SHA256:'));
      assert.deepEqual(server.attempts, []);
    });
  });

  for (const [what, line, words] of [
    ['changed', (port: number) => knownHostsLine(port, newKey()), /another host key than the one you know/],
    ['revoked', undefined, /is revoked/],
  ] as const) {
    it(`${what === 'changed' ? 'R-H3' : 'R-H4'}: refuses a ${what} key, for good`, async () => {
      await withServer({}, async (server) => {
        const known = readFileSync(server.knownHosts, 'utf8');
        writeFileSync(server.knownHosts, line ? line(server.port) : `${known}@revoked ${known}`);
        const connected = await connect(sshTransport(), optionsFor(server));
        const { what: outcome, message } = refused(connected);
        assert.equal(outcome, 'unreachable host-key');
        assert.match(message, words);
        assert.match(message, /known_hosts:\d/);
        assert.ok(!connected.ok && connected.unknownHostKey === undefined);
        assert.deepEqual(server.attempts, []);
      });
    });
  }

  it('asks first for the type of key that is known', async () => {
    const [ed25519, ecdsa] = [newKey(), newKey('ecdsa')];
    await withServer({ hostKeys: [ed25519, ecdsa] }, async (server) => {
      writeFileSync(server.knownHosts, knownHostsLine(server.port, ecdsa));
      const session = await opened(sshTransport(), optionsFor(server));
      assert.equal(session.info.hostKey, 'known_hosts:1');
      await session[Symbol.asyncDispose]();
    });
  });
});

describe('ssh: a command on a misbehaving node', function () {
  const scripts: [string, (channel: ServerChannel) => void, object][] = [
    ['no exit code', (channel) => channel.end('out\n'), { type: 'lost' }],
    ['an exit code after the close', (channel) => (channel.close(), channel.exit(0)), { type: 'lost' }],
    [
      'an end of output before the exit code',
      (channel) => (channel.eof(), exitAfterEof(channel, 4), channel.close()),
      { type: 'exited', code: 4 },
    ],
    [
      'a signal',
      (channel) => (channel.exit('TERM'), channel.end()),
      { type: 'signalled', signal: 'SIGTERM' },
    ],
  ];
  for (const [what, command, expected] of scripts) {
    it(`with ${what} ends as ${JSON.stringify(expected)}`, async () => {
      await withServer({ command: (_line, channel) => command(channel) }, async (server) => {
        const session = await opened(sshTransport(), optionsFor(server));
        const { exit } = await run(session, 'true');
        assert.deepEqual({ ...exit, ...expected }, exit);
        await session[Symbol.asyncDispose]();
      });
    });
  }

  it('keeps late and invalid bytes', async () => {
    const bytes = Buffer.from([0xff, 0xc3, 0x28, 0x00, 0x0d]);
    const command = (_line: string, channel: ServerChannel): void => {
      channel.exit(0);
      channel.end(bytes);
    };
    await withServer({ command }, async (server) => {
      const session = await opened(sshTransport(), optionsFor(server));
      const { stdout, exit } = await run(session, 'true');
      assert.deepEqual([stdout, exit], [bytes, { type: 'exited', code: 0 }]);
      await session[Symbol.asyncDispose]();
    });
  });

  it('says so when the node takes no command', async () => {
    await withServer({ takesCommands: false }, async (server) => {
      const session = await opened(sshTransport(), optionsFor(server));
      assert.equal((await run(session, 'true')).exit.type, 'lost');
      await session[Symbol.asyncDispose]();
    });
  });

  it('admits that a process may still run where nothing stops it', async () => {
    await withServer({ command: (_line, channel) => channel.write('started') }, async (server) => {
      const abort = new AbortController();
      const session = await opened(sshTransport(), optionsFor(server));
      const { exit } = await run(session, 'true', { signal: abort.signal, watch: () => abort.abort() });
      assert.deepEqual(exit, { type: 'stopped', remote: 'may-still-run' });
      await session[Symbol.asyncDispose]();
    });
  });

  it('R-H8: cuts off a node that changes its host key on rekey', async () => {
    const [first, second] = [newKey(), newKey()];
    // A rekey starts from the server's list of keys: changing the key in it is what a man in the middle would do.
    const keys = [first];
    const command = (_line: string, channel: ServerChannel): void => {
      channel.write('started');
      const { _client: connection } = channel as unknown as { _client: ServerConnection };
      swapHostKey(connection, second);
      connection.rekey();
    };
    await withServer({ hostKeys: keys, command }, async (server) => {
      const session = await opened(sshTransport(), optionsFor(server));
      const { exit } = await run(session, 'true');
      assert.equal(exit.type, 'lost');
      assert.match('message' in exit ? exit.message : '', /changed its host key/);
      await session[Symbol.asyncDispose]();
    });
  });
});

/** ssh2's own `exit` sends nothing after the end of output; other servers do. */
function exitAfterEof(channel: ServerChannel, code: number): void {
  const { outgoing, _client: connection } = channel as unknown as {
    outgoing: { id: number };
    _client: ServerConnection;
  };
  connection._protocol.exitStatus(outgoing.id, code);
}

type ServerConnection = {
  rekey(): void;
  _protocol: { _hostKeys: Record<string, unknown>; exitStatus(channel: number, code: number): void };
};

function parsePrivate(key: string): ParsedKey {
  const parsed = ssh2.utils.parseKey(key);
  if (parsed instanceof Error) throw parsed;
  return parsed;
}

function swapHostKey(connection: ServerConnection, key: string): void {
  const hostKeys = connection._protocol._hostKeys;
  const parsed = parsePrivate(key);
  for (const type of Object.keys(hostKeys)) hostKeys[type] = parsed;
}

describe('ssh: OpenSSH that fails', function () {
  let sshd: Sshd | undefined;
  const started = async (extra: readonly string[] = []): Promise<Sshd> => (sshd = await startSshd(extra));

  before(`has an sshd${sshdProblem ? ` (${sshdProblem})` : ''}`, function () {
    if (sshdProblem) this.skip();
  });
  afterEach(async () => {
    await sshd?.stop();
    sshd = undefined;
  });

  it('is throttled by MaxStartups', async () => {
    const peer = await started(['MaxStartups 1:100:1']);
    const waiting = connectSocket(peer.port, '127.0.0.1');
    await once(waiting, 'data');
    assert.equal(refused(await connect(sshTransport(), optionsFor(peer))).what, 'unreachable throttled');
    waiting.destroy();
  });

  it('says that nothing was started when MaxSessions refuses the channel', async () => {
    const session = await opened(sshTransport(), optionsFor(await started(['MaxSessions 0'])));
    const { exit } = await run(session, 'true');
    assert.deepEqual(exit.type === 'not-started' && exit.kind, 'throttled');
    await session[Symbol.asyncDispose]();
  });

  it('is lost when the session is killed', async () => {
    const session = await opened(sshTransport(), optionsFor(await started()));
    const { exit } = await run(session, 'kill -9 $PPID; sleep 5');
    assert.equal(exit.type, 'lost');
  });

  it('is lost when it is frozen', async () => {
    const session = await opened(sshTransport({ keepalive }), optionsFor(await started()));
    const daemon = Number((await run(session, 'echo $PPID')).stdout);
    assert.ok(daemon > 1 && daemon !== process.pid);
    const { exit } = await run(session, `kill -STOP ${daemon}; exec sleep 5`);
    process.kill(daemon, 'SIGKILL');
    assert.deepEqual(exit, {
      type: 'lost',
      message: 'connection lost: no sign of life for 0.5 s; the result is unknown',
    });
  });

  it('survives many rekeys with the same key', async () => {
    const session = await opened(sshTransport(), optionsFor(await started(['RekeyLimit 1M'])));
    const { exit, stdout } = await run(session, 'head -c 8000000 /dev/zero');
    assert.deepEqual([exit, stdout.length], [{ type: 'exited', code: 0 }, 8_000_000]);
    await session[Symbol.asyncDispose]();
  });

  it('R-H12: goes through a jump host, each verified under its own name', async () => {
    const peer = await started();
    await withServer({}, async (node) => {
      const known = join(peer.folder, 'both');
      writeFileSync(known, readFileSync(peer.knownHosts, 'utf8') + readFileSync(node.knownHosts, 'utf8'));
      const hop = optionsFor(peer);
      const options = { ...optionsFor(node), knownHosts: [known], via: [hop] };
      const session = await opened(sshTransport(), options);
      assert.equal((await run(session, 'echo through')).stdout.toString(), 'through\n');
      await session[Symbol.asyncDispose]();

      const unknownNode = await connect(sshTransport(), { ...options, knownHosts: [peer.knownHosts] });
      assert.ok(!unknownNode.ok && unknownNode.unknownHostKey?.port === node.port);
      const brokenHop = { ...hop, identityFiles: ['/nowhere'] };
      const failed = refused(await connect(sshTransport(), { ...options, via: [brokenHop] }));
      assert.equal(failed.what, 'unreachable jump');
      assert.match(failed.message, /^via 127.0.0.1: /);
      const closed = refused(await connect(sshTransport(), { ...options, port: 1 }));
      assert.deepEqual(closed, { what: 'unreachable refused', message: 'connection refused on port 1' });
    });
  });
});
