import type { Target } from './plan.ts';

/** Where the first connection on the way to a target goes, as `host:port`; undefined where nothing is connected to. */
export function firstHost(target: Target): string | undefined {
  const { host, port } = target.options;
  const own = typeof host === 'string' ? `${host}:${typeof port === 'number' ? port : 22}` : undefined;
  return firstHop(target) ?? own;
}

/** The first jump host on the way to a target, as `host:port`. */
export function firstHop({ options }: Target): string | undefined {
  const via: unknown = options['via'];
  const first: unknown = Array.isArray(via) ? via[0] : undefined;
  if (typeof first !== 'object' || first === null || !('host' in first)) return undefined;
  return `${String(first.host)}:${'port' in first ? String(first.port) : '22'}`;
}
