import { actionFacts, actionTitle } from '../../core/run/actionText.ts';
import type { Approval } from '../../core/policy/approval.ts';
import type { PlanPreview } from '../../core/protocol/start.ts';
import { plural } from '../../core/run/format.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import type { Refusal } from '../../core/util/errors.ts';
import { reportNote, type Streams } from '../report.ts';
import { askText, askYesNo, canAsk } from '../terminal/ask.ts';
import { escapeLine, escapeText } from '../terminal/escape.ts';

/** What a person said on the command line, before they were asked. */
export type SaidBefore = {
  readonly yes: boolean;
  /** How many nodes it has to be. */
  readonly expectCount?: number;
};

/** Whether to ask the engine to start, and with what. The engine refuses what is not enough. */
export type Agreement =
  | { readonly type: 'start'; readonly approval: Approval }
  | { readonly type: 'declined' }
  | { readonly type: 'refused'; readonly refusal: Refusal };

/** Where the plan gives a reason to, asks a person first, or says the reason where there is nobody to ask. */
export async function agreeToStart(
  preview: PlanPreview,
  said: SaidBefore,
  streams: Streams,
): Promise<Agreement> {
  const { plan, decision, notes, warnings } = preview;
  for (const note of notes) reportNote(note, streams);
  const count = plan.targets.length;
  if (said.expectCount !== undefined && said.expectCount !== count) {
    return { type: 'refused', refusal: otherCount(said.expectCount, preview) };
  }
  const typed = said.expectCount === undefined ? {} : { typed: String(said.expectCount) };
  const approval = { confirmed: said.yes || said.expectCount !== undefined, ...typed };
  const isTyped = decision.verdict === 'typed-confirm';
  const isSaid = isTyped ? said.expectCount !== undefined : approval.confirmed;
  if (decision.verdict === 'deny' || isSaid || warnings.length === 0) return { type: 'start', approval };
  // What the engine is about to refuse, it says itself.
  if (!canAsk() && decision.verdict !== 'allow') return { type: 'start', approval };
  for (const warning of warnings) reportNote(warning, streams);
  if (!canAsk()) return { type: 'start', approval };
  const what = [actionTitle(plan.action), ...actionFacts(plan.action)].join(', ');
  streams.err(`${escapeText(what)}\n${escapeLine(namesOf(preview))}\n`);
  const answer = isTyped ? await askCount(count) : await askYes(count);
  if (answer) return { type: 'start', approval: answer };
  reportNote('Nothing was run.', streams);
  return { type: 'declined' };
}

/** A refusal to start, with what to pass on the command line where a person could have said it. */
export function withFlags(refusal: Refusal, { decision }: PlanPreview): Refusal {
  if (refusal.code !== 'DENIED') return refusal;
  const flag = flagFor(decision);
  return flag === undefined
    ? refusal
    : { ...refusal, message: `${refusal.message}\nPass ${flag} to say so.` };
}

function flagFor({ verdict, expected }: PlanPreview['decision']): string | undefined {
  if (verdict === 'typed-confirm') return `--expect-count ${expected}`;
  return verdict === 'confirm' ? '--yes' : undefined;
}

async function askCount(count: number): Promise<Approval | undefined> {
  const typed = await askText(`Type the number of nodes to run on ${count === 1 ? 'it' : 'them'}: `);
  return typed?.trim() === String(count) ? { typed } : undefined;
}

async function askYes(count: number): Promise<Approval | undefined> {
  return (await askYesNo(`Run on ${plural(count, 'node')}?`)) ? { confirmed: true } : undefined;
}

function otherCount(expected: number, preview: PlanPreview): Refusal {
  const count = preview.plan.targets.length;
  const message =
    `${plural(expected, 'node')} expected, but this would run on ${count}: ${namesOf(preview)}. ` +
    'Nothing was run. Look at the nodes, then pass the number that is right.';
  return { code: 'PLAN_STALE', message, details: { expected, count } };
}

function namesOf({ plan }: PlanPreview): string {
  return foldForDisplay(plan.executions.map(({ node }) => node));
}
