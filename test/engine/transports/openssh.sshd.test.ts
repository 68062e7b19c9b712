import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { OpensshOptions } from '../../../core/plugin/options.ts';
import { createKnownHosts } from '../../../engine/transports/ssh/knownHosts.ts';
import { isRunning } from './processes.ts';
import {
  connect,
  keepingPool,
  opened,
  opensshTransport,
  optionsFor,
  run,
  temporaryFolder,
} from './session.ts';
import { makeKey, sshdProblem, startSshd, type Sshd } from './sshd.ts';
import { startSshServer } from './sshServer.ts';

const askpassProgram = join(import.meta.dirname, '../../../engine/transports/openssh/askpassProcess.ts');

const failureOf = async (connecting: ReturnType<typeof connect>): Promise<object> => {
  const connected = await connecting;
  assert.ok(!connected.ok, 'connected');
  return connected.outcome;
};

describe('openssh', function () {
  let sshd: Sshd;

  before(`has an sshd${sshdProblem ? ` (${sshdProblem})` : ''}`, async function () {
    if (sshdProblem) return this.skip();
    sshd = await startSshd();
  });
  after(() => sshd?.stop());

  it('logs in with a certificate, to a host that is known by one, over the configuration of the node', async () => {
    using folder = temporaryFolder();
    const path = (name: string): string => join(folder.path, name);
    makeKey(path('ca'));
    makeKey(path('id'));
    makeKey(path('host'));
    const me = userInfo().username;
    sign(path('ca'), ['-I', 'a person', '-n', me, path('id.pub')]);
    sign(path('ca'), ['-I', 'a host', '-h', '-n', '127.0.0.1', path('host.pub')]);
    execFileSync('mv', [path('id-cert.pub'), path('elsewhere-cert.pub')]);
    const node = await startSshd([
      `TrustedUserCAKeys ${path('ca.pub')}`,
      `HostKey ${path('host')}`,
      `HostCertificate ${path('host-cert.pub')}`,
    ]);
    try {
      const authority = readFileSync(path('ca.pub'), 'utf8');
      writeFileSync(path('known'), `@cert-authority [127.0.0.1]:${node.port} ${authority}`);
      writeFileSync(
        path('config'),
        `Host web1\n  CertificateFile ${path('elsewhere-cert.pub')}\n  Port ${node.port}\n`,
      );
      const options: OpensshOptions = {
        name: 'web1',
        host: '127.0.0.1',
        identityFiles: [path('id')],
        knownHosts: [path('known')],
        sshConfig: path('config'),
        auth: ['key'],
        via: [],
      };
      await using session = await opened(opensshTransport(), options);
      assert.equal((await run(session, 'echo in')).stdout.toString(), 'in\n');
      assert.equal(session.info.auth, `ED25519-CERT key ${path('elsewhere-cert.pub')}`);
      assert.equal(session.info.hostKey, 'known:1');
      const without = await failureOf(
        connect(opensshTransport(), { ...options, sshConfig: 'none', port: node.port }),
      );
      assert.match(JSON.stringify(without), /"kind":"auth"/);
    } finally {
      await node.stop();
    }
  });

  it('offers an unknown key and sends nothing, not even a user name, then takes it once it is saved (R-H1)', async () => {
    using folder = temporaryFolder();
    const node = await startSshServer();
    try {
      const known = join(folder.path, 'known');
      const knownHosts = createKnownHosts({ home: folder.path, systemFiles: [] });
      const transport = opensshTransport({ knownHosts });
      const options = optionsFor(node, { knownHosts: [known] });
      const connected = await connect(transport, options);
      assert.ok(!connected.ok && connected.unknownHostKey);
      assert.deepEqual(node.attempts, []);
      const [, keyType, key] = readFileSync(node.knownHosts, 'utf8').trim().split(' ');
      const offered = connected.unknownHostKey;
      assert.deepEqual(
        [offered.host, offered.port, offered.keyType, offered.key, offered.knownHosts],
        ['127.0.0.1', node.port, keyType, key, known],
      );
      await knownHosts.trust(offered);
      await using session = await opened(transport, options);
      assert.equal((await run(session, 'echo in')).stdout.toString(), 'in\n');
    } finally {
      await node.close();
    }
  });

  it('refuses a changed key and one that is revoked, for good (R-H3, R-H4)', async () => {
    using folder = temporaryFolder();
    const known = join(folder.path, 'known');
    makeKey(join(folder.path, 'other'));
    const [type, other] = readFileSync(join(folder.path, 'other.pub'), 'utf8').split(' ');
    const line = readFileSync(sshd.knownHosts, 'utf8');
    for (const [text, expected] of [
      [
        `[127.0.0.1]:${sshd.port} ${type} ${other}\n`,
        /shows another host key than the one you know.*Known: .*known:1/,
      ],
      [`@revoked ${line}`, /is revoked/],
    ] as const) {
      writeFileSync(known, text);
      const connected = await connect(opensshTransport(), optionsFor(sshd, { knownHosts: [known] }));
      assert.ok(!connected.ok && connected.unknownHostKey === undefined);
      assert.match(JSON.stringify(connected.outcome), /"kind":"host-key"/);
      assert.match(JSON.stringify(connected.outcome), expected);
    }
  });

  it('does not take a known host by certificate for a stranger (R-H6)', async () => {
    using folder = temporaryFolder();
    const known = join(folder.path, 'known');
    makeKey(join(folder.path, 'ca'));
    writeFileSync(known, `@cert-authority * ${readFileSync(join(folder.path, 'ca.pub'), 'utf8')}`);
    const connected = await connect(opensshTransport(), optionsFor(sshd, { knownHosts: [known] }));
    assert.ok(!connected.ok && connected.unknownHostKey === undefined);
    assert.match(JSON.stringify(connected.outcome), /"kind":"host-key"/);
  });

  it('says why it can not connect', async () => {
    const transport = opensshTransport();
    const kinds = async (options: OpensshOptions): Promise<string> =>
      JSON.stringify(await failureOf(connect(transport, options)));
    assert.match(
      await kinds({ ...optionsFor(sshd), port: 1 }),
      /"refused","message":"connection refused on port 1"/,
    );
    assert.match(await kinds({ ...optionsFor(sshd), host: 'no-such-host.invalid' }), /"dns"/);
    assert.match(
      await kinds({ ...optionsFor(sshd), identityFiles: ['/nowhere/key'], auth: ['key'] }),
      /"auth"/,
    );
    assert.match(
      await kinds({ ...optionsFor(sshd), host: '-oProxyCommand=touch' }),
      /"refused","by":"validation"/,
    );
    const hop = optionsFor(sshd);
    assert.match(
      await kinds({ ...optionsFor(sshd), port: 1, via: [{ ...hop, identityFiles: ['/nowhere/key'] }] }),
      /"jump","message":"via muster-hop-1: login .*refused/,
    );
  });

  it('goes through jump hosts, each verified against its own known_hosts', async () => {
    const inner = await startSshd();
    try {
      const hops = [optionsFor(sshd), optionsFor(inner)];
      const options = { ...optionsFor(sshd), via: hops };
      await using session = await opened(opensshTransport(), options);
      assert.equal((await run(session, 'echo through')).stdout.toString(), 'through\n');
      const [first, second] = hops;
      assert.ok(first && second);
      const connected = await connect(opensshTransport(), {
        ...options,
        via: [first, { ...second, knownHosts: ['/dev/null'] }],
      });
      assert.ok(!connected.ok && connected.unknownHostKey);
      assert.equal(connected.unknownHostKey.port, inner.port);
      assert.match(JSON.stringify(connected.outcome), /via muster-hop-2: host key of/);
    } finally {
      await inner.stop();
    }
  });

  it('asks for the passphrase of a key once, by a socket and not in arguments or environment', async () => {
    using folder = temporaryFolder();
    const key = join(folder.path, 'locked');
    makeKey(key, 'ed25519', 'open sesame');
    const node = await startSshd();
    appendFileSync(`${node.identityFile}.pub`, readFileSync(`${key}.pub`));
    try {
      const labels: string[] = [];
      const askSecret = (label: string): Promise<string> => {
        labels.push(label);
        const running = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
        for (const pid of running) assert.ok(!shownBy(pid).includes('open sesame'), pid);
        return Promise.resolve('open sesame');
      };
      const options = optionsFor(node, { identityFiles: [key] });
      await using session = await opened(opensshTransport({ askpassProgram }), options, { askSecret });
      assert.equal((await run(session, 'echo in')).stdout.toString(), 'in\n');
      assert.deepEqual(labels, [`passphrase of ${key}`]);
    } finally {
      await node.stop();
    }
  });

  it('asks for a password in the words of the ssh transport, and gives up when it is refused or not given', async () => {
    const passwords: (string | undefined)[] = [];
    const node = await startSshServer({
      login: (attempt) => {
        if (attempt.method !== 'password') return attempt.reject(['password']);
        passwords.push(attempt.password);
        if (attempt.password === 'right') attempt.accept();
        else attempt.reject(['password']);
      },
    });
    try {
      const options = optionsFor(node, { auth: ['password'], identityFiles: [], user: 'ada' });
      const transport = opensshTransport({ askpassProgram });
      const asking = (answer: string | undefined) => ({
        askSecret: (label: string) => {
          assert.equal(label.replace(' (the last one was wrong)', ''), 'password for ada@127.0.0.1');
          return Promise.resolve(answer);
        },
      });
      await (await opened(transport, options, asking('right')))[Symbol.asyncDispose]();
      assert.match(
        JSON.stringify(await failureOf(connect(transport, options, asking('wrong')))),
        /"kind":"auth"/,
      );
      assert.match(
        JSON.stringify(await failureOf(connect(transport, options, asking(undefined)))),
        /"auth","message":"ssh asked for the password for ada@127.0.0.1, and got no answer"/,
      );
      assert.match(JSON.stringify(await failureOf(connect(transport, options))), /"kind":"auth"/);
      assert.deepEqual(passwords, ['right', 'wrong']);
    } finally {
      await node.close();
    }
  });

  it('is lost when the session is killed, and ends its ssh when it is given back', async () => {
    const transport = opensshTransport();
    const session = await opened(transport, optionsFor(sshd));
    const running = run(session, 'kill -KILL $(ps -o ppid= -p $$); sleep 60');
    const { exit } = await running;
    assert.equal(exit.type, 'lost');
    await session[Symbol.asyncDispose]();
    const folder = temporaryFolder();
    mkdirSync(join(folder.path, 's'), { mode: 0o700 });
    const own = opensshTransport({ folder: () => Promise.resolve(join(folder.path, 's')) });
    const second = await opened(own, optionsFor(sshd));
    assert.deepEqual([readdirSync(join(folder.path, 's')).length, mastersIn(folder.path).length], [1, 1]);
    await second[Symbol.asyncDispose]();
    await eventually(() =>
      assert.deepEqual([readdirSync(join(folder.path, 's')), mastersIn(folder.path)], [[], []]),
    );
    folder[Symbol.dispose]();
  });

  it('uses a connection again, and another one once known_hosts has changed', async () => {
    using folder = temporaryFolder();
    const known = join(folder.path, 'known');
    writeFileSync(known, readFileSync(sshd.knownHosts));
    const pool = keepingPool();
    const transport = opensshTransport({ pool });
    const options = optionsFor(sshd, { knownHosts: [known] });
    const reused = async (): Promise<boolean> => {
      await using session = await opened(transport, options);
      return session.info.reused ?? false;
    };
    try {
      assert.deepEqual([await reused(), await reused()], [false, true]);
      writeFileSync(known, '# nobody is known\n');
      const connected = await connect(transport, options);
      assert.ok(!connected.ok && connected.unknownHostKey);
    } finally {
      pool.close();
    }
  });

  it('tells who answers without a login', async () => {
    const node = await startSshServer();
    try {
      const transport = opensshTransport();
      const context = { signal: new AbortController().signal, timeoutMs: 5000, onPhase: () => undefined };
      const probe = (options: OpensshOptions) => transport.probe?.(targetNode, options, context);
      assert.equal(await probe(optionsFor(node)), undefined);
      assert.equal(await probe(optionsFor(node, { knownHosts: ['/dev/null'] })), undefined);
      assert.deepEqual(node.attempts, []);
      assert.match(JSON.stringify(await probe({ ...optionsFor(node), port: 1 })), /"refused"/);
    } finally {
      await node.close();
    }
  });

  it('leaves no ssh behind when this process is killed', async () => {
    using folder = temporaryFolder();
    const script = join(folder.path, 'session.mts');
    const here = import.meta.dirname;
    writeFileSync(
      script,
      `import { opened, opensshTransport, optionsFor } from ${JSON.stringify(join(here, 'session.ts'))};
       const transport = opensshTransport({ folder: () => Promise.resolve(${JSON.stringify(folder.path)}) });
       await opened(transport, optionsFor(${JSON.stringify(sshd)}));
       process.stdout.write('open');
       setInterval(() => {}, 1000);`,
    );
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    assert.equal(mastersIn(folder.path).length, 1);
    child.kill('SIGKILL');
    await eventually(() => assert.deepEqual(mastersIn(folder.path), []), 15_000);
  });
});

const targetNode = {
  node: 'node',
  transport: 'openssh',
  options: {},
  connectTimeoutMs: 5000,
  tags: [],
  vars: {},
};

function sign(authority: string, rest: readonly string[]): void {
  execFileSync('ssh-keygen', ['-q', '-s', authority, ...rest], { stdio: 'ignore' });
}

/** Arguments and environment of a process, as others could read them. */
function shownBy(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1') + readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    return '';
  }
}

/** Processes of ssh whose control socket is below a folder. */
function mastersIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const words = shownBy(pid).split('\0');
      return words[0] === 'ssh' && words.some((word) => word.startsWith(`${folder}/`));
    })
    .map(Number)
    .filter(isRunning);
}

/** Tries again until it does not throw. */
async function eventually<T>(attempt: () => T, ms = 5000): Promise<T> {
  const until = performance.now() + ms;
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}
