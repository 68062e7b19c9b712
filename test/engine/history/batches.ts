import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedEvent, RunEvent } from '../../../core/run/events.ts';
import { batchEnd, type Outcome } from '../../../core/run/outcome.ts';
import type { Plan } from '../../../core/run/plan.ts';
import { writeFrameHead } from '../../../engine/history/frame.ts';
import { batchFiles, type HistoryLayout } from '../../../engine/history/layout.ts';

/** What one node of a batch did; without an outcome it still runs. */
export type Ran = {
  readonly node: string;
  readonly tags?: readonly string[];
  readonly outcome?: Outcome;
  /** Pieces of its stdout, as they came. */
  readonly says?: readonly string[];
};

export type Batch = {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly user?: string;
  readonly command?: string;
  readonly ran: readonly Ran[];
};

/** Crockford's base 32, as ULIDs are written. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** The id of the n-th batch of a test: later ones sort later, and their last four characters differ. */
export function idOf(n: number): string {
  let text = '';
  for (let rest = n; text.length < 8; rest = Math.floor(rest / 32)) text = `${digits[rest % 32]}${text}`;
  return `01JD000000${text}${text}`;
}

/** The events of a batch in which one node after the other ran for a second. */
export function eventsOf({ id, at, user = 'ada', command = 'uptime', ran }: Batch): LoggedEvent[] {
  const plan = planOf(command, ran);
  const events: RunEvent[] = [{ type: 'batchStarted', batch: id, user, plan }];
  for (const [place, { outcome, says = [] }] of ran.entries()) {
    const execution = `e${place}`;
    events.push({ type: 'executionStarted', execution });
    if (!outcome) continue;
    const stdoutBytes = says.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    const counters = { stdoutBytes, stderrBytes: 0, lastLine: says.at(-1) ?? '' };
    const end = { exitCode: 0, signal: null, extents: [] };
    events.push({ type: 'stepFinished', execution, ...counters, ...end });
    events.push({ type: 'executionFinished', execution, outcome });
  }
  const outcomes = ran.flatMap(({ outcome }) => outcome?.status ?? []);
  if (outcomes.length === ran.length) {
    events.push({ type: 'batchFinished', end: batchEnd(outcomes, undefined) });
  }
  return events.map((event, index) => ({ seq: index + 1, at: at + index * 500, ...event }));
}

/** Puts a batch on disk, as an engine would have. */
export function writeBatch(layout: HistoryLayout, batch: Batch): void {
  const files = batchFiles(layout, batch.id);
  mkdirSync(files.folder, { recursive: true, mode: 0o700 });
  const lines = eventsOf(batch).map((event) => `${JSON.stringify(event)}\n`);
  writeFileSync(files.events, lines.join(''), { mode: 0o600 });
  const spool = framesOf(batch);
  if (spool.length > 0) writeFileSync(join(files.folder, 'output.spool'), spool, { mode: 0o600 });
}

/** The first pieces of all nodes, then the second ones: as output of nodes that run together comes. */
function framesOf({ at, ran }: Batch): Buffer {
  const frames: Buffer[] = [];
  const most = Math.max(0, ...ran.map(({ says = [] }) => says.length));
  for (let piece = 0; piece < most; piece++) {
    for (const [execution, { says = [] }] of ran.entries()) {
      const bytes = Buffer.from(says[piece] ?? '');
      if (bytes.length === 0) continue;
      const head = {
        stream: 'stdout',
        attempt: 1,
        step: 1,
        execution,
        length: bytes.length,
        time: at,
      } as const;
      frames.push(writeFrameHead(head), bytes);
    }
  }
  return Buffer.concat(frames);
}

function planOf(command: string, ran: readonly Ran[]): Plan {
  const action = { type: 'command', command } as const;
  return {
    version: 1,
    request: { action, selection: 'all', sources: [] },
    action,
    targets: ran.map(({ node, tags = [] }) => ({
      node,
      transport: 'ssh',
      options: { host: '10.0.0.1', port: 22, user: 'deploy', auth: ['agent'], via: [] },
      connectTimeoutMs: 30_000,
      tags: [...tags],
      vars: {},
    })),
    executions: ran.map(({ node }, place) => ({ id: `e${place}`, node })),
    strategy: { mode: 'parallel', concurrency: 10, stopOnFailure: false },
    limits: { timeoutMs: 300_000, connectTimeoutMs: 30_000 },
    hash: 'h',
  };
}
