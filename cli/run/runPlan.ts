import process from 'node:process';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { Approval } from '../../core/policy/approval.ts';
import type { Plan } from '../../core/run/plan.ts';
import type { PlanPreview, StartRequest } from '../../core/protocol/start.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { Engine } from '../../engine/engine.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { exitCodeOfEnd, exitCodeOfSignal } from '../exitCode.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import { canAsk } from '../terminal/ask.ts';
import { terminalOf } from '../terminal/terminal.ts';
import type { AskAnswers } from './answers.ts';
import { createBarriers } from './barriers.ts';
import { withFlags } from './agree.ts';
import { createPrinter } from './createPrinter.ts';
import type { Relay } from './followPrinter.ts';
import { type Following, followBatch, leaveBatch } from './follow.ts';
import { hostKeyHint } from './hints.ts';
import { stoppingHint } from './live.ts';
import type { StartOptions } from './options.ts';
import { outputReader } from './output.ts';
import type { Printer } from './printer.ts';
import { createQuestions } from './questions.ts';
import { type Stop, watchStop } from './stop.ts';

/** `left`: the person did not wait for the end. */
export type Ran = { readonly code: number; readonly left: boolean };

export type RunDeps = {
  readonly client: EngineClient;
  readonly readOutput: Engine['output'];
  readonly options: StartOptions;
  readonly streams: Streams;
  readonly relay: Relay;
};

/** Starts a plan, shows it until it ends or is left, and gives the exit code. */
export async function runPlan(
  preview: PlanPreview,
  approval: Approval,
  { client, readOutput, options, streams, relay }: RunDeps,
): Promise<Ran> {
  const { plan } = preview;
  const stop = watchStop(streams, () => cancel());
  const printer = createPrinter(options, {
    plan,
    streams,
    relay,
    readOutput: outputReader(readOutput, () => following.state()?.id ?? ''),
    stopping: () => stop.requested() !== undefined,
    answers: options.each ? undefined : askAnswers(client, () => following.state()?.id),
  });
  const questions = createQuestions({ client, streams, foldNames: foldForDisplay, aside: printer.aside });
  const barriers = createBarriers({ client, streams, printer });
  const note = (text: string): void => void printer.aside(async () => reportNote(text, streams));
  const following = followBatch(client, {
    ...printer,
    asked: questions.put,
    reached: barriers.reached,
    noted: note,
  });
  let batch: string | undefined;
  const cancel = (): void => {
    // The batch runs before its first events come here.
    if (batch === undefined) return;
    const state = following.state();
    if (state && !printer.live && stop.requested() !== 'SIGPIPE') noteStopping(state, streams);
    void client.cancel({ batch, which: 'all' });
  };
  try {
    const started = await client.start({ plan, ...approval, ...startOf(options) });
    if (!started.ok) {
      const refusal = withFlags(started.error, preview);
      return { code: reportRefusal(refusal, options.format, streams), left: false };
    }
    batch = started.value.batch;
    if (stop.requested()) cancel();
    const ended = await Promise.race([following.end, stop.left]);
    barriers.dispose();
    questions.dispose();
    return await printEnd(ended, { following, stop, printer, streams, plan });
  } finally {
    barriers.dispose();
    questions.dispose();
    following.dispose();
    stop.dispose();
  }
}

/** Asks until all that has ended has been read. */
function askAnswers(client: EngineClient, batch: () => string | undefined): AskAnswers {
  return async () => {
    const id = batch();
    if (id === undefined) return undefined;
    for (;;) {
      const answers = await client.answers({ batch: id, lines: mostLines });
      if (!answers.ok) return undefined;
      if (answers.value.unread === 0) return answers.value;
    }
  };
}

/** Lines of an answer that are printed at most. */
const mostLines = 400;

function noteStopping(state: BatchState, streams: Streams): void {
  reportNote(`${stoppingHint(state, terminalOf(process.stderr, process.env).utf8)}.`, streams);
}

/** What a start gets beside the plan. */
function startOf({ debug, debugSsh, stdin, secrets }: StartOptions): Partial<StartRequest> {
  return {
    ...(debug && { debug }),
    ...(debugSsh && { debugSsh }),
    ...(stdin !== undefined && { stdin }),
    ...(secrets && Object.keys(secrets).length > 0 && { secrets }),
  };
}

type EndDeps = {
  readonly following: Following;
  readonly stop: Stop;
  readonly printer: Printer;
  readonly streams: Streams;
  readonly plan: Plan;
};

/** Prints what there is; a batch that nobody waits for is shown as far as it came. */
async function printEnd(
  ended: BatchState | undefined,
  { following, stop, printer, streams, plan }: EndDeps,
): Promise<Ran> {
  const state = ended ?? following.state();
  const signal = stop.requested();
  if (!state) return { code: exitCodeOfSignal(signal ?? 'SIGINT'), left: true };
  const last = ended ?? leaveBatch(state, Date.now());
  await printer.finish(last);
  if (!canAsk()) for (const line of hostKeyHint(last, plan)) reportNote(line, streams);
  return { code: exitCodeOfEnd(last.status, signal), left: ended === undefined };
}
