import type { ExecContext, Exit, Session, TransferContext } from '../plugin/transport.ts';
import type { Action, ScriptAction } from './action.ts';
import { processOf } from './actionText.ts';
import type { ExecutionContext } from './execution.ts';
import type { Deadline } from './guard.ts';
import type { PlannedFile } from './fileActions.ts';
import { passwordFor } from './passwordFor.ts';
import type { RedactedOutput } from './redactedOutput.ts';
import { scriptCleanup, scriptCommand, scriptFolder, type SentScript } from './script.ts';

export type Performing = ExecutionContext & { readonly timer: Deadline; readonly output: RedactedOutput };

/** Does what the plan says on one node, by the means of its session: the one place where kinds of action differ. */
export function perform(session: Session, context: Performing): Promise<Exit> {
  const { action } = context.plan;
  switch (action.type) {
    case 'playbook':
      return noSteps();
    case 'command':
      return session.exec({ ...action, stdin: context.stdin }, processContext(session, context));
    case 'script':
      return runScript(session, action, context);
    case 'copy': {
      const { to, mode, owner, backup } = action;
      const request = { files: filesFor(context), to, mode, owner, backup };
      return session.put?.(request, transferContext(context)) ?? noFiles(action, session);
    }
    case 'fetch':
      return (
        session.get?.({ ...action, node: context.target.node }, transferContext(context)) ??
        noFiles(action, session)
      );
  }
}

/** A playbook has its own way through its steps. */
async function noSteps(): Promise<Exit> {
  return { type: 'not-run', step: 'playbook', message: 'the plan has no steps' };
}

async function noFiles({ type }: Action, { info }: Session): Promise<Exit> {
  return { type: 'not-run', step: type, message: `${info.transport} carries no files` };
}

function filesFor({ plan, target }: Performing): readonly PlannedFile[] {
  return (plan.files ?? []).filter(({ node }) => node === undefined || node === target.node);
}

/** Milliseconds between two reports of how far files are: they are logged. */
const reportMs = 500;

function transferContext({ id, stop, note, output, clock }: Performing): TransferContext {
  let reported = -reportMs;
  return {
    signal: stop.signal,
    onOutput: output.add,
    onProgress(bytes, of) {
      if (bytes < of && clock.now() - reported < reportMs) return;
      reported = clock.now();
      note({ type: 'transferProgress', execution: id, bytes, of });
    },
    note: (message) => note({ type: 'note', execution: id, message }),
  };
}

async function runScript(session: Session, action: ScriptAction, context: Performing): Promise<Exit> {
  const [file] = filesFor(context);
  if (!file) return { type: 'not-run', step: 'script', message: 'the plan has no script' };
  const script: SentScript = { action, file, word: newWord(context.random) };
  const { env, cwd, runAs, tty } = action;
  const request = { command: scriptCommand(script), env, cwd, runAs, tty, stdin: context.stdin };
  const exit = await session.exec(request, processContext(session, context));
  if (exit.type === 'stopped' && exit.remote !== 'never-started')
    await cleanUp({ session, action, script }, context);
  if (exit.type === 'lost') noteLeft(script, context);
  return exit;
}

type Stopped = { session: Session; action: ScriptAction; script: SentScript };

/** A script that had to be killed could not take its folder away itself. */
async function cleanUp({ session, action, script }: Stopped, context: Performing): Promise<void> {
  const { runAs, env } = action;
  const stop = new AbortController();
  const timer = context.clock.after(cleanUpMs, () => stop.abort());
  let left = '';
  const exit = await session.exec(
    { command: scriptCleanup(script), runAs, env },
    {
      ...processContext(session, context),
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

function processContext(session: Session, context: Performing): ExecContext {
  const { id, stop, note, output, plan, askSecret } = context;
  const action = processOf(plan.action);
  return {
    signal: stop.signal,
    onProcess: (pid, { group, born } = { group: false }) =>
      note({ type: 'processStarted', execution: id, pid, group, ...(born !== undefined && { born }) }),
    onOutput: output.add,
    ...(askSecret && {
      askPassword: () => passwordFor({ ...context, session, askSecret }, action?.runAs, context.timer),
    }),
  };
}
