import type { SharedLimits } from '../../../core/run/admission.ts';
import type { Control } from '../../../core/run/controls.ts';
import type { LoggedEvent } from '../../../core/run/events.ts';
import { execute } from '../../../core/run/execute.ts';
import type { BatchEnd, Outcome } from '../../../core/run/outcome.ts';
import type { Plan } from '../../../core/run/plan.ts';
import type { Limits, Strategy } from '../../../core/run/strategy.ts';
import { type BatchState, reduceAll } from '../../../core/run/state.ts';
import type { Clock } from '../../../core/util/clock.ts';
import { Emitter } from '../../../core/util/emitter.ts';
import { fakeTransport, type FakeTransport, type Script } from './fakeTransport.ts';
import { createVirtualClock } from './virtualClock.ts';

export type Stop = { at: number; which: 'all' | 'queued' | 'execution'; execution?: number };
export type Scenario = {
  action?: Plan['action'];
  scripts: readonly Script[];
  strategy?: Partial<Strategy>;
  limits?: Partial<Limits>;
  /** Hop that each target goes through, by its place. */
  via?: (at: number) => string | undefined;
  /** Host of each target, by its place, and how many may be connecting to one at once. */
  host?: (at: number) => string;
  mostConnecting?: (host: string) => number;
  stops?: readonly Stop[];
  /** What a person does to the batch, and after how many ms. */
  controls?: readonly { at: number; control: Control }[];
  shared?: (clock: Clock) => SharedLimits;
  /** How a person answers about host keys, and after how many ms; nobody is there when absent. */
  trust?: { yes: boolean; afterMs: number };
  /** What is said about host keys that are not known before the start, by node; undefined where nothing is asked. */
  asked?: (node: string) => { yes: boolean; afterMs: number } | undefined;
  /** What a person says when a login is refused again and again. */
  goOn?: { yes: boolean; afterMs: number };
};
export type Ran = {
  /** When an execution got through all limits, in ms since the start. */
  starts: number[];
  events: LoggedEvent[];
  end: BatchEnd;
  state: BatchState;
  transport: FakeTransport;
  plan: Plan;
};

export function planOf(
  count: number,
  {
    strategy = {},
    limits = {},
    via = () => undefined,
    host,
    action = { type: 'command', command: 'true' },
  }: Pick<Scenario, 'strategy' | 'limits' | 'via' | 'host' | 'action'> = {},
): Plan {
  const nodes = Array.from({ length: count }, (_, at) => `n${at + 1}`);
  return {
    version: 1,
    request: { action, selection: 'all', sources: [] },
    action,
    targets: nodes.map((node, at) => ({
      node,
      transport: 'fake',
      options: {
        ...(host && { host: host(at), port: 22 }),
        ...(via(at) !== undefined && { via: [{ host: via(at), port: 22 }] }),
      },
      connectTimeoutMs: 1000,
      tags: [],
      vars: {},
    })),
    executions: nodes.map((node, at) => ({ id: `e${at + 1}`, node })),
    strategy: { mode: 'parallel', concurrency: 10, stopOnFailure: false, ...strategy },
    limits: { timeoutMs: 3000, connectTimeoutMs: 1000, ...limits },
    hash: '',
  };
}

/** Runs a scenario to its end under the virtual clock. */
export async function runPlan(scenario: Scenario): Promise<Ran> {
  const clock = createVirtualClock();
  const plan = planOf(scenario.scripts.length, scenario);
  const scripts = new Map(plan.executions.map(({ node }, at) => [node, scenario.scripts[at]!]));
  const transport = fakeTransport(clock, scripts, scenario.mostConnecting);
  const events: LoggedEvent[] = [];
  const all = new AbortController();
  const queued = new AbortController();
  const each = new Map(plan.executions.map(({ id }) => [id, new AbortController()]));
  for (const stop of scenario.stops ?? []) {
    const controller = { all, queued, execution: each.get(`e${stop.execution ?? 1}`) ?? all }[stop.which];
    clock.after(stop.at, () => controller.abort());
  }
  const control = new Emitter<Control>();
  for (const { at, control: what } of scenario.controls ?? []) clock.after(at, () => control.fire(what));
  const startedAt = clock.now();
  const { trust, asked, goOn, shared } = scenario;
  const running = execute(plan, {
    batch: 'b1',
    user: 'me',
    transports: new Map([['fake', transport]]),
    clock,
    random: () => 0.5,
    sink: { write: () => undefined, settled: () => undefined, extents: () => [] },
    stop: { all: all.signal, queued: queued.signal, of: (id) => each.get(id)!.signal },
    emit: (event) => events.push(event),
    control: control.event,
    ...(shared && { shared: shared(clock) }),
    ...(asked && {
      beforeStart: ({ node }) => {
        const answer = asked(node);
        return answer && new Promise((resolve) => clock.after(answer.afterMs, () => resolve(noKey(answer))));
      },
    }),
    ...(goOn && {
      askToGoOn: (question, note) => {
        note({ type: 'promptRaised', prompt: 'p1', question: { type: 'go-on', ...question } });
        return new Promise((resolve) => clock.after(goOn.afterMs, () => resolve(goOn.yes)));
      },
    }),
    ...(trust && {
      trustHostKey: ({ node }) =>
        new Promise((resolve) => {
          clock.after(trust.afterMs, () => {
            if (trust.yes) transport.trusted.add(node);
            resolve(trust.yes);
          });
        }),
    }),
  });
  const end = await clock.runUntil(running);
  const settled = new Promise<void>((resolve) => clock.after(60_000, resolve));
  await clock.runUntil(settled);
  const starts = events
    .filter((event) => event.type === 'executionStarted' || event.type === 'attemptStarted')
    .map((event) => event.at - startedAt);
  return { starts, events, end, state: reduceAll(undefined, events)!, transport, plan };
}

function noKey({ yes }: { yes: boolean }): Outcome | undefined {
  return yes ? undefined : { status: 'unreachable', kind: 'host-key', message: 'host key not known' };
}
