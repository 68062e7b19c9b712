import { TextDocument } from 'vscode-languageserver-textdocument';
import { emptyInventory, indexInventory } from '../../core/inventory/model.ts';
import { readWritten } from '../../core/yaml/parseDocument.ts';
import { readAgain } from '../../core/yaml/readAgain.ts';
import { type MusterDocument, readerFor, schemaFor } from './document.ts';
import { factsOf } from './facts.ts';
import { unharmed } from './repaired.ts';
import { type FileFacts, packFacts } from './facts/packed.ts';

/** A file of ours as it was read from the disk. */
export type FileText = { readonly uri: string; readonly languageId: string; readonly text: string };

const mostProblems = 1000;

/** UTF-16 units: larger texts are read entry by entry, in a third of the memory. */
const large = 64 * 1024;

/** Reads a file; undefined for one of a language that is none of ours. */
export function fileFacts({ uri, languageId, text }: FileText): FileFacts | undefined {
  const open = readerFor(languageId);
  if (!open) return undefined;
  const readText = text.length > large ? readAgain(Infinity) : undefined;
  const written = TextDocument.create(uri, languageId, 0, text);
  const document = (readText ? undefined : namesOnly(written)) ?? open(written, readText);
  const facts = packFacts(factsOf(document));
  const { part, problems } = document;
  return { facts, ...(part && { part }), problems: problems.slice(0, mostProblems) };
}

/** Of most files others need to know no more than the names, for which nobody has to judge them. */
function namesOnly(document: TextDocument): MusterDocument | undefined {
  const schema = document.languageId === 'muster-inventory' ? undefined : schemaFor(document.languageId);
  const parsed = schema && readWritten(document.getText(), schema);
  return (
    parsed && {
      document,
      schema,
      parsed: { ...parsed, problems: [] },
      problems: [],
      damage: unharmed,
      inventory: emptyInventory,
      index: indexInventory(emptyInventory),
      part: undefined,
    }
  );
}
