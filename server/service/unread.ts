import type { TextDocument } from 'vscode-languageserver-textdocument';
import { emptyInventory, indexInventory } from '../../core/inventory/model.ts';
import type { Problem } from '../../core/util/problem.ts';
import { byPlace } from '../../core/util/problem.ts';
import { linesOf } from '../../core/yaml/lines.ts';
import { parseDocument } from '../../core/yaml/parseDocument.ts';
import { type Beside, type MusterDocument, schemaFor } from './document.ts';

/** UTF-16 units: to read more takes longer than a person waits for a letter. */
export const largest = 1024 * 1024;

/**
 * A document that is too large to be read while somebody types, or not read yet: what was found in it beside everything
 * else is told, and nothing more. Undefined for one of a language that is none of ours.
 */
export function unreadDocument(document: TextDocument, beside: Beside): MusterDocument | undefined {
  const schema = schemaFor(document.languageId);
  if (!schema) return undefined;
  const text = document.getText();
  const read = typeof beside === 'string' ? undefined : beside;
  return {
    document,
    schema,
    beside,
    parsed: parseDocument('', schema),
    problems: [...notesOf(text, beside), ...(read?.problems ?? [])].toSorted(byPlace),
    // Of what it means, nothing is known.
    damage: { places: [{ start: 0, end: text.length + 1 }], isWhole: false, mended: [] },
    inventory: emptyInventory,
    index: indexInventory(emptyInventory),
    part: read?.part,
  };
}

function notesOf(text: string, beside: Beside): readonly Problem[] {
  if (beside === 'reading') return [];
  const end = text.search(/\r?\n|$/);
  const told =
    beside === 'failed'
      ? 'It could not be read in the memory that there is for that.'
      : 'Only what "muster" would refuse is told, some seconds behind the last change.';
  const note: Problem = {
    code: 'yaml/large',
    severity: 'info',
    message: `The file has more than ${largest / 1024 / 1024} MB. ${told}`,
    fix: 'Split it, and all help is there.',
    range: linesOf(text.slice(0, end)).range(0, end),
  };
  return [note];
}
