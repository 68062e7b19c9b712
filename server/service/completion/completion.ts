import type { CompletionItem, CompletionList, Position } from 'vscode-languageserver-types';
import { MarkupKind } from 'vscode-languageserver-types';
import { slotAt } from '../../../core/schema/slot.ts';
import { type Cursor, cursorAt } from '../cursor/cursor.ts';
import { lineAt } from '../cursor/line.ts';
import { outlineOf } from '../cursor/outline.ts';
import type { MusterDocument } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import { describeAbout } from './describe.ts';
import { expressionOffers } from './expression.ts';
import { type About, itemOf, type Offer } from './item.ts';
import { itemOffers, keyOffers } from './keys.ts';
import { mapKeyOffers } from './mapKeys.ts';
import type { Place } from './place.ts';
import { scopeAt } from './scope.ts';
import { scalarOffers } from './scalar.ts';

/** Offers in one answer; the editor asks again as the word grows. */
const most = 200;

/**
 * What fits at the cursor: keys and words of the schema, names of the inventory, the file and the workspace. It is read
 * from the lines around the cursor, so that it does not matter whether the document parses, nor how long it is.
 */
export function completion(
  { document, schema }: Pick<MusterDocument, 'document' | 'schema'>,
  position: Position,
  workspace: Workspace,
): CompletionList {
  const text = document.getText();
  const offset = document.offsetAt(position);
  const cursor = cursorAt(text, offset);
  if (!cursor) return { isIncomplete: false, items: [] };
  const slot = slotAt(schema, cursor.path);
  const place: Place = { document, text, offset, cursor, slot, workspace };
  const found = offersAt(place);
  const range = { start: document.positionAt(found.start), end: document.positionAt(found.end) };
  const typed = text.slice(found.start, offset).toLowerCase();
  const fitting = found.offers.filter(({ label, filter = label }) => filter.toLowerCase().includes(typed));
  const offers = found.areNames ? fitting : found.offers;
  return {
    isIncomplete: offers.length > most,
    items: offers.slice(0, most).map((offer) => itemOf(offer, range)),
  };
}

/** Adds what is only read when somebody looks at an offer. */
export function resolveCompletion(item: CompletionItem, workspace: Workspace): CompletionItem {
  const about = item.data as About | undefined;
  const text = about && describeAbout(about, workspace);
  if (text === undefined) return item;
  return { ...item, documentation: { kind: MarkupKind.Markdown, value: text } };
}

type Found = {
  readonly start: number;
  readonly end: number;
  readonly offers: readonly Offer[];
  /** There may be more than an editor can show: they are filtered here. */
  readonly areNames: boolean;
};

function offersAt(place: Place): Found {
  const { text, offset, cursor } = place;
  const expression = expressionBefore(place);
  if (expression !== undefined) {
    const scope = scopeAt(cursor.path, outlineOf(text), place.workspace.inventory);
    const { start, offers } = expressionOffers(expression, scope);
    const rest = /^[\p{L}\p{N}_]*/u.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
    const from = offset - expression.length + start;
    return { start: from, end: offset + rest, offers, areNames: false };
  }
  const scalars = isScalarPlace(cursor) ? scalarOffers(place) : undefined;
  const keys = [...keyOffers(place), ...itemOffers(place), ...mapKeyOffers(place)];
  if (scalars && (keys.length === 0 || scalars.offers.length > 0)) return { ...scalars, areNames: true };
  const word = /^[\w.-]*/.exec(text.slice(offset, offset + 200))?.[0].length ?? 0;
  return { start: cursor.start, end: offset + word, offers: keys, areNames: false };
}

/** Nothing else can be on a line where keys or items stand beside it. */
function isScalarPlace({ where, present, isAmongItems }: Cursor): boolean {
  if (where === 'line') return present.size === 0 && !isAmongItems;
  return where === 'value' || where === 'flow-value' || where === 'dash';
}

/** The expression in which the cursor is, up to it: behind `{{`, or in a condition. */
function expressionBefore({ text, offset, cursor, slot, document }: Place): string | undefined {
  if (document.languageId !== 'muster-playbook' && document.languageId !== 'muster-task') return undefined;
  const line = lineAt(text, offset).start;
  const isWhole = slot.shapes.some((shape) => shape.kind === 'text' && shape.role === 'expression');
  if (isWhole && cursor.where !== 'line') return text.slice(cursor.start, offset);
  const written = text.slice(Math.min(line, cursor.start), offset);
  const opening = written.lastIndexOf('{{');
  if (opening === -1 || written.indexOf('}}', opening) !== -1) return undefined;
  return written.slice(opening + 2);
}
