import type { Value } from '../../schema/value.ts';

/** Between brackets or braces YAML takes commas and brackets for its own. */
export type YamlContext = 'block' | 'flow';

/** Words that YAML, in one version or another, takes for something else than text. */
const words = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** A name or a list of them, as it stands, or in quotes where YAML would read something else. */
export function nameText(text: string, context: YamlContext): string {
  const plain =
    context === 'flow'
      ? /^[\p{L}\p{N}_/][\p{L}\p{M}\p{N}_.@%/+-]*$/u
      : /^[\p{L}\p{N}_/](?:[\p{L}\p{M}\p{N}_.@%/+[\],-]|,[ ](?=[^\s]))*$/u;
  return plain.test(text) && !words.test(text) ? text : quotedText(text);
}

/** Any text in double quotes; characters that do not show are escaped. */
export function quotedText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** A value in one line, readable between braces. */
export function valueText(value: Value): string {
  if (typeof value === 'string') {
    return /^[A-Za-z_][\w./-]*$/.test(value) && !words.test(value) ? value : quotedText(value);
  }
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`;
  const pairs = Object.entries(value).map(([key, inner]) => `${keyText(key)}: ${valueText(inner)}`);
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

function keyText(key: string): string {
  return /^[A-Za-z_][\w.-]*$/.test(key) && !words.test(key) ? key : quotedText(key);
}
