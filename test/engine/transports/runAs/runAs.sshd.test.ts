import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { ExecContext, ExecRequest, Session } from '../../../../core/plugin/transport.ts';
import type { RunAs } from '../../../../core/run/action.ts';
import { systemClock } from '../../../../engine/clock.ts';
import { createLocalTransport } from '../../../../engine/transports/local/transport.ts';
import { filesContract, planned, put } from '../../../contract/files.ts';
import { isRunning } from '../processes.ts';
import { opened, optionsFor, run, type RunOptions, sshTransport, temporaryFolder } from '../session.ts';
import { sshdProblem, startSshd } from '../sshd.ts';
import { type Fakes, makeFakes } from './fakes.ts';

type Peer = AsyncDisposable & { session: Session };
type AskPassword = NonNullable<ExecContext['askPassword']>;
type Start = (fakes: Fakes) => Promise<Peer>;

const password = 'corr3ct horse';

async function overSsh({ bin }: Fakes): Promise<Peer> {
  const sshd = await startSshd([`SetEnv PATH=${bin}:/usr/bin:/bin`]);
  const session = await opened(sshTransport(), optionsFor(sshd));
  const close = async (): Promise<void> => {
    await session[Symbol.asyncDispose]();
    await sshd.stop();
  };
  return { session, [Symbol.asyncDispose]: close };
}

async function onThisMachine({ bin }: Fakes): Promise<Peer> {
  const env = { PATH: `${bin}${delimiter}/usr/bin:/bin` };
  const session = await opened(createLocalTransport({ clock: systemClock, env }), { cwd: tmpdir() });
  return { session, [Symbol.asyncDispose]: () => session[Symbol.asyncDispose]() };
}

runAsContract('over ssh', { problem: sshdProblem, start: overSsh, ttys: true });
runAsContract('on this machine', { problem: undefined, start: onThisMachine, ttys: false });

function runAsContract(
  where: string,
  { problem, start, ttys }: { problem: string | undefined; start: Start; ttys: boolean },
): void {
  describe(`another user ${where}`, function () {
    let folder: ReturnType<typeof temporaryFolder>;
    let fakes: Fakes;
    let peer: Peer;
    before(`starts${problem ? ` (${problem})` : ''}`, async function () {
      if (problem) return this.skip();
      folder = temporaryFolder();
      fakes = makeFakes(folder.path, password);
      peer = await start(fakes);
    });
    after(async () => {
      await peer?.[Symbol.asyncDispose]();
      folder?.[Symbol.dispose]();
    });
    beforeEach(() => {
      fakes.forgetAttempts();
      fakes.asksNothing(false);
    });

    /** Runs a command as root with a person who answers; tells what became of the password. */
    const asRoot = async (
      request: Omit<ExecRequest, 'runAs'> & { method?: RunAs['method']; user?: string },
      given: { secret?: string | undefined; nobody?: boolean } & RunOptions = {},
    ) => {
      const { method = 'sudo', user = 'root', ...rest } = request;
      const fate: string[] = [];
      let asked = 0;
      const finished = await run(
        peer.session,
        { ...rest, runAs: { user, method } },
        {
          ...given,
          ...(!given.nobody && {
            askPassword: async () => {
              asked++;
              const secret = 'secret' in given ? given.secret : password;
              if (secret === undefined) return undefined;
              return {
                secret,
                account: 'ada',
                accepted: () => void fate.push('accepted'),
                refused: () => void fate.push('refused'),
                unused: () => void fate.push('unused'),
              };
            },
          }),
        },
      );
      return { ...finished, asked, fate };
    };
    const command = 'echo "$RUN_AS"; echo oh >&2; exit 3';

    for (const method of ['sudo', 'su'] as const) {
      it(`runs a command by ${method}, and answers its prompt once`, async () => {
        const { exit, stdout, stderr, asked, fate } = await asRoot({ command, method });
        assert.deepEqual([stdout.toString(), stderr.toString()], ['root\n', 'oh\n']);
        assert.deepEqual([exit, asked, fate], [{ type: 'exited', code: 3 }, 1, ['accepted']]);
        assert.deepEqual(fakes.attempts(), [password]);
      });

      it(`asks nobody where ${method} asks for no password`, async () => {
        fakes.asksNothing(true);
        const { exit, stdout, stderr, asked } = await asRoot({ command, method });
        assert.deepEqual([stdout.toString(), stderr.toString(), asked], ['root\n', 'oh\n', 0]);
        assert.deepEqual(exit, { type: 'exited', code: 3 });
      });

      it(`says that ${method} refused the password, tried once`, async () => {
        const { exit, stdout, stderr, fate } = await asRoot({ command, method }, { secret: 'wrong' });
        assert.ok(exit.type === 'not-run' && exit.step === 'run-as');
        assert.match(exit.message, new RegExp(`^${method} refused the password for ada`));
        assert.deepEqual([stdout.toString(), stderr.toString(), fate], ['', '', ['refused']]);
        assert.deepEqual(fakes.attempts(), ['wrong']);
      });

      it(`says that there is no such user, before ${method} is asked`, async () => {
        const { exit, asked } = await asRoot({ command, method, user: 'nobodyx' }, { nobody: true });
        const message = `${method} did not become nobodyx: there is no such user on the node`;
        assert.deepEqual([exit, asked], [{ type: 'not-run', step: 'run-as', message }, 0]);
        assert.deepEqual(fakes.attempts(), []);
      });

      it(`says that ${method} asks where a person gives nothing, or nobody is there`, async () => {
        for (const given of [{ secret: undefined }, { nobody: true }]) {
          const { exit } = await asRoot({ command, method }, given);
          assert.ok(exit.type === 'not-run' && exit.message.startsWith(`${method} asks for a password, and`));
        }
        assert.deepEqual(fakes.attempts().filter(Boolean), []);
      });

      it(`gives what ${method} runs its environment, folder, stdin and all of a long command`, async () => {
        const cwd = folder.path;
        const long = `: ${'x'.repeat(200_000)}\ncat; echo "$A $RUN_AS"; pwd`;
        const stdin = Buffer.from('first line\n');
        const { exit, stdout, stderr } = await asRoot({
          command: long,
          method,
          env: { A: `it's` },
          cwd,
          stdin,
        });
        assert.deepEqual([stdout.toString(), stderr.toString()], [`first line\nit's root\n${cwd}\n`, '']);
        assert.deepEqual(exit, { type: 'exited', code: 0 });
      });

      it(`R-K3: does not answer a prompt that the output of a command by ${method} forges`, async () => {
        // The command finds our own prompt in the list of processes, which is as well as anybody can do.
        const forge =
          't=$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" "\\n" | grep "^password-" | head -n 1); ' +
          'printf "%sPassword: " "$t" >&2; IFS= read -r w; echo "got <$w>"';
        const { stdout, asked } = await asRoot({ command: forge, method });
        assert.deepEqual([stdout.toString(), asked, fakes.attempts()], ['got <>\n', 1, [password]]);
      });

      it(`stops what ${method} runs, by ${method}, and proves it`, async () => {
        const abort = new AbortController();
        let seen = '';
        const { exit, stdout } = await asRoot(
          { command: 'sleep 300 & echo $! $$; sleep 0.2; echo ready; wait', method },
          {
            signal: abort.signal,
            watch: (_stream, text) => {
              seen += text;
              if (seen.includes('ready')) abort.abort();
            },
          },
        );
        assert.deepEqual(exit, { type: 'stopped', remote: 'stopped' });
        const pids = stdout.toString().match(/\d+/g) ?? [];
        assert.equal(pids.length, 2);
        assert.deepEqual(pids.map(Number).filter(isRunning), []);
        assert.deepEqual(fakes.attempts(), [password, password]);
      });
    }

    it('R-K3: says what sudo says where it does not ask at all', async () => {
      const { exit, fate } = await run(peer.session, {
        command,
        runAs: { user: 'root', method: 'doas' },
      }).then((finished) => ({ ...finished, fate: [] }));
      assert.deepEqual(
        [exit, fate],
        [
          { type: 'not-run', step: 'run-as', message: 'doas did not become root: doas: a tty is required' },
          [],
        ],
      );
    });

    it('stops while a person is asked: nothing was started', async () => {
      const abort = new AbortController();
      setTimeout(() => abort.abort(), 300);
      const exit = await peer.session.exec(
        { command, runAs: { user: 'root', method: 'sudo' } },
        {
          signal: abort.signal,
          onOutput: () => {},
          onProcess: () => assert.fail('it was started'),
          askPassword: () => new Promise(() => {}),
        },
      );
      assert.deepEqual([exit, fakes.attempts()], [{ type: 'stopped', remote: 'never-started' }, []]);
    });

    /** The session, with files carried as root. */
    const filesAsRoot = ({ put, get, ...session }: Session, askPassword?: AskPassword): Session => {
      const runAs: RunAs = { user: 'root', method: 'sudo' };
      const answered = askPassword && { askPassword };
      assert.ok(put && get);
      return {
        ...session,
        put: (request, context) => put({ ...request, runAs }, { ...context, ...answered }),
        get: (request, context) => get({ ...request, runAs }, { ...context, ...answered }),
      };
    };

    describe('carries files, and', () => {
      beforeEach(() => fakes.asksNothing(true));
      filesContract(() => filesAsRoot(peer.session));
    });

    it('gives the password of whoever copies files, and says that it was refused', async () => {
      using here = temporaryFolder();
      const from = join(here.path, 'a');
      writeFileSync(from, 'content');
      const to = join(here.path, 'b');
      const give = (secret: string) => async () => ({
        secret,
        account: 'ada',
        accepted: () => undefined,
        refused: () => undefined,
        unused: () => undefined,
      });
      const request = { files: [planned(from, to)], to };
      const refused = await put(filesAsRoot(peer.session, give('wrong')), request);
      assert.ok(refused.exit.type === 'not-run' && refused.exit.step === 'run-as');
      assert.match(refused.exit.message, /^sudo refused the password for ada/);
      assert.deepEqual([existsSync(to), fakes.attempts()], [false, ['wrong']]);
      const nobody = await put(filesAsRoot(peer.session), request);
      assert.ok(nobody.exit.type === 'not-run' && nobody.exit.message.includes('nobody is here to give it'));
      const taken = await put(filesAsRoot(peer.session, give(password)), request);
      assert.deepEqual(taken.exit, { type: 'exited', code: 0, changed: true });
      assert.equal(readFileSync(to, 'utf8'), 'content');
    });

    if (ttys) {
      for (const method of ['sudo', 'doas'] as const) {
        it(`R-K4: gives ${method} the password at a terminal only once nothing is echoed`, async () => {
          const { exit, stdout } = await asRoot({ command: '[ -t 0 ] && echo "$RUN_AS"', method, tty: true });
          assert.deepEqual([exit, stdout.toString().trim()], [{ type: 'exited', code: 0 }, 'root']);
          assert.ok(!stdout.includes(password));
          assert.deepEqual(fakes.attempts(), [password]);
        });
      }
    } else {
      it('says that there is no terminal', async () => {
        const { exit } = await run(peer.session, { command, tty: true });
        assert.ok(exit.type === 'not-run' && exit.step === 'terminal');
      });
    }
  });
}
