import * as z from 'zod';
import type { OutcomeStatus } from '../outcome.ts';
import { numberOrText } from './waves.ts';

/** How many failures are bearable: a number, or a share of the nodes such as `5%`; 0 bears none. */
export const Allowance = z.union([
  z.int().min(0),
  z.string().regex(/^(?:100|[1-9]?\d)(?:\.\d+)?%$/, 'Write a number of nodes or a share such as 5%.'),
]);
export type Allowance = z.infer<typeof Allowance>;

/** `0`, `3`, `5%`; undefined when it is none of these. */
export function parseAllowance(text: string): Allowance | undefined {
  return Allowance.safeParse(numberOrText(text)).data;
}

/** Failures that are still borne among `count` nodes; of a share, rounded down. */
export function allowedFailures(allowance: Allowance, count: number): number {
  if (typeof allowance === 'number') return allowance;
  return Math.floor((Number.parseFloat(allowance) / 100) * count + 1e-9);
}

/** What counts against a budget: everything that ended and is neither ok nor skipped. */
export function isFailure(status: OutcomeStatus): boolean {
  return status !== 'ok' && status !== 'skipped';
}
