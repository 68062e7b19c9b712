import { isScalar, Lexer } from 'yaml';
import type { Pair } from 'yaml';
import { foldInOrder } from '../write/foldInOrder.ts';
import type { TextEdit } from './editQuery.ts';
import { replaceText } from './scalarEdit.ts';
import { applyEdits } from './textEdits.ts';
import { endOfPair, indentAt, lineEnd, type Source, spanIn } from './yamlTree.ts';

/** An entry under `nodes:` and the names that its key stands for. */
export type NodeEntry = { readonly pair: Pair; readonly names: readonly string[]; readonly isFlow: boolean };

type Change = { readonly gone: ReadonlySet<string>; readonly removed: readonly TextEdit[] };

/**
 * An entry for each run of its nodes that stays together, in their order, all with what stands in it: of the nodes
 * concerned without what is removed. Comments stay with the first.
 */
export function splitEntry({ text, eol }: Source, entry: NodeEntry, { gone, removed }: Change): TextEdit[] {
  const { pair, names, isFlow } = entry;
  const { key } = pair;
  if (!isScalar(key)) return [];
  const [start] = spanIn(key, text);
  const end = isFlow ? endOfPair(pair, text) : lineEnd(text, endOfPair(pair, text));
  const whole = text.slice(start, end);
  const pieces = runsOf(names, gone).flatMap(({ names: run, isGone }) =>
    foldInOrder(run).map((folded) => {
      const inner = [replaceText(key, folded, { text, isFlow }), ...(isGone ? removed : [])];
      const shifted = inner.map((edit) => ({
        ...edit,
        start: edit.start - start,
        end: Math.min(edit.end, end) - start,
      }));
      const changed = applyEdits(whole, shifted);
      return isGone ? withoutEmptyTags(changed) : changed;
    }),
  );
  const between = isFlow ? ', ' : `${eol}${indentAt(text, start)}`;
  const written = pieces.map((piece, at) => (at === 0 ? piece.trimEnd() : withoutComments(piece)));
  return [{ start, end, text: written.join(between) }];
}

type Run = { readonly names: string[]; readonly isGone: boolean };

function runsOf(names: readonly string[], gone: ReadonlySet<string>): Run[] {
  const runs: Run[] = [];
  for (const name of names) {
    const isGone = gone.has(name);
    const last = runs.at(-1);
    if (last?.isGone === isGone) last.names.push(name);
    else runs.push({ names: [name], isGone });
  }
  return runs;
}

/** What the change has left empty says nothing; were it more than that, the text would not mean the same afterwards. */
function withoutEmptyTags(text: string): string {
  return text
    .replace(/(["']?)\btags\1:[ ]*\[\s*\],[ ]*/, '')
    .replace(/,[ ]*(["']?)\btags\1:[ ]*\[\s*\]/, '')
    .replace(/\{[ ]*(["']?)\btags\1:[ ]*\[\s*\][ ]*\}/, '{}')
    .replace(/\r?\n[ ]*tags:[ ]*\[\][ ]*(?=\r?\n|$)/, '');
}

function withoutComments(text: string): string {
  let result = '';
  let isScalarNext = false;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith('#') && !isScalarNext) result = result.replace(/[ \t]+$/, '');
    else if (!marks.includes(lexeme)) result += lexeme;
    isScalarNext = lexeme === '\u001f';
  }
  return result
    .split('\n')
    .filter((line) => line.trim() !== '')
    .join('\n')
    .trimEnd();
}

/** What the lexer adds to the text: the begin of a document, the begin of a text, the end of a broken flow. */
const marks: readonly string[] = ['\u0002', '\u001f', '\u0018'];
