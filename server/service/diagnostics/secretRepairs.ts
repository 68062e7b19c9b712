import type { TextEdit } from 'vscode-languageserver-types';
import type { MusterDocument } from '../document.ts';
import { insertionBelow, keysOf } from '../edit/entries.ts';
import type { Repair } from './finding.ts';

/** A secret that stands in a file: what to call it, what it is, and how the file is changed to look it up instead. */
export type WrittenSecret = {
  readonly name: string;
  readonly value: string;
  readonly instead: (reference: string) => TextEdit;
};

/** What to do about a secret in a file of this kind. Variables of inventories are never expanded. */
export function secretAdvice({ document: { languageId } }: MusterDocument): string {
  return languageId === 'muster-inventory'
    ? 'Take it out: passwords to log in are asked for ("auth: password"); any other is named under "secrets" of the playbook that uses it, and written {{ secret.NAME }} there.'
    : 'Write under "secrets" of a playbook where it is.';
}

/** Ways to take a secret out of a playbook: the client keeps it, or a person is asked for it each time. */
export function secretRepairs(document: MusterDocument, secret: WrittenSecret): readonly Repair[] {
  if (document.document.languageId !== 'muster-playbook') return [];
  const known = new Set(keysOf(document.parsed.writtenAt(['secrets'])));
  const { name, value, instead } = secret;
  const free = freeName(name, known);
  const declared = (as: string, place: string): readonly TextEdit[] =>
    known.has(as) ? [] : [insertionBelow(document, ['secrets', as], place)];
  const looksUp = (as: string): TextEdit => instead(`{{ secret.${as} }}`);
  return [
    {
      title: `Move to the secret store: secret "${free}"`,
      edits: [...declared(free, `{ stored: ${free} }`), looksUp(free)],
      stores: { name: free, value },
    },
    {
      title: `Ask for it: secret "${name}"`,
      edits: [...declared(name, `{ ask: ${name} }`), looksUp(name)],
    },
  ];
}

/** What is stored under a name that is taken may be another secret. */
function freeName(name: string, known: ReadonlySet<string>): string {
  let free = name;
  for (let at = 2; known.has(free); at += 1) free = `${name}_${at}`;
  return free;
}
