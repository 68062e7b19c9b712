import type { ExecContext, Exit, OnOutput, Session, TransferContext } from '../plugin/transport.ts';
import type { Action, ProcessAction, ScriptAction } from './action.ts';
import type { ExecutionContext } from './executionContext.ts';
import type { Deadline } from './guard.ts';
import type { CopyAction, FetchAction, PlannedFile } from './fileActions.ts';
import { passwordFor } from './passwordFor.ts';
import type { Plan, Target } from './plan.ts';
import type { RunAs } from './runAs.ts';
import { scriptCleanup, scriptCommand, scriptFolder, type SentScript } from './script.ts';

/** One thing to do on a node. */
export type OnNode = {
  readonly action: NodeAction;
  /** Files of this machine that it is about, as they are for this node. */
  readonly files: readonly PlannedFile[];
  /** The text of the command is a secret. */
  readonly isSecret?: boolean | undefined;
};
/** What a node does by itself: all but steps. */
export type NodeAction = Exclude<Action, { type: 'playbook' }>;

export type Performing = ExecutionContext & { readonly timer: Deadline; readonly onOutput: OnOutput };

type Doing<A extends NodeAction> = {
  readonly session: Session;
  readonly action: A;
  readonly files: readonly PlannedFile[];
  readonly isSecret: boolean | undefined;
};

/** Does one thing on one node, by the means of its session: the one place where kinds of action differ. */
export function perform(
  session: Session,
  { action, files, isSecret }: OnNode,
  context: Performing,
): Promise<Exit> {
  switch (action.type) {
    case 'command': {
      const doing = { session, action, files, isSecret };
      return session.exec({ ...action, isSecret, stdin: context.stdin }, processContext(doing, context));
    }
    case 'script':
      return runScript({ session, action, files, isSecret }, context);
    case 'copy': {
      const { to, mode, owner, backup, runAs } = action;
      const request = { files, to, mode, owner, backup, runAs };
      return session.put?.(request, transferContext(action, session, context)) ?? noFiles(action, session);
    }
    case 'fetch':
      return (
        session.get?.({ ...action, node: context.target.node }, transferContext(action, session, context)) ??
        noFiles(action, session)
      );
  }
}

async function noFiles({ type }: Action, { info }: Session): Promise<Exit> {
  return { type: 'not-run', step: type, message: `${info.transport} carries no files` };
}

/** The files of a plan that are for a node. */
export function filesFor({ files = [] }: Pick<Plan, 'files'>, target: Target): readonly PlannedFile[] {
  return files.filter(({ node }) => node === undefined || node === target.node);
}

/** Milliseconds between two reports of how far files are: they are logged. */
const reportMs = 500;

function transferContext(
  { runAs }: CopyAction | FetchAction,
  session: Session,
  context: Performing,
): TransferContext {
  const { id, stop, note, onOutput, clock } = context;
  let reported = -reportMs;
  return {
    signal: stop.signal,
    onOutput,
    onProgress(bytes, of) {
      if (bytes < of && clock.now() - reported < reportMs) return;
      reported = clock.now();
      note({ type: 'transferProgress', execution: id, bytes, of });
    },
    note: (message) => note({ type: 'note', execution: id, message }),
    ...answering(session, runAs, context),
  };
}

/** Who gives the password for another user, where a person can. */
function answering(
  session: Session,
  runAs: RunAs | undefined,
  context: Performing,
): Pick<ExecContext, 'askPassword'> {
  const { askSecret, timer } = context;
  if (!askSecret) return {};
  return { askPassword: () => passwordFor({ ...context, session, askSecret }, runAs, timer) };
}

async function runScript(doing: Doing<ScriptAction>, context: Performing): Promise<Exit> {
  const { session, action, files, isSecret } = doing;
  const [file] = files;
  if (!file) return { type: 'not-run', step: 'script', message: 'the plan has no script' };
  const script: SentScript = { action, file, word: newWord(context.random) };
  const { env, cwd, runAs, tty } = action;
  const request = { command: scriptCommand(script), isSecret, env, cwd, runAs, tty, stdin: context.stdin };
  const exit = await session.exec(request, processContext(doing, context));
  if (exit.type === 'stopped' && exit.remote !== 'never-started') await cleanUp(doing, script, context);
  if (exit.type === 'lost') noteLeft(script, context);
  return exit;
}

/** A script that had to be killed could not take its folder away itself. */
async function cleanUp(doing: Doing<ScriptAction>, script: SentScript, context: Performing): Promise<void> {
  const { session, action } = doing;
  const { runAs, env } = action;
  const stop = new AbortController();
  const timer = context.clock.after(cleanUpMs, () => stop.abort());
  let left = '';
  const exit = await session.exec(
    { command: scriptCleanup(script), runAs, env },
    {
      ...processContext(doing, context),
      signal: stop.signal,
      onProcess: () => undefined,
      onOutput: (stream, chunk) => {
        if (stream === 'stdout') left += new TextDecoder().decode(chunk);
      },
    },
  );
  timer.dispose();
  if (exit.type !== 'exited' || left !== '') noteLeft(script, context);
}

/** Milliseconds; an execution that is stopped has 15 s in all. */
const cleanUpMs = 4000;

function noteLeft({ word }: SentScript, { id, note }: Performing): void {
  const message = `The script may be left on the node, in the folder ${scriptFolder(word)}. Take it away.`;
  note({ type: 'note', execution: id, message });
}

/** 80 bits: enough to be nobody else's; that it is new is up to mkdir. */
function newWord(random: () => number): string {
  return Array.from({ length: 5 }, () =>
    Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0'),
  ).join('');
}

function processContext({ session, action }: Doing<ProcessAction>, context: Performing): ExecContext {
  const { id, stop, note, onOutput } = context;
  return {
    signal: stop.signal,
    onProcess: (pid, { group, born } = { group: false }) =>
      note({ type: 'processStarted', execution: id, pid, group, ...(born !== undefined && { born }) }),
    onOutput,
    ...answering(session, action.runAs, context),
  };
}
