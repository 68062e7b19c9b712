import { readTextsAhead } from '../../core/playbook/read/writtenTexts.ts';
import { shapesOf } from '../../core/schema/shape.ts';
import { Steps } from '../../core/schema/step.ts';
import type { ReadAgain } from '../../core/yaml/readAgain.ts';
import { schemaFor } from './document.ts';

/** Lists of steps at the top of a file. */
const stepLists: ReadonlySet<unknown> = new Set(['steps', 'handlers', 'finally']);

/** Reads what is new in a text, an entry at each step, so that whoever reads all of it later finds it known. */
export function* readAhead(
  { text, languageId }: { readonly text: string; readonly languageId: string },
  reader: ReadAgain,
): Generator<void> {
  const schema = schemaFor(languageId);
  if (!schema) return;
  const shapes = shapesOf(schema);
  const hasSteps = languageId === 'muster-playbook' || languageId === 'muster-task';
  for (const entry of reader.ahead(text, shapes)) {
    if (hasSteps) readTextsAhead(entry, shapes);
    if (hasSteps && entry.path.length === 2 && stepLists.has(entry.path[0])) Steps.safeParse([entry.value]);
    yield;
  }
}
