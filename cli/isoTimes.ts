/** Times by their names in what the engine tells, where they are milliseconds since the epoch. */
const times: ReadonlySet<string> = new Set(['at', 'startedAt', 'endedAt', 'firstStart', 'lastEnd']);

/** The same as programs get it: times in ISO 8601, as everywhere in what the command line prints as JSON. */
export function withIsoTimes(told: object): Readonly<Record<string, unknown>> {
  const entries = Object.entries(told) as [string, unknown][];
  return Object.fromEntries(
    entries.map(([name, value]) =>
      times.has(name) && typeof value === 'number' ? [name, new Date(value).toISOString()] : [name, value],
    ),
  );
}
