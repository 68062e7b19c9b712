import type { CompletionItem, CompletionList, Position, Range } from 'vscode-languageserver-types';
import { CompletionItemKind, MarkupKind } from 'vscode-languageserver-types';
import type { KeyDocs } from '../../core/schema/docs.ts';
import { docsOfKeys } from '../../core/schema/docs.ts';
import type { Referent } from '../../core/schema/role.ts';
import { shapesAt, shapesOf } from '../../core/schema/shape.ts';
import { parseDocument } from '../../core/yaml/parseDocument.ts';
import type { MusterDocument } from './document.ts';
import { wordAt } from './word.ts';

/** Names in one answer; the editor asks again as the word grows. */
const mostNames = 200;

/**
 * Keys and words of the schema and names of the inventory. The document need not be whole: the word at the cursor is
 * replaced by one that parses, and the path to it says what fits.
 */
export function completion(inventory: MusterDocument, position: Position): CompletionList {
  const text = inventory.document.getText();
  const offset = inventory.document.offsetAt(position);
  const gap = gapAt(text, offset);
  const patched = text.slice(0, gap.start) + gap.filler + text.slice(gap.end);
  const parsed = parseDocument(patched, inventory.schema);
  const found = parsed.pathAt(gap.start);
  const range = {
    start: inventory.document.positionAt(gap.start),
    end: inventory.document.positionAt(gap.end),
  };
  if (!found) return complete([]);
  const shapes = shapesOf(inventory.schema);
  if (found.part === 'key') {
    const parent = found.path.slice(0, -1);
    const present = keysOf(parsed.writtenAt(parent));
    const missing = docsOfKeys(shapesAt(shapes, parent)).filter((docs) => !present.has(docs.key));
    return complete(missing.map((docs) => keyItem(docs, { range, suffix: gap.hasColon ? '' : ': ' })));
  }
  const options = shapesAt(shapes, found.path).flatMap((shape): readonly Choice[] => {
    if (shape.kind === 'words')
      return shape.words.map((word) => ({ word, kind: CompletionItemKind.EnumMember }));
    return shape.kind === 'text' && shape.refers ? namesFor(shape.refers, inventory) : [];
  });
  const typed = text.slice(gap.start, offset).toLowerCase();
  const fitting = options.filter(({ word }) => word.toLowerCase().includes(typed));
  return {
    isIncomplete: fitting.length > mostNames,
    items: fitting.slice(0, mostNames).map(({ word, kind }) => wordItem(word, kind, range)),
  };
}

type Choice = { readonly word: string; readonly kind: CompletionItemKind };

type Gap = {
  readonly start: number;
  readonly end: number;
  readonly filler: string;
  readonly hasColon: boolean;
};

/** The word at the cursor, and what to put in its place so that the text parses. */
function gapAt(text: string, offset: number): Gap {
  const around = wordAt(text, offset);
  const word = /^-+$/.test(around.text) ? { start: offset, end: offset } : around;
  const before = text.slice(text.lastIndexOf('\n', word.start - 1) + 1, word.start);
  const hasColon = /^\s*:/.test(text.slice(word.end, word.end + 50));
  const isKey = /^\s*$/.test(before);
  return { start: word.start, end: word.end, filler: isKey && !hasColon ? 'x:' : 'x', hasColon };
}

function namesFor(referent: Referent, { index, inventory }: MusterDocument): readonly Choice[] {
  switch (referent) {
    case 'node':
      return inventory.nodes.map(({ name }) => ({ word: name, kind: CompletionItemKind.Value }));
    case 'group':
      return inventory.groups.map(({ name }) => ({ word: name, kind: CompletionItemKind.Module }));
    case 'tag':
      return [...index.tags.keys()].map((word) => ({ word, kind: CompletionItemKind.Keyword }));
    default:
      return [];
  }
}

function keysOf(value: unknown): ReadonlySet<unknown> {
  if (value instanceof Map) return new Set(value.keys());
  return new Set(typeof value === 'object' && value !== null ? Object.keys(value) : []);
}

function keyItem(docs: KeyDocs, { range, suffix }: { range: Range; suffix: string }): CompletionItem {
  return {
    label: docs.key,
    kind: CompletionItemKind.Property,
    detail: docs.title,
    documentation: { kind: MarkupKind.Markdown, value: docs.description },
    textEdit: { range, newText: docs.key + suffix },
  };
}

function wordItem(word: string, kind: CompletionItemKind, range: Range): CompletionItem {
  return { label: word, kind, textEdit: { range, newText: word } };
}

function complete(items: CompletionItem[]): CompletionList {
  return { isIncomplete: false, items };
}
