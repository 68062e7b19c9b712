import type { TextPlace } from '../../../core/util/problem.ts';
import { parseSelection } from '../../../core/selection/parse.ts';
import type { Pattern } from '../../../core/selection/nodeset/pattern.ts';
import { scanPattern } from '../../../core/selection/nodeset/pattern.ts';
import type { NameKind, NamesSelection, Selection } from '../../../core/selection/selection.ts';
import type { SymbolKind } from './occurrence.ts';

/** A name in a text, at its place without prefix and quotes. */
export type Named = TextPlace & {
  readonly kinds: readonly SymbolKind[];
  readonly name: string;
  readonly pattern?: Pattern;
};

const kindsOf: Readonly<Record<NameKind, readonly SymbolKind[]>> = {
  any: ['node', 'group'],
  node: ['node'],
  group: ['group'],
  tag: ['tag'],
  source: [],
  file: [],
};

/** Names of nodes, groups and tags in a selection; none in one that can not be read. */
export function namesInSelection(text: string): readonly Named[] {
  const { selection } = parseSelection(text);
  return selection ? [...leavesOf(selection)].flatMap((leaf) => namedIn(text, leaf)) : [];
}

/** Names in a list such as `web[01-20].example.com, db01`, which has no operators; up to where it can not be read. */
export function namesInList(text: string): readonly Named[] {
  const found: Named[] = [];
  let at = 0;
  for (;;) {
    while (/[\s,]/.test(text[at] ?? '')) at += 1;
    const { pattern, end, complaint } = scanPattern(text, at);
    if (complaint || pattern.length === 0) return found;
    found.push({
      kinds: ['node'],
      ...bare(text, { start: at, end }),
      ...nameOf(pattern, text.slice(at, end)),
    });
    at = end;
  }
}

function* leavesOf(selection: Selection): Iterable<NamesSelection> {
  if (selection.type === 'names') yield selection;
  if (selection.type !== 'chain') return;
  yield* leavesOf(selection.first);
  for (const { operand } of selection.rest) yield* leavesOf(operand);
}

function namedIn(text: string, leaf: NamesSelection): readonly Named[] {
  const kinds = kindsOf[leaf.kind];
  if (kinds.length === 0) return [];
  const prefix = leaf.kind === 'any' ? '' : (/^(?:@|(?:node|group|tag):)/.exec(leaf.text)?.[0] ?? '');
  const start = leaf.range.start + prefix.length;
  const place = bare(text, { start, end: leaf.range.end });
  return [{ kinds, ...place, ...nameOf(leaf.pattern, text.slice(start, leaf.range.end)) }];
}

function nameOf(pattern: Pattern, written: string): Pick<Named, 'name' | 'pattern'> {
  const [only] = pattern;
  return pattern.length === 1 && only?.type === 'text' ? { name: only.text } : { name: written, pattern };
}

/** What stands between double quotes. */
function bare(text: string, { start, end }: TextPlace): TextPlace {
  return text[start] === '"' && text[end - 1] === '"' ? { start: start + 1, end: end - 1 } : { start, end };
}
