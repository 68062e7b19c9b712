import type { Value } from '../../schema/value.ts';

/** How Ansible's JSON marks text that is no template, and text that is encrypted (AnsibleJSONEncoder). */
export type Mark = '__ansible_unsafe' | '__ansible_vault';

export function mark(text: string, as: Mark): Value {
  return { [as]: text };
}

/** The text and its mark, where a value is a marked one. */
export function markedText(value: Value): { readonly text: string; readonly as: Mark } | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [[as, text] = [], ...others] = Object.entries(value);
  if (others.length > 0 || typeof text !== 'string') return undefined;
  return as === '__ansible_unsafe' || as === '__ansible_vault' ? { text, as } : undefined;
}

/** What was read from Ansible's JSON: the plain value, with the marks where there are any, and whether it is encrypted. */
export function withoutMarks(value: Value): { value: Value; ansible?: Value; isVault: boolean } {
  const seen = { marks: 0, vaults: 0 };
  const plain = strip(value, seen);
  if (seen.marks === 0) return { value, isVault: false };
  return { value: plain, ansible: value, isVault: seen.vaults > 0 };
}

function strip(value: Value, seen: { marks: number; vaults: number }): Value {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => strip(item, seen));
  const found = markedText(value);
  if (!found) return mapValues(value, (inner) => strip(inner, seen));
  seen.marks++;
  if (found.as === '__ansible_vault') seen.vaults++;
  return found.text;
}

/** A value of another kind of source with each text marked that Ansible would take for a template; undefined without one. */
export function markTemplates(value: Value): Value | undefined {
  if (typeof value === 'string') return isTemplate(value) ? mark(value, '__ansible_unsafe') : undefined;
  if (typeof value !== 'object' || value === null || !hasTemplate(value)) return undefined;
  if (Array.isArray(value)) return value.map((item) => markTemplates(item) ?? item);
  return mapValues(value, (inner) => markTemplates(inner) ?? inner);
}

export function isTemplate(text: string): boolean {
  return /\{[{%#]/.test(text);
}

function hasTemplate(value: Value): boolean {
  if (typeof value === 'string') return isTemplate(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasTemplate);
}

function mapValues(map: Readonly<Record<string, Value>>, change: (value: Value) => Value): Value {
  return Object.fromEntries(Object.entries(map).map(([key, inner]): [string, Value] => [key, change(inner)]));
}
