import type { OutputChunk } from '../../core/protocol/output.ts';
import type { LoggedEvent, RunEvent } from '../../core/run/events.ts';
import type { Outcome } from '../../core/run/outcome.ts';
import type { Plan } from '../../core/run/plan.ts';
import { type BatchState, reduceAll } from '../../core/run/state.ts';
import type { Streams } from '../../cli/report.ts';
import type { ReadOutput } from '../../core/export/output.ts';
import { type Ended, hasEnded } from '../../core/run/executionState.ts';
import type { Terminal } from '../../cli/terminal/terminal.ts';

/** When the batches of these tests start, in ms since the Unix epoch. */
export const start = Date.UTC(2026, 10, 21, 14, 2, 0);

export function planOf(nodes: readonly string[], concurrency = 10): Plan {
  return {
    version: 1,
    request: { action: { type: 'command', command: 'uptime' }, selection: 'all', sources: [] },
    action: { type: 'command', command: 'uptime' },
    targets: nodes.map((node) => ({
      node,
      transport: 'ssh',
      options: { host: '10.0.0.1', port: 22, user: 'deploy', auth: ['agent'], via: [] },
      connectTimeoutMs: 30_000,
      tags: [],
      vars: {},
    })),
    executions: nodes.map((node) => ({ id: `e-${node}`, node })),
    strategy: { mode: 'parallel', concurrency, stopOnFailure: false },
    limits: { timeoutMs: 300_000, connectTimeoutMs: 30_000 },
    hash: 'h',
  };
}

/** What happened on one node: when it started and ended, what it said, how it ended. */
export type Story = {
  readonly from?: number;
  readonly to?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exit?: number;
  readonly outcome?: Outcome;
};

/** Events of a batch in which each node has its story; a node without an outcome still runs. */
export function eventsOf(stories: Readonly<Record<string, Story>>, end?: RunEvent): LoggedEvent[] {
  const plan = planOf(Object.keys(stories));
  const events: { at: number; event: RunEvent }[] = [
    { at: start, event: { type: 'batchStarted', batch: '01J00000000000000000007F3K', user: 'ada', plan } },
  ];
  for (const [node, story] of Object.entries(stories)) events.push(...eventsOfStory(`e-${node}`, story));
  if (end) events.push({ at: Math.max(...events.map(({ at }) => at)), event: end });
  return events.map(({ at, event }, index) => ({ seq: index + 1, at, ...event }));
}

function eventsOfStory(execution: string, story: Story): { at: number; event: RunEvent }[] {
  const { from = 0, to = 1000, stdout = '', stderr = '', exit, outcome } = story;
  if (outcome?.status === 'not-started') {
    return [{ at: start, event: { type: 'executionFinished', execution, outcome } }];
  }
  const events: { at: number; event: RunEvent }[] = [
    { at: start + from, event: { type: 'executionStarted', execution } },
    { at: start + from, event: { type: 'phaseChanged', execution, phase: 'run' } },
  ];
  if (!outcome) return events;
  const lines = (stderr || stdout).trimEnd().split('\n');
  const finished: RunEvent = {
    type: 'stepFinished',
    execution,
    stdoutBytes: Buffer.byteLength(stdout),
    stderrBytes: Buffer.byteLength(stderr),
    lastLine: lines.at(-1) ?? '',
    exitCode: exit ?? (outcome.status === 'ok' ? 0 : null),
    signal: null,
    extents: [],
  };
  return [
    ...events,
    { at: start + to, event: finished },
    { at: start + to, event: { type: 'executionFinished', execution, outcome } },
  ];
}

export function stateOf(stories: Readonly<Record<string, Story>>, end?: RunEvent): BatchState {
  const state = reduceAll(undefined, eventsOf(stories, end));
  if (!state) throw new Error('a batch without a start');
  return state;
}

export function endedOf(state: BatchState): readonly Ended[] {
  return state.executions.filter(hasEnded);
}

export const ok: Outcome = { status: 'ok' };
export const exit3: Outcome = { status: 'failed', step: 'command', message: 'exit 3', exitCode: 3 };

/** A terminal in which everything can be compared as text. */
export const plainTerminal: Terminal = {
  live: false,
  colour: false,
  utf8: true,
  columns: Infinity,
  wrap: Infinity,
};

/** Streams that keep what was written. */
export function memoryStreams(): Streams & { written: () => string; errors: () => string } {
  let out = '';
  let err = '';
  return {
    out: (text) => void (out += typeof text === 'string' ? text : Buffer.from(text).toString()),
    err: (text) => void (err += text),
    drained: () => Promise.resolve(),
    onReaderGone: () => ({ dispose: () => {} }),
    written: () => out,
    errors: () => err,
  };
}

/** Output by node, as the engine would page it. */
export function outputFrom(chunks: Readonly<Record<string, readonly OutputChunk[]>>): ReadOutput {
  return async function* ({ node }) {
    for (const { stream, text, base64 } of chunks[node] ?? []) {
      yield { stream, bytes: base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64') };
    }
  };
}
