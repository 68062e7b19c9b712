import type { ExecContext, Exit, GivenPassword } from '../../core/plugin/transport.ts';
import type { RunAs } from '../../core/run/action.ts';
import type { BecomeLine } from './become.ts';

/** How our side answers whoever asks for a password. */
export type Answers = {
  /** The first answer and the only one. */
  write(secret: string): void;
  /** There is no answer: ends the question. */
  giveUp(): void;
};

/** The way of one command to another user: ends with the command running as it, or with the reason why not. */
export type Becoming = {
  /** What the method says. */
  hear(bytes: Uint8Array): void;
  /** The command runs as the other user. */
  done(): void;
  /** It will not run any more; gives the exit as it is meant. */
  over(exit: Exit): Exit;
  /** The password that was given. */
  secret(): string | undefined;
};

type Asked = 'no' | 'waiting' | 'answered' | 'refused' | 'not given' | 'nobody there';

/** Answers one prompt, and only before the command itself runs: whatever it prints later is no question to us. */
export function createBecoming(
  runAs: RunAs,
  line: BecomeLine,
  { context, answers }: { context: ExecContext; answers: Answers },
): Becoming {
  let asked: Asked = 'no';
  let isOver = false;
  let given: GivenPassword | undefined;
  const answer = async (): Promise<void> => {
    asked = context.askPassword ? 'waiting' : 'nobody there';
    given = await context.askPassword?.();
    if (isOver || context.signal.aborted) return given?.unused();
    if (!given) {
      if (asked === 'waiting') asked = 'not given';
      return answers.giveUp();
    }
    asked = 'answered';
    answers.write(given.secret);
  };
  return {
    hear(bytes) {
      const prompts = line.promptsIn(bytes);
      if (prompts === 0 || isOver) return;
      if (asked === 'no') void answer();
      else if (asked === 'answered') {
        asked = 'refused';
        answers.giveUp();
      }
    },
    done() {
      isOver = true;
      given?.accepted();
    },
    over(exit) {
      isOver = true;
      if (exit.type !== 'exited' && exit.type !== 'signalled') {
        if (asked === 'refused') given?.refused();
        given?.unused();
        return exit;
      }
      if (asked === 'answered' || asked === 'refused') given?.refused();
      const said = line.lastLine();
      const message = messageOf({ runAs, asked, account: given?.account, said, exit });
      return { type: 'not-run', step: 'run-as', message };
    },
    secret: () => given?.secret,
  };
}

type Failure = { runAs: RunAs; asked: Asked; account: string | undefined; said: string; exit: Exit };

/** Why the command did not become another user. */
function messageOf({ runAs: { method, user }, asked, account, said, exit }: Failure): string {
  const because = said ? `: ${said}` : '';
  switch (asked) {
    case 'refused':
      // What it says last is that we gave it no second one.
      return `${method} refused the password for ${account ?? user}`;
    case 'answered':
      return `${method} refused the password for ${account ?? user}${because}`;
    case 'not given':
      return `${method} asks for a password, and none was given`;
    case 'nobody there':
      return `${method} asks for a password, and nobody is here to give it: run it at a terminal, or allow it without a password`;
    case 'no':
    case 'waiting':
      if (exit.type === 'exited' && exit.code === 127) return `there is no ${method} on the node`;
      return `${method} did not become ${user}${because}`;
  }
}
