import type { EngineClient } from '../../../core/protocol/client.ts';
import type { PlanPreview, StartResult } from '../../../core/protocol/start.ts';
import type { Result } from '../../../core/util/errors.ts';

/** Asks a person to type a text; undefined when they leave it. */
export type AskTyped = (question: {
  readonly expected: string;
  readonly reasons: readonly string[];
}) => Promise<string | undefined>;

/**
 * Starts a plan after Enter in its preview, which is the yes that rules may ask for. Where they ask for more, a person
 * types it. Undefined when they do not. What is denied goes to the engine too: it refuses, and writes that down.
 */
export async function startPlan(
  client: Pick<EngineClient, 'start'>,
  { plan, decision, stdin: content }: PlanPreview & { readonly stdin?: string | undefined },
  { askTyped, debug, debugSsh }: { askTyped: AskTyped; debug: boolean; debugSsh: boolean },
): Promise<Result<StartResult> | undefined> {
  const stdin = content === undefined ? {} : { stdin: content };
  if (decision.verdict !== 'typed-confirm' || decision.expected === undefined) {
    return client.start({ plan, confirmed: true, debug, debugSsh, ...stdin });
  }
  const reasons = decision.reasons.map(({ message }) => message);
  const typed = await askTyped({ expected: decision.expected, reasons });
  return typed === undefined
    ? undefined
    : client.start({ plan, confirmed: true, typed, debug, debugSsh, ...stdin });
}
