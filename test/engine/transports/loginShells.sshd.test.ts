import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import type { Session } from '../../../core/plugin/transport.ts';
import { isRunning } from './processes.ts';
import { type Fakes, makeFakes } from './runAs/fakes.ts';
import { opened, optionsFor, run, sshTransport, temporaryFolder } from './session.ts';
import { type Sshd, sshdProblem, startSshd } from './sshd.ts';

const shells: Record<string, string> = {
  dash: 'dash',
  bash: 'bash',
  csh: 'csh',
  tcsh: 'tcsh',
  fish: 'fish',
  zsh: 'zsh',
  mksh: 'mksh',
  busybox: 'busybox sh',
};
const password = `it's a "secret" \\ !`;

/** A node whose login shell is one of these. ForceCommand hands it the line as sshd hands it to a login shell. */
for (const [name, program] of Object.entries(shells)) {
  const isThere = spawnSync('/bin/sh', ['-c', `${program} -c true`]).status === 0;
  const problem = sshdProblem ?? (isThere ? undefined : `skipped: ${name} is not installed`);

  describe(`a node with the login shell ${name}`, function () {
    const folder = temporaryFolder();
    let fakes: Fakes;
    let sshd: Sshd;
    let session: Session;
    before(`starts${problem ? ` (${problem})` : ''}`, async function () {
      if (problem) return this.skip();
      fakes = makeFakes(folder.path, password);
      sshd = await startSshd([
        `SetEnv PATH=${fakes.bin}:/usr/local/bin:/usr/bin:/bin HOME=${folder.path}`,
        `ForceCommand exec ${program} -c "$SSH_ORIGINAL_COMMAND"`,
      ]);
      session = await opened(sshTransport(), optionsFor(sshd));
    });
    after(async () => {
      await session?.[Symbol.asyncDispose]();
      await sshd?.stop();
      folder[Symbol.dispose]();
    });

    const clean = ({ exit, stdout, stderr }: Awaited<ReturnType<typeof run>>) => ({
      exit,
      stdout: stdout.toString(),
      stderr: stderr.toString(),
    });
    const ok = (stdout: string) => ({ exit: { type: 'exited', code: 0 }, stdout, stderr: '' });

    it('passes a simple command, its exit code and both streams', async () => {
      const result = clean(await run(session, 'echo out; echo err >&2; exit 7'));
      assert.deepEqual(result, { exit: { type: 'exited', code: 7 }, stdout: 'out\n', stderr: 'err\n' });
    });

    const strange = `it's "q" $HOME \`id\` $(id) \\ \\\\ ! !! # ; & | ~ * ? [a] {b,c} <> % %s ^ = żółć \t`;
    const commands: Record<string, [string, string]> = {
      'quotes and specials': [`printf '%s' '${strange.replaceAll("'", `'\\''`)}'`, strange],
      'several lines': [`printf '%s' 'a\nb'\nprintf '%s' "$((1 + 2))"\n`, 'a\nb3'],
      'a length of 200 kB': [`printf '%s' '${'x'.repeat(200_000)}' | wc -c | tr -d ' '`, '200000\n'],
      'many quotes in the longest argument': [`: "${"y'".repeat(1010)}"; echo 42`, '42\n'],
      'quotes in 31 kB': [`: "${"y'".repeat(15_500)}"; echo 42`, '42\n'],
    };
    for (const [what, [command, expected]] of Object.entries(commands)) {
      it(`runs a command with ${what}`, async () => {
        assert.deepEqual(clean(await run(session, command)), ok(expected));
      });
    }

    it('gives environment, folder and stdin', async () => {
      const result = await run(session, {
        command: 'printf "%s|" "$A"; pwd -P; cat',
        env: { A: `${strange}\nsecond line` },
        cwd: folder.path,
        stdin: Buffer.from('content\n'),
      });
      assert.deepEqual(clean(result), ok(`${strange}\nsecond line|${realpathSync(folder.path)}\ncontent\n`));
    });

    it('does not run a command whose folder is not there', async () => {
      const { exit } = await run(session, { command: 'true', cwd: '/no/such/folder' });
      assert.ok(exit.type === 'not-run' && exit.step === 'folder');
    });

    for (const method of ['sudo', 'su'] as const) {
      it(`runs a command as another user by ${method}`, async () => {
        const result = await run(
          session,
          { command: `printf '%s %s' "$RUN_AS" "$A"`, env: { A: strange }, runAs: { user: 'root', method } },
          { askPassword: async () => givenPassword },
        );
        assert.deepEqual(clean(result), ok(`root ${strange}`));
      });
    }

    it('gives a terminal', async () => {
      const { exit, stdout } = await run(session, { command: '[ -t 0 ] && echo yes', tty: true });
      assert.deepEqual([exit, stdout.toString()], [{ type: 'exited', code: 0 }, 'yes\r\n']);
    });

    it('stops all that a command started, and proves it', async () => {
      for (const env of [{}, { A: strange }]) {
        const abort = new AbortController();
        let seen = '';
        const { exit, stdout } = await run(
          session,
          { command: 'sleep 300 & echo $! $$; sleep 0.2; echo ready; wait', env },
          {
            signal: abort.signal,
            watch: (_stream, text) => {
              seen += text;
              if (seen.includes('ready')) abort.abort();
            },
          },
        );
        assert.deepEqual(exit, { type: 'stopped', remote: 'stopped' });
        const pids = (stdout.toString().match(/\d+/g) ?? []).map(Number);
        assert.equal(pids.length, 2);
        assert.deepEqual(pids.filter(isRunning), []);
      }
    });
  });
}

const givenPassword = {
  secret: password,
  account: 'ada',
  accepted: () => {},
  refused: () => assert.fail('it is the right one'),
  unused: () => assert.fail('it is needed'),
};
