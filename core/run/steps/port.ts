import type { Scope } from '../../playbook/template/evaluate.ts';
import { type Said, textFrom } from './scope.ts';

/** The number of a port, or of what a template for it says. */
export function portFrom(port: number | string, scope: Scope): Said<number> {
  if (typeof port === 'number') return { value: port };
  const said = textFrom(port, scope);
  if ('message' in said) return said;
  const number = /^\d{1,5}$/.test(said.value) ? Number(said.value) : 0;
  if (number >= 1 && number <= 65_535) return { value: number };
  return {
    message: `${JSON.stringify(said.value)} is no port: a port is a number from 1 to 65535. In: ${port}`,
  };
}
