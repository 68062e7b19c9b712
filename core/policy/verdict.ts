import * as z from 'zod';
import { TextRange } from '../util/problem.ts';

/** What rules can say, from the mildest to the strictest. Where several speak, the strictest stands. */
export const Verdict = z.enum(['allow', 'confirm', 'typed-confirm', 'deny']);
export type Verdict = z.infer<typeof Verdict>;

/** One thing that speaks against starting just so. */
export const Reason = z.object({
  verdict: Verdict.exclude(['allow']),
  /** A sentence for people: who or what is concerned, and why. */
  message: z.string(),
  /** The policy file that says so, and where in it. */
  place: z.object({ file: z.string(), range: TextRange.optional() }).optional(),
});
export type Reason = z.infer<typeof Reason>;

/** What the rules say about a plan, and why. */
export const Decision = z.object({
  verdict: Verdict,
  /** Every reason, the strictest first. Empty where the verdict is `allow`. */
  reasons: z.array(Reason),
  /** Of `typed-confirm`: what a person has to type. */
  expected: z.string().optional(),
});
export type Decision = z.infer<typeof Decision>;

/** The decision that reasons come to. `count` nodes are what a person has to type where the rules ask for it. */
export function decisionOf(reasons: readonly Reason[], count: number): Decision {
  const sorted = reasons.toSorted((a, b) => rank(b.verdict) - rank(a.verdict));
  const verdict = sorted[0]?.verdict ?? 'allow';
  return { verdict, reasons: sorted, ...(verdict === 'typed-confirm' && { expected: String(count) }) };
}

export function strictest(verdicts: readonly Verdict[]): Verdict {
  return verdicts.reduce((a, b) => (rank(b) > rank(a) ? b : a), 'allow');
}

/** `policy.yaml:14`, as editors and terminals open it. */
export function formatPlace({ file, range }: NonNullable<Reason['place']>): string {
  return range ? `${file}:${range.line}` : file;
}

function rank(verdict: Verdict): number {
  return Verdict.options.indexOf(verdict);
}
