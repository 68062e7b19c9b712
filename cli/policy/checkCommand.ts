import process from 'node:process';
import type { Decision } from '../../core/policy/verdict.ts';
import type { PlanPreview } from '../../core/protocol/start.ts';
import { plural } from '../../core/run/format.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { exitCode, exitCodeOfError } from '../exitCode.ts';
import { type PickFlags, pickOf } from '../inventory/options.ts';
import { chooseSources } from '../inventory/sourceRefs.ts';
import { type OutputFormat, reportRefusal, type Streams } from '../report.ts';
import type { ActsAs } from '../run/clientContext.ts';
import { escapeLine } from '../terminal/escape.ts';
import { withClient } from '../withClient.ts';

export type CheckFlags = PickFlags & {
  readonly on: string;
  readonly inventory?: readonly string[];
  readonly data?: string;
  readonly as?: ActsAs;
  readonly output: OutputFormat;
};

/** Plans the command as `muster run` would, and says what the rules make of it. Ends with 77 where they deny it. */
export async function checkCommand(command: string, flags: CheckFlags, streams: Streams): Promise<number> {
  const chosen = chooseSources(flags.inventory ?? [], process.cwd());
  if (!chosen.ok) return reportRefusal(chosen.error, flags.output, streams);
  const pick = pickOf(flags);
  return withClient({ ...flags, as: flags.as, format: flags.output, streams }, async (client) => {
    const preview = await client.plan({
      action: { type: 'command', command },
      selection: flags.on,
      sources: [...chosen.value.sources],
      ...(pick && { pick }),
    });
    if (!preview.ok) return reportRefusal(preview.error, flags.output, streams);
    streams.out(flags.output === 'json' ? asJson(preview.value) : asText(preview.value));
    return preview.value.decision.verdict === 'deny' ? exitCodeOfError('DENIED') : exitCode.ok;
  });
}

function asJson({ plan, decision }: PlanPreview): string {
  const nodes = plan.targets.map(({ node }) => node);
  return `${JSON.stringify({ version: 1, ...decision, nodes })}\n`;
}

function asText({ plan, decision, notes, warnings }: PlanPreview): string {
  const nodes = plan.targets.map(({ node }) => node);
  const own = decision.reasons.map(({ message }) => message);
  const usual = [...notes, ...warnings].filter((warning) => !own.includes(warning));
  return [
    `${decision.verdict}  ${plural(nodes.length, 'node')}: ${foldForDisplay(nodes)}`,
    ...own.map((message) => `  ${message}`),
    ...usual.map((message) => `  note: ${message}`),
    nextStep(decision),
  ]
    .map((line) => `${escapeLine(line)}\n`)
    .join('');
}

function nextStep({ verdict, expected }: Decision): string {
  switch (verdict) {
    case 'allow':
      return 'Starts without a question from the rules.';
    case 'confirm':
      return 'Starts after a yes: an answer, or --yes.';
    case 'typed-confirm':
      return `Starts after ${expected} was typed, or with --expect-count ${expected}.`;
    case 'deny':
      return 'Does not start.';
  }
}
