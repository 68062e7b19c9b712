import type { RunForm } from './form.ts';

/** A form with nothing in it. This file stays free of Zod for the web view. */
export const emptyForm: RunForm = {
  selection: '',
  command: '',
  runAs: '',
  runAsBy: 'sudo',
  cwd: '',
  env: '',
  tty: false,
  follow: false,
  mode: 'usual',
  concurrency: '',
  waves: '',
  between: 'nothing',
  pause: '',
  probe: '',
  timeout: '',
  connectTimeout: '',
  retries: '',
  rate: '',
  failFast: false,
  maxFailures: '',
  order: 'inventory',
};
