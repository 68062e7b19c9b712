import fc from 'fast-check';
import type { HistoryQuery } from '../../../core/protocol/history.ts';
import type { Outcome } from '../../../core/run/outcome.ts';
import { type Batch, idOf } from './batches.ts';

const outcomes: readonly Outcome[] = [
  { status: 'ok' },
  { status: 'failed', step: 'command', message: 'exit 3', exitCode: 3 },
  { status: 'unreachable', kind: 'dns', message: 'no such name' },
  { status: 'skipped', reason: 'a test' },
];
const nodes = ['web1', 'web2', 'db1', 'ünïcode', "o'node", 'a%b_c'];
const tags = ['prod', 'canary', '%', 'Prod'];
const users = ['ada', 'grace', "o'user"];
const words = ['disk full', 'DISK', 'ok', 'ünï', '\n', '%', '_', '😀', 'é'];

const some = <T>(values: readonly T[], maxLength: number) =>
  fc.array(fc.constantFrom(...values), { maxLength });

const ran = fc.record(
  {
    node: fc.constantFrom(...nodes),
    tags: fc.uniqueArray(fc.constantFrom(...tags), { maxLength: 3 }),
    outcome: fc.constantFrom(...outcomes),
    says: some(words, 4),
  },
  { requiredKeys: ['node', 'tags', 'says'] },
);

/** Batches of all sorts, each on up to four nodes. */
export const histories: fc.Arbitrary<readonly Batch[]> = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: 20_000 }),
      user: fc.constantFrom(...users),
      ran: fc.uniqueArray(ran, { maxLength: 4, selector: ({ node }) => node }),
    }),
    { maxLength: 8 },
  )
  .map((batches) =>
    batches.map(({ ran: all, ...batch }, n) => ({
      ...batch,
      id: idOf(n + 1),
      ran: all.map(({ outcome, ...each }) => (outcome ? { ...each, outcome } : each)),
    })),
  );

const optional = { requiredKeys: [] };

/** Queries of all sorts, most of which something fits. */
export const queries: fc.Arbitrary<HistoryQuery> = fc.record(
  {
    since: fc.integer({ min: 0, max: 20_000 }),
    until: fc.integer({ min: 0, max: 25_000 }),
    user: fc.constantFrom(...users, 'nobody'),
    statuses: some(['running', 'succeeded', 'partial', 'failed'] as const, 3),
    kinds: some(['command'] as const, 1),
    batch: fc.constantFrom(...[1, 2, 3].map((n) => idOf(n).slice(-3)), '0', '%', "'"),
    nodes: some([...nodes, 'gone'], 4),
    outcomes: some(['ok', 'failed', 'unreachable', 'queued', 'connecting'], 3),
    tag: fc.constantFrom(...tags, 'none'),
    text: fc.constantFrom('full', 'k fu', 'lok', 'Ünï', 'é%', '😀', 'nothing'),
    page: fc.integer({ min: 1, max: 3 }),
    pageSize: fc.integer({ min: 1, max: 4 }),
  },
  optional,
);
