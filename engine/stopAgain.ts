import pLimit from 'p-limit';
import { processOf } from '../core/run/actionText.ts';
import type { StartedProcess, Transport } from '../core/plugin/transport.ts';
import type { StopAgainRequest, StopAgainResult } from '../core/protocol/batch.ts';
import type { LoggedEvent } from '../core/run/events.ts';
import type { Plan } from '../core/run/plan.ts';
import { mayBeLeft } from '../core/run/remote.ts';
import { type BatchState, type ExecutionState, reduceAll } from '../core/run/state.ts';
import type { Clock } from '../core/util/clock.ts';
import { messageOf, refuse, type Result } from '../core/util/errors.ts';
import { mendEventLog, readEventLog } from './history/eventLog.ts';
import { batchFiles, type HistoryLayout } from './history/layout.ts';
import { noBatch, noNodeIn } from '../core/history/notFound.ts';

export type StopAgainDeps = {
  readonly layout: HistoryLayout;
  readonly clock: Clock;
  readonly transports: ReadonlyMap<string, Transport>;
  readonly announce: (batch: string, events: readonly LoggedEvent[]) => void;
};

/** How many nodes are gone to at once. */
const atOnce = 10;

type Suspect = { readonly execution: ExecutionState; readonly process: StartedProcess | undefined };
type Found = { readonly node: string; readonly message?: string };

/**
 * Goes back to the nodes of an ended batch where a process may still run, and stops what still is the same process.
 * What was found is added to the batch's log; its outcomes stay what they were.
 */
export async function stopAgain(
  { batch, node }: StopAgainRequest,
  deps: StopAgainDeps,
): Promise<Result<StopAgainResult>> {
  const path = batchFiles(deps.layout, batch).events;
  const log = await readEventLog(path).catch(() => undefined);
  const state = log && reduceAll(undefined, log.events);
  const plan = log && planOf(log.events);
  if (!log || !state || !plan) return noBatch(batch);
  if (state.status === 'running') return refuse('NOT_FOUND', 'This batch still runs. Cancel it first.');
  if (node !== undefined && !state.executions.some((each) => each.node === node))
    return noNodeIn(batch, node);
  const suspects = suspectsOf(state, log.events).filter(
    ({ execution }) => node === undefined || execution.node === node,
  );
  if (suspects.length === 0) return refuse('NOT_FOUND', 'Nothing of this batch may still run there.');
  const limit = pLimit(atOnce);
  const found = await Promise.all(suspects.map((suspect) => limit(() => stopOn(suspect, plan, deps))));
  const stopped = found.filter(({ message }) => message === undefined).map((each) => each.node);
  const running = found.flatMap((each) =>
    each.message === undefined ? [] : [{ node: each.node, message: each.message }],
  );
  const event: LoggedEvent = {
    type: 'stopReport',
    seq: state.seq + 1,
    at: deps.clock.now(),
    stopped: [...(state.stopReport?.stopped ?? []), ...stopped],
    running: stillRunning(state, stopped),
  };
  // A history that takes nothing must not hide what was found.
  await mendEventLog(path, log.validBytes, [event]).catch(() => undefined);
  deps.announce(batch, [event]);
  return { ok: true, value: { stopped, running } };
}

function planOf(events: readonly LoggedEvent[]): Plan | undefined {
  const [first] = events;
  return first?.type === 'batchStarted' ? first.plan : undefined;
}

/** Executions of which a process may still run, by what is known now, and the last process that each started. */
function suspectsOf(state: BatchState, events: readonly LoggedEvent[]): readonly Suspect[] {
  const processes = new Map<string, StartedProcess>();
  for (const event of events) {
    if (event.type !== 'processStarted') continue;
    const { execution, pid, group = false, born } = event;
    processes.set(execution, { pid, group, born });
  }
  return state.executions
    .filter(mayBeLeft)
    .map((execution) => ({ execution, process: processes.get(execution.id) }));
}

function stillRunning(state: BatchState, stopped: readonly string[]): string[] {
  const gone = new Set(stopped);
  return state.executions.filter((each) => mayBeLeft(each) && !gone.has(each.node)).map(({ node }) => node);
}

async function stopOn({ execution, process }: Suspect, plan: Plan, deps: StopAgainDeps): Promise<Found> {
  const { node } = execution;
  if (!process) return { node, message: 'it is not known as which process it was started' };
  try {
    const message = await connectAndStop(node, { process, plan, deps });
    return message === undefined ? { node } : { node, message };
  } catch (error) {
    return { node, message: messageOf(error) };
  }
}

type Stopping = { process: StartedProcess; plan: Plan; deps: StopAgainDeps };

/** Why it is not proven gone; undefined where it is. */
async function connectAndStop(node: string, { process, plan, deps }: Stopping): Promise<string | undefined> {
  const target = plan.targets.find((each) => each.node === node);
  const transport = target && deps.transports.get(target.transport);
  const options = transport?.options.safeParse(target?.options);
  if (!target || !transport || !options?.success) return 'there is no way to it any more';
  const timeoutMs = target.connectTimeoutMs;
  const connected = await transport.connect(target, options.data, {
    signal: AbortSignal.timeout(timeoutMs * 2),
    timeoutMs,
    onPhase: () => {},
  });
  if (!connected.ok) {
    const { outcome } = connected;
    return 'message' in outcome ? outcome.message : 'it can not be reached';
  }
  await using session = connected.session;
  if (!session.stop) return `${target.transport} can not stop what it did not start just now`;
  const { runAs, tty } = processOf(plan.action) ?? {};
  const fate = await session.stop(process, { runAs, tty });
  return fate === 'stopped' ? undefined : stillThere(process, runAs?.method);
}

function stillThere({ pid, born }: StartedProcess, method: string | undefined): string {
  if (born === undefined)
    return `whether pid ${pid} still is the same process can not be told; it was left alone`;
  const hint = method === undefined ? '' : `, or ${method} asks for a password, which is not asked for here`;
  return `pid ${pid} is still there, or is not ours to signal${hint}`;
}
