import { Scalar } from 'yaml';
import { nameText, quotedText } from '../write/yamlText.ts';
import type { TextEdit } from './editQuery.ts';
import type { Source } from './yamlTree.ts';
import { spanIn } from './yamlTree.ts';

/** Another text in the place of one, in its kind of quotes. */
export function replaceText(
  node: Scalar,
  value: string,
  { text, isFlow }: Pick<Source, 'text'> & { readonly isFlow: boolean },
): TextEdit {
  const [start, end] = spanIn(node, text);
  return { start, end, text: inStyle(node, value, isFlow ? 'flow' : 'block') };
}

function inStyle({ type }: Scalar, value: string, context: 'flow' | 'block'): string {
  if (type === Scalar.QUOTE_SINGLE) return `'${value.replaceAll("'", "''")}'`;
  if (type === Scalar.QUOTE_DOUBLE) return quotedText(value);
  return nameText(value, context);
}
