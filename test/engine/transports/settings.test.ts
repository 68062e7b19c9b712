import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKnownHosts } from '../../../engine/transports/ssh/knownHosts.ts';
import { fillIn } from '../../../engine/transports/ssh/proxy.ts';
import { connect, opened, optionsFor, run, sshTransport, temporaryFolder } from './session.ts';
import { makeKey, sshdProblem, startSshd, type Sshd } from './sshd.ts';
import { startSshServer } from './sshServer.ts';

const proxyScript = `
  const [host, port] = process.argv.slice(2);
  const socket = require('node:net').connect(Number(port), host);
  process.stdin.pipe(socket).pipe(process.stdout);
`;

const failureOf = async (connecting: ReturnType<typeof connect>): Promise<object> => {
  const connected = await connecting;
  assert.ok(!connected.ok);
  return connected.outcome;
};

const bare = (server: { port: number }): string => `[127.0.0.1]:${server.port}`;

describe('ssh: connection settings', function () {
  let sshd: Sshd;

  before(`has an sshd${sshdProblem ? ` (${sshdProblem})` : ''}`, async function () {
    if (sshdProblem) return this.skip();
    sshd = await startSshd();
  });
  after(() => sshd?.stop());

  it('tries several keys in their order', async () => {
    using folder = temporaryFolder();
    makeKey(join(folder.path, 'wrong'));
    const identityFiles = [join(folder.path, 'wrong'), sshd.identityFile];
    await using session = await opened(sshTransport(), optionsFor(sshd, { identityFiles }));
    assert.equal(session.info.auth, `ED25519 key ${sshd.identityFile}`);
  });

  it('lets the agent offer the listed keys only, if identitiesOnly says so', async function () {
    if (spawnSync('ssh-agent', ['-?']).error) return this.skip();
    using folder = temporaryFolder();
    const agentSocket = join(folder.path, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', agentSocket], { stdio: ['ignore', 'pipe', 'ignore'] });
    await once(agent.stdout, 'data');
    try {
      const env = { ...process.env, SSH_AUTH_SOCK: agentSocket };
      execFileSync('ssh-add', ['-q', sshd.identityFile], { env });
      const other = join(folder.path, 'other');
      makeKey(other);
      const transport = sshTransport({ agentSocket });
      const options = optionsFor(sshd, { auth: ['agent'], identityFiles: [other] });
      await (await opened(transport, options))[Symbol.asyncDispose]();
      const only = { ...options, identitiesOnly: true };
      assert.match(JSON.stringify(await failureOf(connect(transport, only))), /"kind":"auth"/);
      const listed = { ...only, identityFiles: [other, sshd.identityFile] };
      await (await opened(transport, listed))[Symbol.asyncDispose]();
    } finally {
      agent.kill();
      await once(agent, 'exit');
    }
  });

  it('looks in all known_hosts files', async () => {
    const files = [join(sshd.folder, 'none'), sshd.knownHosts];
    await using session = await opened(sshTransport(), optionsFor(sshd, { knownHosts: files }));
    assert.equal(session.info.hostKey, 'known_hosts:1');
  });

  it('asks known_hosts for the alias, shows both names and saves the alias in the first file', async () => {
    using folder = temporaryFolder();
    const files = [join(folder.path, 'first'), join(folder.path, 'second')];
    const knownHosts = createKnownHosts({ home: folder.path, systemFiles: [] });
    const transport = sshTransport({ knownHosts });
    const options = optionsFor(sshd, { knownHosts: files, hostKeyAlias: 'db-main' });
    const connected = await connect(transport, options);
    assert.ok(!connected.ok && connected.unknownHostKey);
    const { host, port, alias } = connected.unknownHostKey;
    assert.deepEqual({ host, port, alias }, { host: '127.0.0.1', port: sshd.port, alias: 'db-main' });
    assert.match(JSON.stringify(connected.outcome), /\[127\.0\.0\.1\]:\d+ \(db-main in known_hosts\)/);
    await knownHosts.trust(connected.unknownHostKey);
    assert.match(readFileSync(files[0] ?? '', 'utf8'), /^db-main ssh-ed25519 \S+\n$/);
    await using session = await opened(sshTransport(), options);
    assert.equal(session.info.hostKey, 'first:1');
  });

  it('refuses an alias that could write into known_hosts', async () => {
    const outcome = await failureOf(connect(sshTransport(), optionsFor(sshd, { hostKeyAlias: 'a\n* ssh' })));
    assert.match(JSON.stringify(outcome), /"status":"refused"/);
  });

  it('verifies each hop against its own files and alias', async () => {
    const node = await startSshServer();
    try {
      const known = join(node.folder, 'hop');
      writeFileSync(known, readFileSync(sshd.knownHosts, 'utf8').replace(bare(sshd), 'bastion'));
      const hop = optionsFor(sshd, { hostKeyAlias: 'bastion', knownHosts: [known] });
      await using session = await opened(sshTransport(), optionsFor(node, { via: [hop] }));
      assert.equal((await run(session, 'echo through')).stdout.toString(), 'through\n');
      const { hostKeyAlias: _, ...unnamed } = hop;
      const outcome = await failureOf(connect(sshTransport(), optionsFor(node, { via: [unnamed] })));
      assert.match(JSON.stringify(outcome), /"kind":"host-key"/);
    } finally {
      await node.close();
    }
  });

  it('goes through a proxy command, also to a jump host', async () => {
    using folder = temporaryFolder();
    const script = join(folder.path, 'proxy.cjs');
    writeFileSync(script, proxyScript);
    const proxyCommand = `'${process.execPath}' '${script}' %h %p`;
    const transport = sshTransport({ home: folder.path });
    const hop = optionsFor(sshd);
    const options = optionsFor(sshd, { proxyCommand });
    for (const via of [[], [hop]]) {
      await using session = await opened(transport, { ...options, via });
      assert.equal((await run(session, 'echo carried')).stdout.toString(), 'carried\n');
    }
  });

  it('says the last line of a proxy command that fails', async () => {
    using folder = temporaryFolder();
    const proxyCommand = "sh -c 'echo first >&2; echo no route to %h >&2; exit 3'";
    const options = optionsFor(sshd, { proxyCommand });
    assert.deepEqual(await failureOf(connect(sshTransport({ home: folder.path }), options)), {
      status: 'unreachable',
      kind: 'jump',
      message: 'the proxy command ended with exit 3 before the node answered: no route to 127.0.0.1',
    });
  });

  for (const [what, given] of [
    ['hangs', {}],
    ['is aborted', { abort: true }],
  ] as const) {
    it(`ends the whole group of a proxy command that ${what}`, async () => {
      using folder = temporaryFolder();
      const pids = join(folder.path, 'pids');
      const proxyCommand = `sh -c 'sleep 60 & echo $$ $! > ${pids}.new; mv ${pids}.new ${pids}; wait'`;
      const abort = new AbortController();
      const options = optionsFor(sshd, { proxyCommand });
      const connecting = connect(sshTransport({ home: folder.path }), options, {
        signal: abort.signal,
        timeoutMs: 'abort' in given ? 10_000 : 500,
      });
      const started = await eventually(() => readFileSync(pids, 'utf8').trim().split(' ').map(Number));
      if ('abort' in given) abort.abort();
      const outcome = JSON.stringify(await failureOf(connecting));
      assert.match(
        outcome,
        'abort' in given ? /"cancelled"/ : /"timeout".*through the proxy command in 0.5 s/,
      );
      await eventually(() => assert.ok(started.every((pid) => !isAlive(pid))));
    });
  }
});

describe('ssh: the tokens of a proxy command', () => {
  const tokens = { name: 'web01', host: '10.0.0.1', port: 2222, user: 'deploy' };

  it('are filled in once', () => {
    assert.deepEqual(fillIn('nc -n %n %h %p %r %%h', tokens), {
      ok: true,
      line: 'nc -n web01 10.0.0.1 2222 deploy %h',
    });
  });

  for (const bad of ['-oX', 'a;b', '$(id)', '`id`', 'a b', 'a\nb', "a'b", 'a\\b', '']) {
    it(`refuse ${JSON.stringify(bad)} (R-W5)`, () => {
      for (const key of ['name', 'host', 'user']) {
        assert.equal(fillIn('nc %n %h %r', { ...tokens, [key]: bad }).ok, false);
      }
    });
  }

  it('are refused where they are unknown', () => {
    assert.equal(fillIn('nc %k', tokens).ok, false);
    assert.equal(fillIn('nc %', tokens).ok, false);
  });
});

/** Tries again until it does not throw, for at most 5 s. */
async function eventually<T>(attempt: () => T): Promise<T> {
  const until = performance.now() + 5000;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Zombies count as gone: in a container nobody may reap them. */
function isAlive(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
