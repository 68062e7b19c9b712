import type { Hover, Position, Range } from 'vscode-languageserver-types';
import { MarkupKind } from 'vscode-languageserver-types';
import { docsOfKeys } from '../../../core/schema/docs.ts';
import { slotAt, wordsOf } from '../../../core/schema/slot.ts';
import type { Path } from '../../../core/yaml/places.ts';
import { expandNames } from '../../../core/selection/nodeset.ts';
import { describeCallable } from '../describe/callable.ts';
import { describeKey } from '../describe/key.ts';
import { describeSelection, describeSet } from '../describe/names.ts';
import { describeQuantity } from '../describe/quantity.ts';
import { describeRule } from '../describe/rule.ts';
import { describeSymbol } from '../describe/symbol.ts';
import { nodesOf } from '../describe/targets.ts';
import type { MusterDocument } from '../document.ts';
import { factsIn } from '../factsIn.ts';
import { rangeOf } from '../document.ts';
import { occurrenceAt } from '../symbols.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import { wordAt } from '../word.ts';
import { lookUpAt } from './lookUp.ts';
import type { Workspace } from '../workspace.ts';

/** Names in one hover; folding keeps most sets far below. */
const mostNames = 100_000;

/** What a key means, which nodes an expression stands for, what a variable is where, how a node is reached. */
export function hover(opened: MusterDocument, position: Position, workspace: Workspace): Hover | undefined {
  const { document, parsed, schema } = opened;
  const symbol = occurrenceAt(factsIn(opened, workspace), position);
  const named = symbol && symbolText(symbol, workspace);
  if (symbol && named !== undefined) return markdown(named, symbol.range);
  const offset = document.offsetAt(position);
  const called = callableAt(document.getText(), offset);
  if (called) return markdown(called.text, rangeOf(document, { line: 0, column: 0, ...called }));
  const looked = lookUpAt(opened, offset);
  if (looked) return markdown(looked.text, rangeOf(document, { line: 0, column: 0, ...looked }));
  const found = parsed.pathAt(offset);
  const key = found?.path.at(-1);
  if (!found || key === undefined) return undefined;
  const range = rangeOf(document, parsed.rangeOf(found.path, found.part));
  if (found.part === 'key') {
    const { shapes } = slotAt(schema, found.path.slice(0, -1));
    const docs = docsOfKeys(shapes).find((each) => each.key === key);
    const rule = isRule(opened, found.path) ? describeRule(String(key)) : undefined;
    const told = rule ?? (docs && describeKey(docs));
    return told === undefined ? undefined : markdown(told, range);
  }
  const text = valueText(opened, found.path, workspace);
  return text === undefined ? undefined : markdown(text, range);
}

/** A range in a selection is many nodes; where it is the whole expression, its sum says the same. */
function symbolText(symbol: Occurrence, workspace: Workspace): string | undefined {
  if (!symbol.pattern) return describeSymbol(symbol, workspace);
  const { names } = expandNames(symbol.name, mostNames);
  if (names.length > 0) return describeSet('Nodes', names);
  const nodes = nodesOf(symbol.name, workspace.inventory);
  return nodes && describeSet('Nodes', nodes);
}

function isRule({ document }: MusterDocument, path: Path): boolean {
  return document.languageId === 'muster-config' && path.length === 2 && path[0] === 'rules';
}

function valueText(
  { document, parsed, schema }: MusterDocument,
  path: Path,
  workspace: Workspace,
): string | undefined {
  const slot = slotAt(schema, path);
  const value = parsed.writtenAt(path);
  if (typeof value === 'boolean' || typeof value === 'number' || wordsOf(slot).includes(String(value)))
    return keyText(schema, path);
  if (typeof value !== 'string') return undefined;
  const isSelection = slot.shapes.some((shape) => shape.kind === 'text' && shape.role === 'selection');
  if (!isSelection || document.languageId === 'muster-inventory') return describeQuantity(slot, value);
  const nodes = nodesOf(value, workspace.inventory);
  return nodes && describeSelection(nodes);
}

/** What the key means behind which a word or number stands, also one in a list. */
function keyText(schema: MusterDocument['schema'], path: Path): string | undefined {
  const at = path.findLastIndex((step) => typeof step === 'string');
  const { shapes } = slotAt(schema, path.slice(0, at));
  const docs = docsOfKeys(shapes).find(({ key }) => key === path[at]);
  return docs && describeKey(docs);
}

/** The filter or test at an offset, by what stands before it. */
function callableAt(
  text: string,
  offset: number,
): { readonly start: number; readonly end: number; readonly text: string } | undefined {
  const word = wordAt(text, offset);
  const before = text.slice(Math.max(0, word.start - 40), word.start);
  const type = /\|\s*$/.test(before) ? 'filter' : /\bis\s+(?:not\s+)?$/.test(before) ? 'test' : undefined;
  const described = type && describeCallable(type, word.text);
  return described === undefined ? undefined : { start: word.start, end: word.end, text: described };
}

function markdown(value: string, range: Range): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, range };
}
