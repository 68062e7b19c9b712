import type { KeyDocs } from '../../../core/schema/docs.ts';
import { docsOfKeys } from '../../../core/schema/docs.ts';
import type { Shape } from '../../../core/schema/shape.ts';
import { shapesOf } from '../../../core/schema/shape.ts';
import { slotAt, wordsOf } from '../../../core/schema/slot.ts';

/** Where a key is written: in flow style, or in block style at a column. */
export type KeyStyle = { readonly isFlow: boolean; readonly column: number };

/**
 * A key and the beginning of its value, as a snippet of the language server protocol. Lines have their whole
 * indentation, so that it is right behind a `- ` too: editors only know the indentation of the line.
 */
export function keySnippet({ key, schema }: Pick<KeyDocs, 'key' | 'schema'>, style: KeyStyle): string {
  const shapes = shapesOf(schema);
  const words = wordsOf(slotAt(schema, []));
  const name = escaped(key);
  const isOnly = (kind: Shape['kind']): boolean =>
    shapes.every((shape) => shape.kind === kind || shape.kind === 'null');
  if (words.length > 0 && shapes.every(({ kind }) => kind === 'words' || kind === 'data'))
    return words.length === 1
      ? `${name}: ${escaped(words.join(''))}`
      : `${name}: \${1|${words.map(inChoice).join(',')}|}`;
  const inner = `\n${' '.repeat(style.column + 2)}`;
  if (isOnly('list')) return listSnippet({ name, shapes, inner }, style);
  if (!shapes.some(({ kind }) => kind === 'text') && (isOnly('object') || isOnly('map'))) {
    const required = docsOfKeys(shapes).filter(({ isRequired }) => isRequired);
    if (style.isFlow) {
      const entries = required.map(({ key: each }, at) => `${escaped(each)}: $${at + 1}`);
      return `${name}: { ${entries.length > 0 ? entries.join(', ') : '$0'} }`;
    }
    const lines = required.map(({ key: each }, at) => `${inner}${escaped(each)}: $${at + 1}`);
    return `${name}:${lines.length > 0 ? lines.join('') : `${inner}$0`}`;
  }
  return `${name}: $0`;
}

function listSnippet(
  { name, shapes, inner }: { name: string; shapes: readonly Shape[]; inner: string },
  { isFlow }: KeyStyle,
): string {
  const items = shapes.flatMap((shape) => (shape.kind === 'list' ? shapesOf(shape.item) : []));
  const isOfMaps = items.some(({ kind }) => kind === 'object' || kind === 'map');
  return isFlow || !isOfMaps ? `${name}: [$0]` : `${name}:${inner}- $0`;
}

/** `$`, `}` and `\` mean something in a snippet. */
export function escaped(text: string): string {
  return text.replaceAll(/[$}\\]/g, String.raw`\$&`);
}

function inChoice(word: string): string {
  return word.replaceAll(/[$}\\,|]/g, String.raw`\$&`);
}
