import type { Product } from './product.ts';
import { foldRows } from './product.ts';
import { foldNumbers } from './runs.ts';
import { maxDigits } from './span.ts';

/** Names that one expression stands for: `web[01-03].example.com` and the three names. */
export type FoldedTerm = { readonly text: string; readonly names: readonly string[] };

/** Names of one shape: the texts between their numbers are equal. `rows` are the numbers, as written. */
export type Shape = { readonly texts: readonly string[]; readonly rows: string[][] };

/**
 * Folds names that differ only in numbers, several numeric positions included; a name is in exactly one term.
 * Terms come in the order in which their shapes first appear, repeats are dropped. Every character is taken as it is.
 */
export function foldTerms(names: Iterable<string>): FoldedTerm[] {
  return [...shapesOf(names).values()].flatMap((shape) =>
    foldRows(shape.rows).map((product) => termOf(shape.texts, product)),
  );
}

/** Names by shape, in the order in which the shapes first appear. */
export function shapesOf(names: Iterable<string>): Map<string, Shape> {
  const shapes = new Map<string, Shape>();
  for (const name of new Set(names)) {
    const { texts, numbers } = splitNumbers(name);
    const key = texts.join('\u0000');
    const shape = shapes.get(key);
    if (shape) shape.rows.push(numbers);
    else shapes.set(key, { texts, rows: [numbers] });
  }
  return shapes;
}

/** `web01-r2` → texts `web`, `-r`, `` and numbers `01`, `2`. Numbers too long for arithmetic count as text. */
export function splitNumbers(name: string): { texts: string[]; numbers: string[] } {
  const texts: string[] = [];
  const numbers: string[] = [];
  let text = '';
  for (const [at, piece] of name.split(/(\d+)/).entries()) {
    if (at % 2 === 0 || piece.length > maxDigits) {
      text += piece;
      continue;
    }
    texts.push(text);
    numbers.push(piece);
    text = '';
  }
  return { texts: [...texts, text], numbers };
}

/** A name from the texts around its numbers: the opposite of {@link splitNumbers}. */
export function joinNumbers(texts: readonly string[], numbers: readonly string[]): string {
  return texts.map((text, at) => text + (numbers[at] ?? '')).join('');
}

/** What ClusterShell sorts names by: `%s` stands for a number, `%%` for a percent sign. */
export function formatOf(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll('%', '%%')).join('%s');
}

/** All names of a product, the last position running fastest. */
export function namesOf(texts: readonly string[], product: Product): string[] {
  let names = [texts[0] ?? ''];
  for (const [at, numbers] of product.entries()) {
    const text = texts[at + 1] ?? '';
    names = names.flatMap((name) => numbers.map((number) => name + number + text));
  }
  return names;
}

function termOf(texts: readonly string[], product: Product): FoldedTerm {
  const pieces = product.map((numbers, at) => {
    const folded = numbers.length === 1 ? numbers[0] : `[${foldNumbers(numbers)}]`;
    return `${folded}${texts[at + 1] ?? ''}`;
  });
  return { text: `${texts[0] ?? ''}${pieces.join('')}`, names: namesOf(texts, product) };
}
