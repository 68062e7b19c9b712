import { TextDocument } from 'vscode-languageserver-textdocument';
import { readAgain } from '../../core/yaml/readAgain.ts';
import { readerFor } from './document.ts';
import { factsOf } from './facts.ts';
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
  const document = open(TextDocument.create(uri, languageId, 0, text), readText);
  const facts = packFacts(factsOf(document));
  const { part, problems } = document;
  return { facts, ...(part && { part }), problems: problems.slice(0, mostProblems) };
}
