import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, connect as connectSocket, type Socket } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SshOptions } from '../../../core/plugin/options.ts';
import { createPool } from '../../../engine/transports/ssh/pool.ts';
import { systemClock } from '../../../engine/clock.ts';
import { connect, hastyClock, keepingPool, opened, optionsFor, run, sshTransport } from './session.ts';
import { knownHostsLine, newKey, startSshServer, type SshServer, type SshServerScript } from './sshServer.ts';

const ok = { type: 'exited', code: 0 };

async function withServer<T>(script: SshServerScript, use: (server: SshServer) => Promise<T>): Promise<T> {
  const server = await startSshServer(script);
  try {
    return await use(server);
  } finally {
    await server.close();
  }
}

/** Opens a session, runs a command and gives the session back. */
async function runOnce(
  transport: ReturnType<typeof sshTransport>,
  options: SshOptions,
  command = 'true',
): Promise<{ exit: unknown; reused: boolean }> {
  await using session = await opened(transport, options);
  const { exit } = await run(session, command);
  return { exit, reused: session.info.reused ?? false };
}

/** Settles when it is true, and fails when it never is. */
async function until(holds: () => boolean): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    assert.ok(turn < 500, 'it did not become true in 5 s');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

describe('ssh: connections are kept', function () {
  it('uses a connection again and says so', async () => {
    await withServer({}, async (server) => {
      const transport = sshTransport({ pool: keepingPool() });
      const first = await runOnce(transport, optionsFor(server));
      const second = await runOnce(transport, optionsFor(server));
      assert.deepEqual(
        [first, second],
        [
          { exit: ok, reused: false },
          { exit: ok, reused: true },
        ],
      );
      assert.deepEqual(server.connections(), { ever: 1, open: 1 });
    });
  });

  it('opens another one for another user, key, agent or known_hosts file', async () => {
    await withServer({}, async (server) => {
      const pool = keepingPool();
      const transport = sshTransport({ pool });
      const options = optionsFor(server, { user: 'a' });
      const known = join(server.folder, 'known_too');
      writeFileSync(known, readFileSync(server.knownHosts));
      await runOnce(transport, options);
      await runOnce(transport, { ...options, user: 'b' });
      await runOnce(transport, { ...options, knownHosts: [known] });
      await runOnce(transport, { ...options, identitiesOnly: true });
      await runOnce(sshTransport({ pool, agentSocket: '/nowhere' }), options);
      assert.equal(server.connections().ever, 5);
    });
  });

  it('closes what nobody has used for a while', async () => {
    await withServer({}, async (server) => {
      const pool = createPool({ clock: systemClock, idle: { nodeMs: 30, hopMs: 30 } });
      await runOnce(sshTransport({ pool }), optionsFor(server));
      assert.equal(server.connections().open, 1);
      await until(() => server.connections().open === 0);
    });
  });

  it('closes all when it is closed', async () => {
    await withServer({}, async (server) => {
      const pool = keepingPool();
      await runOnce(sshTransport({ pool }), optionsFor(server));
      pool.close();
      await until(() => server.connections().open === 0);
    });
  });

  it('does not trust a time that no timer has seen', async () => {
    await withServer({}, async (server) => {
      let now = Date.now();
      const clock = { now: () => now, after: systemClock.after };
      const transport = sshTransport({ pool: createPool({ clock, idle: { nodeMs: 60_000, hopMs: 0 } }) });
      await runOnce(transport, optionsFor(server));
      now += 3_600_000;
      const { exit, reused } = await runOnce(transport, optionsFor(server));
      assert.deepEqual([exit, reused, server.connections().ever], [ok, false, 2]);
    });
  });

  it('replaces one that the node has closed', async () => {
    const connections: { end(): void }[] = [];
    await withServer({ connection: (each) => connections.push(each) }, async (server) => {
      const transport = sshTransport({ pool: keepingPool() });
      await runOnce(transport, optionsFor(server));
      connections[0]?.end();
      await until(() => server.connections().open === 0);
      assert.deepEqual(await runOnce(transport, optionsFor(server)), { exit: ok, reused: false });
    });
  });

  it('replaces one that has died in silence, before anything is started on it', async () => {
    await withServer({}, async (server) => {
      const sockets: Socket[] = [];
      const relay = createServer((socket) => {
        sockets.push(socket);
        socket.on('error', () => {});
        socket.pipe(connectSocket(server.port, '127.0.0.1').on('error', () => {})).pipe(socket);
      }).listen(0, '127.0.0.1');
      await once(relay, 'listening');
      const address = relay.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      const known = readFileSync(server.knownHosts, 'utf8').replace(`:${server.port} `, `:${port} `);
      writeFileSync(server.knownHosts, known);
      const transport = sshTransport({ pool: keepingPool(), clock: hastyClock });
      const options = optionsFor({ ...server, port });
      await runOnce(transport, options);
      // Nothing passes any more, and nobody is told.
      sockets[0]?.unpipe();
      sockets[0]?.pause();
      assert.deepEqual((await runOnce(transport, options)).exit, ok);
      assert.equal(server.connections().ever, 2);
      for (const socket of sockets) socket.destroy();
      relay.close();
    });
  });

  it('is not used when its host key is no longer known (R-H3)', async () => {
    await withServer({}, async (server) => {
      const transport = sshTransport({ pool: keepingPool() });
      await runOnce(transport, optionsFor(server));
      writeFileSync(server.knownHosts, knownHostsLine(server.port, newKey()));
      // A look at a file counts for a tenth of a second.
      await new Promise((resolve) => setTimeout(resolve, 150));
      const refused = await connect(transport, optionsFor(server));
      assert.match(JSON.stringify(refused), /another host key than the one you know/);
    });
  });

  it('is not used when it is not known what became of a command on it', async () => {
    await withServer({ command: (_line, channel) => channel.end('out\n') }, async (server) => {
      const transport = sshTransport({ pool: keepingPool() });
      await runOnce(transport, optionsFor(server));
      assert.equal((await runOnce(transport, optionsFor(server))).reused, false);
      await until(() => server.connections().open <= 1);
    });
  });

  it('leaves no listeners behind after 300 uses (R-C19)', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error): void => void warnings.push(warning);
    process.on('warning', listen);
    const command: SshServerScript['command'] = (_line, channel) => (channel.exit(0), channel.end());
    await withServer({ command }, async (server) => {
      const pool = keepingPool();
      const transport = sshTransport({ pool });
      const abort = new AbortController();
      for (let use = 0; use < 300; use++) {
        await using session = await opened(transport, optionsFor(server), { signal: abort.signal });
        assert.deepEqual((await run(session, 'true', { signal: abort.signal })).exit, ok);
      }
      assert.equal(server.connections().ever, 1);
    });
    process.off('warning', listen);
    assert.deepEqual(warnings, []);
  });
});

describe('ssh: a node that gives few channels (R-C6)', function () {
  const command = 'sleep 0.2; echo done';

  it('gets a second connection', async () => {
    await withServer({ mostSessions: 2 }, async (server) => {
      const transport = sshTransport({ pool: keepingPool() });
      await runOnce(transport, optionsFor(server));
      const all = await Promise.all(
        Array.from({ length: 6 }, () => runOnce(transport, optionsFor(server), command)),
      );
      assert.deepEqual(
        all.map(({ exit }) => exit),
        all.map(() => ok),
      );
      assert.ok(server.connections().ever <= 4, `${server.connections().ever} connections`);
      assert.deepEqual((await runOnce(transport, optionsFor(server))).reused, true);
    });
  });

  it('has the others wait where it takes no second connection either', async () => {
    let seen = 0;
    const connection: SshServerScript['connection'] = (each) => void (++seen > 1 && each.end());
    await withServer({ mostSessions: 1, connection }, async (server) => {
      const transport = sshTransport({ pool: keepingPool() });
      await runOnce(transport, optionsFor(server));
      const all = await Promise.all([1, 2, 3].map(() => runOnce(transport, optionsFor(server), command)));
      assert.deepEqual(
        all.map(({ exit }) => exit),
        [ok, ok, ok],
      );
    });
  });

  it('has its command stopped over a second connection', async () => {
    await withServer({ mostSessions: 1 }, async (server) => {
      const abort = new AbortController();
      await using session = await opened(sshTransport(), optionsFor(server));
      const { exit } = await run(session, 'echo ready; sleep 300', {
        signal: abort.signal,
        watch: (_stream, text) => void (text.includes('ready') && abort.abort()),
      });
      assert.deepEqual(exit, { type: 'stopped', remote: 'stopped' });
    });
  });
});

describe('ssh: nodes behind a jump host (R-C7)', function () {
  const throughHop = async (
    use: (hop: SshServer, options: SshOptions) => Promise<void>,
    script: SshServerScript = {},
  ): Promise<void> =>
    withServer(script, (hop) =>
      withServer({}, (node) => {
        const options = optionsFor(node, { via: [optionsFor(hop)] });
        return use(hop, options);
      }),
    );

  it('share one connection to it', async () => {
    await throughHop(async (hop, options) => {
      const transport = sshTransport();
      const users = Array.from({ length: 20 }, (_, at) => `user${at}`);
      const all = await Promise.all(users.map((user) => runOnce(transport, { ...options, user }, 'echo x')));
      assert.deepEqual(
        all.map(({ exit }) => exit),
        all.map(() => ok),
      );
      assert.equal(hop.connections().ever, 1);
      await until(() => hop.connections().open === 0);
    });
  });

  it('fail for one reason, and it is asked once', async () => {
    await throughHop(
      async (hop, options) => {
        const transport = sshTransport();
        const users = Array.from({ length: 20 }, (_, at) => `user${at}`);
        const all = await Promise.all(users.map((user) => connect(transport, { ...options, user })));
        const outcomes = all.map((each) => JSON.stringify(each.ok ? 'connected' : each.outcome));
        assert.equal(new Set(outcomes).size, 1);
        assert.match(outcomes[0] ?? '', /"kind":"jump","message":"via 127.0.0.1: login as /);
        assert.equal(hop.connections().ever, 1);
      },
      { login: (attempt) => attempt.reject(['publickey']) },
    );
  });

  it('name the hop that fails, not those behind it', async () => {
    await withServer({}, async (hop) => {
      const far = { ...optionsFor({ ...hop, port: 1 }), host: '127.0.0.2' };
      const options = optionsFor(hop, { via: [optionsFor({ ...hop, port: 1 }), far] });
      const failed = await connect(sshTransport(), options);
      assert.match(JSON.stringify(failed), /"message":"via 127.0.0.1: connection refused on port 1"/);
    });
  });

  it('go on when one of them is stopped while they wait for it', async () => {
    const waiting: (() => void)[] = [];
    let mayPass = false;
    await throughHop(
      async (hop, options) => {
        const transport = sshTransport();
        const abort = new AbortController();
        const first = connect(transport, { ...options, user: 'a' }, { signal: abort.signal });
        const second = connect(transport, { ...options, user: 'b' });
        await until(() => waiting.length > 0);
        abort.abort();
        assert.deepEqual(await first, {
          ok: false,
          outcome: { status: 'cancelled', remote: 'never-started' },
        });
        for (const accept of waiting.splice(0)) accept();
        mayPass = true;
        const connected = await second;
        assert.ok(connected.ok);
        await connected.session[Symbol.asyncDispose]();
        assert.equal(hop.connections().ever, 1);
      },
      { login: (attempt) => (mayPass ? attempt.accept() : void waiting.push(() => attempt.accept())) },
    );
  });

  it('have their clocks stopped while one of them is asked for its password', async () => {
    const labels: string[] = [];
    const askSecret = (label: string): Promise<string> => {
      labels.push(label);
      return new Promise((resolve) => setTimeout(resolve, 500, 'secret'));
    };
    await throughHop(async (_hop, options) => {
      const transport = sshTransport();
      const via = options.via.map((each) => ({ ...each, auth: ['password' as const] }));
      const given = { askSecret, timeoutMs: 400 };
      const all = await Promise.all(
        ['a', 'b', 'c'].map((user) => connect(transport, { ...options, via, user }, given)),
      );
      assert.deepEqual(
        all.map(({ ok }) => ok),
        [true, true, true],
      );
      assert.equal(labels.length, 1);
      for (const each of all) if (each.ok) await each.session[Symbol.asyncDispose]();
    });
  });
});
