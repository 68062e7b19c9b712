import type { EngineClient } from '../../../core/protocol/client.ts';
import type { PlanPreview, StartResult } from '../../../core/protocol/start.ts';
import type { Result } from '../../../core/util/errors.ts';

/** Asks a person to type a text; undefined when they leave it. */
export type AskTyped = (question: {
  readonly expected: string;
  readonly reasons: readonly string[];
}) => Promise<string | undefined>;

/** What travels beside a plan and is never on disk. */
type Beside = {
  /** Base64. */
  readonly stdin?: string | undefined;
  readonly secrets?: Readonly<Record<string, string>> | undefined;
};

/**
 * Starts a plan after Enter in its preview, which is the yes that rules may ask for. Where they ask for more, a person
 * types it. Undefined when they do not. What is denied goes to the engine too: it refuses, and writes that down.
 */
export async function startPlan(
  client: Pick<EngineClient, 'start'>,
  { plan, decision, stdin, secrets }: PlanPreview & Beside,
  { askTyped, debug, debugSsh }: { askTyped: AskTyped; debug: boolean; debugSsh: boolean },
): Promise<Result<StartResult> | undefined> {
  const beside = { ...(stdin !== undefined && { stdin }), ...(secrets && { secrets: { ...secrets } }) };
  if (decision.verdict !== 'typed-confirm' || decision.expected === undefined) {
    return client.start({ plan, confirmed: true, debug, debugSsh, ...beside });
  }
  const reasons = decision.reasons.map(({ message }) => message);
  const typed = await askTyped({ expected: decision.expected, reasons });
  return typed === undefined
    ? undefined
    : client.start({ plan, confirmed: true, typed, debug, debugSsh, ...beside });
}
