import type { Target } from './plan.ts';

/** The first jump host on the way to a target, as `host:port`. */
export function firstHop({ options }: Target): string | undefined {
  const via: unknown = options['via'];
  const first: unknown = Array.isArray(via) ? via[0] : undefined;
  if (typeof first !== 'object' || first === null || !('host' in first)) return undefined;
  return `${String(first.host)}:${'port' in first ? String(first.port) : '22'}`;
}
