import type { Strategy } from './strategy.ts';

/** How many executions run at once at first. */
export function startPlaces({ mode, concurrency }: Pick<Strategy, 'mode' | 'concurrency'>): number {
  return mode === 'sequential' ? 1 : concurrency;
}
