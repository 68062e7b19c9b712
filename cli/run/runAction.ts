import process from 'node:process';
import type { Action } from '../../core/run/action.ts';
import type { Items } from '../../core/run/items.ts';
import type { Result } from '../../core/util/errors.ts';
import { chooseSources, sourcesIfAny } from '../inventory/sourceRefs.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { type BatchFlags, batchOptions, batchRefusal } from './batchOptions.ts';

/** An action, what its process reads, base64, and sets of parameters. */
export type Given = { readonly action: Action; readonly stdin?: string | undefined; readonly items?: Items };

/** One batch of an action, from the options on the command line to its exit code. */
export async function runAction(
  flags: BatchFlags,
  given: () => Promise<Result<Given>>,
  streams: Streams,
): Promise<number> {
  const refusal = batchRefusal(flags);
  if (refusal) return reportRefusal(refusal, flags.output, streams);
  const choose = flags.on === undefined ? sourcesIfAny : chooseSources;
  const chosen = choose(flags.inventory ?? [], process.cwd());
  if (!chosen.ok) return reportRefusal(chosen.error, flags.output, streams);
  const asked = await given();
  if (!asked.ok) return reportRefusal(asked.error, flags.output, streams);
  const { action, stdin, items } = asked.value;
  // The engine is loaded only when a batch is really asked for.
  const { askFor, runBatch } = await import('./runBatch.ts');
  const options = {
    ...batchOptions(action, flags, chosen.value),
    ...(stdin !== undefined && { stdin }),
    ...(items && { items }),
  };
  return runBatch(options, askFor(options), streams);
}
