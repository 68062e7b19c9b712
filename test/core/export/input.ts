import { createHash } from 'node:crypto';
import type { ExportInput } from '../../../core/export/input.ts';
import type { OutputPiece } from '../../../core/export/output.ts';
import { targetsByNode } from '../../../core/export/result.ts';
import type { Outcome } from '../../../core/run/outcome.ts';
import type { RunEvent } from '../../../core/run/events.ts';
import { planOf, start } from '../../cli/fixture.ts';
import { reduceAll } from '../../../core/run/state.ts';

/** What happened on one node; output as the pieces in which it came. */
export type Said = {
  readonly node: string;
  readonly pieces?: readonly OutputPiece[];
  readonly outcome?: Outcome;
  readonly exit?: number;
  /** Milliseconds that it took. */
  readonly took?: number;
};

export const out = (text: string): OutputPiece => ({ stream: 'stdout', bytes: Buffer.from(text) });
export const err = (text: string): OutputPiece => ({ stream: 'stderr', bytes: Buffer.from(text) });

/** An ended batch in which each node did and said this. */
export function inputOf(all: readonly Said[], command = 'uptime'): ExportInput {
  const plan = { ...planOf(all.map(({ node }) => node)), action: { type: 'command', command } as const };
  const executions = all.map((_each, at) => ({ id: `e${at + 1}`, node: all[at]?.node ?? '' }));
  const begun: RunEvent = {
    type: 'batchStarted',
    batch: '01J00000000000000000007F3K',
    user: 'ada',
    plan: { ...plan, executions },
  };
  const events = [
    { at: start, event: begun },
    ...all.flatMap((said, at) => eventsOf(`e${at + 1}`, said)),
    { at: start + 5000, event: { type: 'batchFinished', end: 'partial' } as const },
  ];
  const state = reduceAll(
    undefined,
    events.map(({ at, event }, index) => ({ seq: index + 1, at, ...event })),
  );
  if (!state) throw new Error('a batch without a start');
  return {
    state,
    targets: targetsByNode(plan),
    readOutput: async function* ({ id }) {
      yield* all[Number(id.slice(1)) - 1]?.pieces ?? [];
    },
    wants: () => true,
    newDigest() {
      const hash = createHash('sha256');
      return { update: (data) => void hash.update(data), end: () => hash.digest('hex') };
    },
    masks: undefined,
    time: (at) => new Date(at).toISOString(),
  };
}

function eventsOf(execution: string, said: Said): { at: number; event: RunEvent }[] {
  const { pieces = [], outcome = { status: 'ok' }, exit, took = 900 } = said;
  const sizeOf = (stream: string): number =>
    pieces.filter((each) => each.stream === stream).reduce((sum, { bytes }) => sum + bytes.length, 0);
  const finished: RunEvent = {
    type: 'stepFinished',
    execution,
    stdoutBytes: sizeOf('stdout'),
    stderrBytes: sizeOf('stderr'),
    lastLine: '',
    exitCode: exit ?? (outcome.status === 'ok' ? 0 : null),
    signal: null,
    extents: [],
  };
  const begins = outcome.status !== 'not-started';
  return [
    ...(begins ? [{ at: start, event: { type: 'executionStarted', execution } as const }] : []),
    ...(begins ? [{ at: start + took, event: finished }] : []),
    { at: start + took, event: { type: 'executionFinished', execution, outcome } },
  ];
}

/** Everything that was written. */
export async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}
