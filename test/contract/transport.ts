import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ExecRequest, Session, Transport } from '../../core/plugin/transport.ts';
import type { Phase } from '../../core/run/outcome.ts';
import { filesContract } from './files.ts';
import { isRunning } from '../engine/transports/processes.ts';
import { connect, opened, run, temporaryFolder, type Finished } from '../engine/transports/session.ts';

/** One transport with something at its other end. */
export type TransportHarness<O> = {
  /** Why it can not be tested here. */
  readonly problem?: string | undefined;
  start(): Promise<{ transport: Transport<O>; options: O; stop(): Promise<void> }>;
};

setFlagsFromString('--expose-gc');
/** Only what is left afterwards is really held. */
const collectGarbage = runInNewContext('gc') as () => void;

/** What every transport guarantees. */
export function transportContract<O>(name: string, harness: TransportHarness<O>): void {
  describe(`transport contract: ${name}`, function () {
    let peer: Awaited<ReturnType<typeof harness.start>>;
    let session: Session;

    before(`starts${harness.problem ? ` (${harness.problem})` : ''}`, async function () {
      if (harness.problem) return this.skip();
      peer = await harness.start();
      session = await opened(peer.transport, peer.options);
    });
    after(async () => {
      await session?.[Symbol.asyncDispose]();
      await peer?.stop();
    });

    for (const code of [0, 3, 255]) {
      it(`passes exit code ${code} on`, async () => {
        const { exit } = await run(session, `exit ${code}`);
        assert.deepEqual(exit, { type: 'exited', code });
      });
    }

    it('says which signal killed the command', async () => {
      const { exit } = await run(session, 'kill -KILL $$');
      assert.deepEqual(exit, { type: 'signalled', signal: 'SIGKILL' });
    });

    it('keeps stdout and stderr apart', async () => {
      const { stdout, stderr } = await run(session, 'echo out; echo err >&2; echo out2; echo err2 >&2');
      assert.deepEqual([stdout.toString(), stderr.toString()], ['out\nout2\n', 'err\nerr2\n']);
    });

    it('names the process that leads the process group', async () => {
      const { stdout, pids } = await run(session, 'echo $$');
      assert.deepEqual(pids, [Number(stdout)]);
    });

    it('passes all bytes on as they are', async () => {
      using folder = temporaryFolder();
      const bytes = Buffer.concat([
        Buffer.from(Array.from({ length: 256 }, (_, at) => at)),
        randomBytes(300_000),
      ]);
      const file = join(folder.path, 'bytes');
      writeFileSync(file, bytes);
      const { stdout, stderr } = await run(session, `cat ${file}; cat ${file} >&2`);
      assert.ok(stdout.equals(bytes) && stderr.equals(bytes));
    });

    it('holds 40 MB back while the receiver is slow', async () => {
      let taken = 0;
      let waiting = 0;
      let worst = 0;
      let chunks = 0;
      collectGarbage();
      const before = process.memoryUsage().arrayBuffers;
      const exit = await session.exec(
        { command: 'head -c 41943040 /dev/zero' },
        {
          signal: new AbortController().signal,
          onProcess: () => {},
          onOutput: async (_stream, chunk) => {
            taken += chunk.length;
            waiting++;
            assert.ok(waiting <= 2, `${waiting} chunks at once`);
            for (let turn = 0; turn < 3; turn++) await new Promise(setImmediate);
            if (++chunks % 20 === 0) {
              collectGarbage();
              worst = Math.max(worst, process.memoryUsage().arrayBuffers - before);
            }
            waiting--;
          },
        },
      );
      assert.deepEqual([exit, taken], [{ type: 'exited', code: 0 }, 41_943_040]);
      assert.ok(worst < 24_000_000, `${worst} bytes held`);
    });

    it('ends stdin, so that nothing waits for it', async () => {
      const { exit, stdout } = await run(session, 'cat; echo end');
      assert.deepEqual([exit, stdout.toString()], [{ type: 'exited', code: 0 }, 'end\n']);
    });

    const literal = `it's "quoted" $HOME \`id\` \\ ! !! # ; & | ~ * ? [a] {b,c} <> ( ) %s héllo 🜁\t`;
    const commands: Record<string, string> = {
      'quotes and specials': `printf %s ${quoted(literal)}`,
      'several lines': `printf '%s' 'a\nb'\nprintf '%s' "$((1 + 2))"\n# the end`,
      'a here-document': "cat <<'EOT'\n$x `y` \\z\nEOT",
      'a length of 200 kB in one line': `printf %s ${'x'.repeat(200_000)} | wc -c`,
      'a length of 200 kB in many lines': `${`: ${'y'.repeat(97)}\n`.repeat(2000)}echo $((6 * 7))`,
      unicode: 'printf %s "żółć 日本語 🜁"',
      'a return of its own': 'f() { return 4; }\nf',
      'no words of ours in the environment': 'echo "${c-unset}${l-unset}${n-unset}${e-unset}${g-unset}$#"\n:',
    };
    const expected: Record<string, [string, number]> = {
      'quotes and specials': [literal, 0],
      'several lines': ['a\nb3', 0],
      'a here-document': ['$x `y` \\z\n', 0],
      'a length of 200 kB in one line': ['200000\n', 0],
      'a length of 200 kB in many lines': ['42\n', 0],
      unicode: ['żółć 日本語 🜁', 0],
      'a return of its own': ['', 4],
      'no words of ours in the environment': ['unsetunsetunsetunsetunset0\n', 0],
    };
    for (const [what, command] of Object.entries(commands)) {
      it(`runs a command with ${what}`, async () => {
        const { exit, stdout, stderr } = await run(session, command);
        const [output, code] = expected[what] ?? ['', 0];
        assert.deepEqual([stdout.toString().trimStart(), stderr.toString()], [output, '']);
        assert.deepEqual(exit, { type: 'exited', code });
      });
    }

    const strange = `it's "x" $HOME \`id\` \\ ! %s\nnext\tżółć;`;

    it('gives a command its environment, whatever is in a value', async () => {
      const env = { MUSTER_A: strange, MUSTER_EMPTY: '', LANG: 'C' };
      const { exit, stdout, stderr } = await run(session, {
        command: 'printf "%s|%s|%s" "$MUSTER_A" "${MUSTER_EMPTY-unset}" "$LANG"',
        env,
      });
      assert.deepEqual([stdout.toString(), stderr.toString()], [`${strange}||C`, '']);
      assert.deepEqual(exit, { type: 'exited', code: 0 });
    });

    it('keeps the environment out of the list of processes', async () => {
      const canary = `canary${randomBytes(8).toString('hex')}`;
      const { stdout } = await run(session, {
        command: 'cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" "\\n"; echo "$MUSTER_A"',
        env: { MUSTER_A: canary },
      });
      assert.equal(stdout.toString().split(canary).length, 2);
    });

    it('runs a command in a folder, whatever its name', async () => {
      using folder = temporaryFolder();
      for (const name of [`it's $HOME !`, '-P', 'a;b "c"']) {
        const cwd = join(folder.path, name);
        mkdirSync(cwd);
        const { exit, stdout, stderr } = await run(session, { command: 'pwd -P', cwd });
        assert.deepEqual([stdout.toString(), stderr.toString()], [`${realpathSync(cwd)}\n`, '']);
        assert.deepEqual(exit, { type: 'exited', code: 0 });
      }
    });

    it('does not run a command whose folder is not there', async () => {
      using folder = temporaryFolder();
      writeFileSync(join(folder.path, 'file'), '');
      for (const name of ['none', 'file', 'none/below']) {
        const cwd = join(folder.path, name);
        const { exit, stdout, stderr } = await run(session, { command: 'echo ran', cwd });
        assert.ok(exit.type === 'not-run' && exit.step === 'folder' && exit.message.includes(cwd), name);
        assert.deepEqual([stdout.toString(), stderr.toString()], ['', '']);
      }
    });

    it('gives a command all bytes of its stdin, and their end', async () => {
      for (const size of [0, 1, 70_000, 3_000_000]) {
        const stdin = randomBytes(size);
        const { exit, stdout } = await run(session, { command: 'cat', stdin });
        assert.deepEqual([exit, stdout.equals(stdin)], [{ type: 'exited', code: 0 }, true]);
      }
    });

    it('gives stdin to a command that itself came over stdin', async () => {
      using folder = temporaryFolder();
      const stdin = Buffer.from('first\nsecond\n');
      const command = 'read -r one\nprintf "%s,%s," "$one" "$MUSTER_A"\ncat; pwd -P';
      const { exit, stdout } = await run(session, {
        command,
        stdin,
        cwd: folder.path,
        env: { MUSTER_A: 'a' },
      });
      assert.equal(stdout.toString(), `first,a,second\n${realpathSync(folder.path)}\n`);
      assert.deepEqual(exit, { type: 'exited', code: 0 });
    });

    it('ends well when nobody reads all of stdin', async () => {
      const { exit, stdout } = await run(session, {
        command: 'head -c 5',
        stdin: Buffer.alloc(3_000_000, 'x'),
      });
      assert.deepEqual([exit, stdout.toString()], [{ type: 'exited', code: 0 }, 'xxxxx']);
    });

    it('stops a command with environment, folder and stdin, and all it started', async () => {
      const { exit, stdout } = await abortedWhen(session, 'ready', {
        command: 'sleep 300 & echo $! $$; sleep 0.2; echo ready; sleep 300',
        cwd: '/',
        env: { MUSTER_A: 'a' },
        stdin: Buffer.alloc(2_000_000),
      });
      assert.deepEqual(exit, { type: 'stopped', remote: 'stopped' });
      assert.deepEqual((stdout.toString().match(/\d+/g) ?? []).map(Number).filter(isRunning), []);
    });

    it('R-C18: gives the result when a background process holds the streams', async () => {
      const { exit, stdout } = await run(session, 'sleep 60 & echo $!');
      assert.deepEqual(exit, { type: 'exited', code: 0 });
      process.kill(Number(stdout));
    });

    it('stops the whole process group on abort and proves it', async () => {
      const { exit, stdout } = await abortedWhen(
        session,
        'ready',
        'sh -c "sleep 300 & echo \\$!; wait" & echo $! $$; sleep 0.2; echo ready; sleep 300',
      );
      assert.deepEqual(exit, { type: 'stopped', remote: 'stopped' });
      const pids = stdout.toString().match(/\d+/g) ?? [];
      assert.equal(pids.length, 3);
      assert.deepEqual(pids.map(Number).filter(isRunning), []);
    });

    it('kills what does not obey TERM', async () => {
      const command =
        'trap "" TERM; sh -c "trap \\"\\" TERM; echo \\$\\$; while :; do sleep 0.1; done" & echo $$; wait; wait';
      const { exit, stdout } = await abortedWhen(session, '\n', command);
      assert.deepEqual(exit, { type: 'stopped', remote: 'stopped' });
      assert.deepEqual((stdout.toString().match(/\d+/g) ?? []).map(Number).filter(isRunning), []);
    });

    it('delivers the last words of a command that is stopped', async () => {
      const { exit, stdout } = await abortedWhen(
        session,
        'ready',
        'trap "echo bye; exit 0" TERM; echo ready; while :; do sleep 0.1; done',
      );
      assert.deepEqual([exit, stdout.toString()], [{ type: 'stopped', remote: 'stopped' }, 'ready\nbye\n']);
    });

    it('starts nothing when it is aborted already', async () => {
      using folder = temporaryFolder();
      const file = join(folder.path, 'trace');
      const { exit, pids } = await run(session, `touch ${file}`, { signal: AbortSignal.abort() });
      assert.deepEqual([exit, pids], [{ type: 'stopped', remote: 'never-started' }, []]);
    });

    it('says the result when the abort comes after it', async () => {
      const abort = new AbortController();
      const running = run(session, 'sleep 60 & echo $!; exit 5', { signal: abort.signal });
      const { exit, stdout } = await running;
      abort.abort();
      assert.deepEqual(exit, { type: 'exited', code: 5 });
      process.kill(Number(stdout));
    });

    it('stops a command with the error of a receiver that fails', async () => {
      let pid = 0;
      const exit = session.exec(
        { command: 'echo $$; sleep 300' },
        {
          signal: new AbortController().signal,
          onProcess: (each) => (pid = each),
          onOutput: () => Promise.reject(new Error('disk full')),
        },
      );
      await assert.rejects(exit, /disk full/);
      assert.equal(isRunning(pid), false);
    });

    it('runs several commands at once, each with its own output', async () => {
      const numbers = Array.from({ length: 5 }, (_, at) => at);
      const results = await Promise.all(numbers.map((each) => run(session, `echo ${each}; exit ${each}`)));
      assert.deepEqual(
        results.map(({ exit, stdout }) => [exit, Number(stdout)]),
        numbers.map((code) => [{ type: 'exited', code }, code]),
      );
    });

    filesContract(() => session);

    it('ends at once when it is aborted before connecting', async () => {
      const connected = await connect(peer.transport, peer.options, { signal: AbortSignal.abort() });
      assert.deepEqual(connected, { ok: false, outcome: { status: 'cancelled', remote: 'never-started' } });
    });

    it('R-C20: ends at once when it is aborted in any phase of connecting', async () => {
      // A connection of its own: the session of the other tests would be shared.
      const fresh = await harness.start();
      const phases: Phase[] = [];
      await (
        await opened(fresh.transport, fresh.options, { onPhase: (phase) => phases.push(phase) })
      )[Symbol.asyncDispose]();
      for (const wanted of phases.filter((phase) => phase !== 'channel')) {
        // What was just given back is closed.
        await new Promise(setImmediate);
        const abort = new AbortController();
        const connected = await connect(fresh.transport, fresh.options, {
          signal: abort.signal,
          onPhase: (phase) => phase === wanted && abort.abort(),
        });
        assert.deepEqual(
          [wanted, connected],
          [wanted, { ok: false, outcome: { status: 'cancelled', remote: 'never-started' } }],
        );
      }
      await fresh.stop();
    });
  });
}

/** Runs a command and aborts it once it has printed some text. */
async function abortedWhen(session: Session, text: string, command: string | ExecRequest): Promise<Finished> {
  const abort = new AbortController();
  let seen = '';
  return run(session, command, {
    signal: abort.signal,
    watch: (_stream, chunk) => {
      seen += chunk;
      if (seen.includes(text)) abort.abort();
    },
  });
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
