import { isSecretName, maskValue } from '../../../core/inventory/write/secrets.ts';
import { Value } from '../../../core/schema/value.ts';
import { code } from '../markdown.ts';

/** Characters of a value that are shown. */
const most = 200;

/** A value of this name as it may be shown: without what its names, or its own form, say is a secret. */
export function shownValue(name: string, value: unknown): string {
  if (value === undefined) return '';
  if (isSecretName(name)) return 'not shown';
  const { data } = Value.safeParse(value);
  if (data === undefined) return '';
  const text = JSON.stringify(maskValue(name, data))
    .replaceAll(/-----BEGIN [^"]*/g, '********')
    .replaceAll(/(?<=:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/g, '********');
  return code(text.length > most ? `${text.slice(0, most)}…` : text);
}
