import type { Range, SemanticTokens } from 'vscode-languageserver-types';
import type { Referent } from '../../../core/schema/role.ts';
import { type Shape, shapesBelow, shapesOf } from '../../../core/schema/shape.ts';
import { stepKinds } from '../../../core/schema/step.ts';
import { entriesOf } from '../../../core/yaml/data.ts';
import type { Path } from '../../../core/yaml/places.ts';
import { describeQuantity } from '../describe/quantity.ts';
import { slotAt } from '../../../core/schema/slot.ts';
import type { MusterDocument } from '../document.ts';
import { expressionTokens } from './expressionTokens.ts';
import { type Token, type TokenType, tokenTypes } from './legend.ts';
import { selectionTokens } from './selectionTokens.ts';

/** What the schema knows of a text and a grammar does not: what a step does, targets, expressions, ids, lengths of time. */
export function semanticTokens(opened: MusterDocument, range?: Range): SemanticTokens {
  const { document } = opened;
  const from = range ? document.offsetAt(range.start) : 0;
  const to = range ? document.offsetAt(range.end) : Infinity;
  const tokens = tokensOf(opened).filter(({ start, end }) => end > from && start < to);
  const data: number[] = [];
  let line = 0;
  let character = 0;
  for (const { start, end, type } of tokens.toSorted((a, b) => a.start - b.start)) {
    const place = document.positionAt(start);
    const column = place.line === line ? place.character - character : place.character;
    data.push(place.line - line, column, end - start, tokenTypes.indexOf(type), 0);
    line = place.line;
    character = place.character;
  }
  return { data };
}

function tokensOf(opened: MusterDocument): readonly Token[] {
  const found: Token[] = [];
  const isInventory = opened.document.languageId === 'muster-inventory';
  const visit = (value: unknown, shapes: readonly Shape[], path: Path): void => {
    if (typeof value === 'string') {
      found.push(...textTokens(opened, { shapes, path, value }));
      return;
    }
    const isStep = shapes.some(
      (shape) => shape.kind === 'object' && stepKinds.every((kind) => kind in shape.keys),
    );
    for (const [key, child] of entriesOf(value)) {
      const at = [...path, key];
      if (isStep && stepKinds.some((kind) => kind === key)) {
        const { start, end } = opened.parsed.rangeOf(at, 'key');
        found.push({ start, end, type: 'keyword' });
      }
      const named = path.length === 1 && isInventory ? namedIn[String(path[0])] : undefined;
      if (named !== undefined) {
        const { start, end } = opened.parsed.rangeOf(at, 'key');
        found.push({ start, end, type: named });
      }
      const inner = shapesBelow(shapes, typeof key === 'number' ? undefined : key);
      const isData = shapes.some((shape) => shape.kind === 'data' && shape.templates);
      visit(child, inner.length === 0 && isData ? shapes : inner, at);
    }
  };
  visit(opened.parsed.writtenAt([]), shapesOf(opened.schema), []);
  return found;
}

/** What the names are that stand as keys in the sections of an inventory. */
const namedIn: Readonly<Record<string, TokenType>> = { nodes: 'type', groups: 'class', tags: 'decorator' };

/** What a text is that refers to a name. */
const referring: Partial<Record<Referent, TokenType>> = {
  step: 'method',
  handler: 'method',
  node: 'type',
  group: 'class',
  tag: 'decorator',
};

type Written = { readonly shapes: readonly Shape[]; readonly path: Path; readonly value: string };

function textTokens(opened: MusterDocument, { shapes, path, value }: Written): readonly Token[] {
  const { start, end } = opened.parsed.rangeOf(path, 'value');
  const written = opened.document.getText().slice(start, end);
  for (const shape of shapes) {
    if (shape.kind === 'data' && shape.templates) return templateTokens(written, start);
    if (shape.kind !== 'text') continue;
    if (shape.role === 'selection') return lines(written) ? [] : selectionTokens(...inQuotes(written, start));
    if (shape.role === 'expression')
      return lines(written) ? [] : expressionTokens(...inQuotes(written, start));
    const type = shape.refers && referring[shape.refers];
    if (type && !value.includes('{{')) return lines(written) ? [] : [{ start, end, type }];
    if (shape.role === 'template' || shape.role === 'command') return templateTokens(written, start);
  }
  // The only names of steps: elsewhere a key of this name is a person's own.
  if (typeof path.at(-2) === 'number' && shapes.some(({ kind }) => kind === 'text')) {
    if (path.at(-1) === 'register') return [{ start, end, type: 'variable' }];
    if (path.at(-1) === 'id') return [{ start, end, type: 'method' }];
  }
  const isQuantity = describeQuantity(slotAt(opened.schema, path), value) !== undefined;
  return isQuantity ? [{ start, end, type: 'number' }] : [];
}

/** Tokens do not go over the ends of lines. */
function lines(written: string): boolean {
  return written.includes('\n');
}

function inQuotes(written: string, start: number): readonly [string, number] {
  const isQuoted = /^(["'])[^]*\1$/.test(written) && written.length > 1;
  return isQuoted ? [written.slice(1, -1), start + 1] : [written, start];
}

function templateTokens(written: string, start: number): readonly Token[] {
  return [...written.matchAll(/\{\{([^\n]*?)\}\}/g)].flatMap(({ index, 1: inner = '' }) =>
    expressionTokens(inner, start + index + 2),
  );
}
