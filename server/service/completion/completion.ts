import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver-types';
import { MarkupKind } from 'vscode-languageserver-types';
import { slotAt } from '../../../core/schema/slot.ts';
import { type Cursor, cursorAt } from '../cursor/cursor.ts';
import { expressionBefore } from '../cursor/expression.ts';
import { outlineOf } from '../cursor/outline.ts';
import type { MusterDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import { belowOffers } from './below.ts';
import { describeAbout } from './describe.ts';
import { expressionOffers } from './expression.ts';
import { flowItemOffers } from './flowItems.ts';
import { type About, itemOf, type Offer } from './item.ts';
import { itemOffers, keyOffers } from './keys.ts';
import { mapKeyOffers } from './mapKeys.ts';
import type { Offered, Place } from './place.ts';
import { scopeAt } from './scope.ts';
import { scalarItemOffers, scalarOffers } from './scalar.ts';
import { wholeFiles } from './wholeFiles.ts';

/** Offers in one answer; the editor asks again as the word grows. */
const most = 200;

/** Where a person writes; `typed` is the character that made the editor ask by itself. */
type At = Position & { readonly typed?: string | undefined };

/**
 * What fits at the cursor: keys and words of the schema, names of the inventory, the file and the workspace. It is read
 * from the lines around the cursor, so that it does not matter whether the document parses, nor how long it is.
 */
export function completion(
  { document, schema }: Pick<MusterDocument, 'document' | 'schema'>,
  position: At,
  workspace: Workspace,
): CompletionList {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const cursor = cursorAt(text, offset);
  if (!cursor) return { isIncomplete: false, items: [] };
  const slot = slotAt(schema, cursor.path);
  const place: Place = { document, text, offset, cursor, slot, workspace };
  const found = offersAt(place, position.typed).flatMap(({ start, end, offers, areNames = false }) => {
    const range = { start: document.positionAt(start), end: document.positionAt(end) };
    const typed = text.slice(start, offset).toLowerCase();
    const gap = gapBefore(place, start);
    return offers
      .filter(({ label, filter = label }) => !areNames || filter.toLowerCase().includes(typed))
      .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
      .map((offer) => ({ offer: gap === '' ? offer : behindGap(offer, gap), range }));
  });
  return {
    // Names may still come while the files of the workspace are being read.
    isIncomplete: found.length > most || !workspace.isRead,
    items: found.slice(0, most).map(({ offer, range }, at) => itemOf(offer, range, at)),
  };
}

/** Adds what is only read when somebody looks at an offer. */
export function resolveCompletion(item: CompletionItem, workspace: Workspace): CompletionItem {
  const about = item.data as About | undefined;
  const text = about && describeAbout(about, workspace);
  if (text === undefined) return item;
  return { ...item, documentation: { kind: MarkupKind.Markdown, value: text } };
}

function offersAt(place: Place, typed: string | undefined): readonly Offered[] {
  const { text, offset, cursor, workspace } = place;
  const expression = expressionBefore(place);
  if (expression !== undefined) {
    const scope = scopeAt(cursor.path, outlineOf(text), workspace);
    const { start, offers } = expressionOffers(expression, scope);
    const rest = /^[\p{L}\p{N}_]*/u.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
    return [{ start: offset - expression.length + start, end: offset + rest, offers }];
  }
  const keys = keysAt(place);
  if (!isScalarPlace(place)) return [keys];
  const scalars = { ...scalarOffers(place), areNames: true };
  // Whoever has just typed the colon is about to end the line, and would take an offer by that.
  if (cursor.where === 'value' && typed === ':') return [scalars, keys];
  if (cursor.where !== 'line') return [scalars, keys, belowOffers(place, (inner) => keysAt(inner).offers)];
  const items = scalarItemOffers(place);
  return [keys, items ? { ...items, areNames: true } : scalars];
}

/** Keys of a map, items of a list of maps, names of people's own, whole files: what is more than one word. */
function keysAt(place: Place): Offered {
  const { text, offset, cursor } = place;
  const word = /^[\w.-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  const offers = [
    ...keyOffers(place),
    ...itemOffers(place),
    ...flowItemOffers(place),
    ...mapKeyOffers(place),
    ...wholeFiles(place),
  ];
  return { start: cursor.start, end: offset + word, offers };
}

/** Nothing else can be on a line where keys or items stand beside it. */
function isScalarPlace({ cursor, slot }: Place): boolean {
  const { where, present, isAmongItems }: Cursor = cursor;
  if (where === 'line') return present.size === 0 || isAmongItems;
  // A selection may go over several lines.
  if (where === 'scalar')
    return slot.shapes.some((shape) => shape.kind === 'text' && shape.role === 'selection');
  return where === 'value' || where === 'flow-value' || where === 'dash';
}

/** What YAML needs before a value: `mode:rolling` is one word to it, and so is `-run`. */
function gapBefore({ text, offset, cursor }: Place, start: number): string {
  const before = text[start - 1];
  const isBehindColon = before === ':' && (cursor.where === 'value' || cursor.where === 'flow-value');
  if (isBehindColon && start === cursor.start) return ' ';
  if (before === '-' && cursor.where === 'dash' && start === cursor.start) return ' ';
  return text.slice(start - 2, start) === '{{' && offset >= start ? ' ' : '';
}

function behindGap(offer: Offer, gap: string): Offer {
  const { label, text = label } = offer;
  return { ...offer, text: text.startsWith('\n') ? text : gap + text };
}
