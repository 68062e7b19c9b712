import assert from 'node:assert/strict';
import type { Session } from '../../../core/plugin/transport.ts';
import { isRunning } from './processes.ts';
import { opened, opensshTransport, optionsFor, run, sshTransport } from './session.ts';
import { type Sshd, sshdProblem, startSshd } from './sshd.ts';

for (const [way, transport] of Object.entries({ ssh: sshTransport, openssh: opensshTransport })) {
  describe(`a command in a terminal over ${way}`, function () {
    let sshd: Sshd;
    let session: Session;
    before(`starts${sshdProblem ? ` (${sshdProblem})` : ''}`, async function () {
      if (sshdProblem) return this.skip();
      sshd = await startSshd();
      session = await openedBy(transport, sshd);
    });
    after(async () => {
      await session?.[Symbol.asyncDispose]();
      await sshd?.stop();
    });

    const lines = (stdout: Buffer): string[] => stdout.toString().trimEnd().split('\r\n');

    it('has one, and says all on stdout', async () => {
      const command = '[ -t 0 ] && [ -t 1 ] && echo out; echo err >&2; exit 3';
      const { exit, stdout, stderr } = await run(session, { command, tty: true });
      assert.deepEqual([lines(stdout), stderr.length], [['out', 'err'], 0]);
      assert.deepEqual(exit, { type: 'exited', code: 3 });
    });

    it('has one without it only when asked', async () => {
      assert.deepEqual((await run(session, '[ -t 0 ]')).exit, { type: 'exited', code: 1 });
    });

    it('comes in any length, with environment and folder, and none of it is echoed', async () => {
      const command = `: ${'x'.repeat(200_000)}\necho "$A"; pwd; stty -a | grep -o ' -*echo ' | tr -d ' '`;
      const { exit, stdout } = await run(session, { command, tty: true, env: { A: `it's` }, cwd: '/' });
      assert.deepEqual([lines(stdout), exit], [[`it's`, '/', 'echo'], { type: 'exited', code: 0 }]);
    });

    it('does not wait for input', async () => {
      for (const command of ['cat; echo end', 'cat\necho end']) {
        const { exit, stdout } = await run(session, { command, tty: true });
        assert.deepEqual([lines(stdout).at(-1), exit], ['end', { type: 'exited', code: 0 }]);
      }
    });

    it('is stopped with all it started', async () => {
      for (const env of [{}, { A: 'a' }]) {
        const abort = new AbortController();
        let seen = '';
        const command = 'sleep 300 & echo $! $$; sleep 0.2; echo ready; wait';
        const { exit, stdout } = await run(
          session,
          { command, tty: true, env },
          {
            signal: abort.signal,
            watch: (_stream, text) => {
              seen += text;
              if (seen.includes('ready')) abort.abort();
            },
          },
        );
        assert.deepEqual(exit, { type: 'stopped', remote: 'stopped' });
        assert.deepEqual((stdout.toString().match(/\d+/g) ?? []).map(Number).filter(isRunning), []);
      }
    });
  });
}

function openedBy(transport: typeof sshTransport | typeof opensshTransport, sshd: Sshd): Promise<Session> {
  return transport === opensshTransport
    ? opened(opensshTransport(), optionsFor(sshd))
    : opened(sshTransport(), optionsFor(sshd));
}
