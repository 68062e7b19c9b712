/** What templates can look up below `node`. */
export const nodeFields = ['name', 'host', 'port', 'user', 'transport', 'tags', 'groups', 'facts'] as const;

/** What templates can look up below `batch`. */
export const batchFields = ['id', 'user', 'dryRun'] as const;

/** What came of an attempt: below `result`. The last two are of requests. */
export const resultFields = [
  'stdout',
  'stderr',
  'exitCode',
  'changed',
  'failed',
  'ok',
  'skipped',
  'status',
  'message',
  'json',
  'httpStatus',
] as const;

/** What came of a step: below `steps.ID`. `outputs` are of tasks, `results` of loops. */
export const stepFields = [...resultFields, 'outputs', 'results'] as const;
