import type { PlanRequest } from '../../core/run/plan.ts';
import { parseAllowance } from '../../core/run/schedule/budget.ts';
import { numberOrText, parseShare, type Share } from '../../core/run/schedule/waves.ts';
import type { Limits, Strategy, StrategyRequest } from '../../core/run/strategy.ts';
import { mostAtOnce } from '../../core/run/mostAtOnce.ts';

/** One line of the list that says how a plan runs: what it is now, and what choosing it does. */
export type Choice = {
  readonly label: string;
  readonly description: string;
  /** Asks for a text; absent where choosing is enough. */
  readonly asks?: { readonly prompt: string; readonly value: string };
  /** The request with this choice; undefined where the text can not be read. */
  with(request: PlanRequest, text: string): PlanRequest | undefined;
};

/** How the plan runs, line by line. */
export function choicesOf({ strategy, limits }: { strategy: Strategy; limits: Limits }): readonly Choice[] {
  const { mode, concurrency, waves } = strategy;
  const current = (is: boolean): string => (is ? 'now' : '');
  return [
    {
      label: 'In parallel',
      description: current(mode === 'parallel'),
      with: (request) => inMode(request, 'parallel'),
    },
    {
      label: 'One after the other',
      description: current(mode === 'sequential'),
      with: (request) => inMode(request, 'sequential'),
    },
    {
      label: 'In waves, asking before each…',
      description: current(mode === 'rolling'),
      asks: { prompt: 'Sizes of the waves, the last again and again', value: (waves ?? usual).join(', ') },
      with: withWaves,
    },
    {
      label: 'At once…',
      description: String(concurrency),
      asks: { prompt: `How many nodes at once, 1 to ${mostAtOnce}`, value: String(concurrency) },
      with: (request, text) =>
        withNumber(text, [1, mostAtOnce], (count) => strategyWith(request, { concurrency: count })),
    },
    ...failureChoices(strategy, limits),
  ];
}

function failureChoices({ stopOnFailure, maxFailures }: Strategy, limits: Limits): readonly Choice[] {
  return [
    {
      label: 'Stop after the first failure',
      description: stopOnFailure ? 'yes' : 'no',
      with: (request) => strategyWith(request, { stopOnFailure: !stopOnFailure }),
    },
    {
      label: 'Failures that are borne…',
      description: maxFailures === undefined ? 'any' : String(maxFailures),
      asks: {
        prompt: 'A number of nodes or a share such as 5%; empty for any',
        value: String(maxFailures ?? ''),
      },
      with: withBudget,
    },
    {
      label: 'Try again…',
      description: retriesText(limits),
      asks: {
        prompt: 'Further attempts where a node can not be reached, 0 to 10',
        value: String(limits.retries?.count ?? 0),
      },
      with: (request, text) =>
        withNumber(text, [0, 10], (count) => ({
          ...request,
          limits: { ...request.limits, retries: { ...request.limits?.retries, count } },
        })),
    },
  ];
}

const usual: readonly Share[] = [1, '10%', '50%'];

/** The request in another mode; what belongs to waves goes where there are none. */
export function inMode(request: PlanRequest, mode: 'parallel' | 'sequential'): PlanRequest {
  const { waves: _waves, barrier: _barrier, ...rest } = request.strategy ?? {};
  return { ...request, strategy: { ...rest, mode } };
}

function withWaves(request: PlanRequest, text: string): PlanRequest | undefined {
  const parts = text.split(',').map(parseShare);
  const waves = parts.flatMap((share) => share ?? []);
  if (waves.length < parts.length) return undefined;
  return strategyWith(request, { mode: 'rolling', waves, barrier: { type: 'ask' } });
}

function withBudget(request: PlanRequest, text: string): PlanRequest | undefined {
  const { maxFailures: _before, ...rest } = request.strategy ?? {};
  if (text.trim() === '') return { ...request, strategy: rest };
  const maxFailures = parseAllowance(text);
  return maxFailures === undefined ? undefined : strategyWith(request, { maxFailures });
}

function withNumber(
  text: string,
  [least, most]: readonly [number, number],
  make: (value: number) => PlanRequest,
): PlanRequest | undefined {
  const value = numberOrText(text);
  return typeof value === 'number' && value >= least && value <= most ? make(value) : undefined;
}

function strategyWith(request: PlanRequest, change: StrategyRequest): PlanRequest {
  return { ...request, strategy: { ...request.strategy, ...change } };
}

function retriesText({ retries }: Limits): string {
  if (!retries) return 'never';
  return retries.count === 1 ? 'once' : `${retries.count} times`;
}
