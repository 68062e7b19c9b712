import type { Classified } from '../config/commandClass.ts';
import { capitalised } from './format.ts';
import type { PlanRequest } from './plan.ts';

/**
 * What a person should know about the class of the command before the start: what it changes, and why.
 * Undefined where it has none, or where all that it says was asked for otherwise.
 */
export function classNote(classified: Classified | undefined, request: PlanRequest): string | undefined {
  if (!classified) return undefined;
  const { commandClass, because } = classified;
  const { mode, timeoutMs, concurrency, name, file } = commandClass;
  const { strategy = {}, limits = {} } = request;
  const isFree = strategy.mode === undefined && strategy.waves === undefined;
  const changes = [
    ...(mode !== undefined && isFree ? [modeWords[mode]] : []),
    ...(concurrency !== undefined && strategy.concurrency === undefined ? [`${concurrency} at once`] : []),
    ...(timeoutMs !== undefined && limits.timeoutMs === undefined ? [`${timeoutMs / 1000} s at most`] : []),
  ];
  if (changes.length === 0) return undefined;
  const from = file === undefined ? 'a built-in rule' : file;
  return `${capitalised(changes.join(', '))}: "${because}" makes this a ${name} command (${from}).`;
}

const modeWords = { sequential: 'one node after the other', parallel: 'several nodes at once' } as const;
