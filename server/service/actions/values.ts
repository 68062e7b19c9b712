import { CodeActionKind } from 'vscode-languageserver-types';
import { templateTexts } from '../../../core/playbook/read/texts.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { MusterDocument } from '../document.ts';
import { change, insertionBelow, keysOf, wholeRemoval } from '../edit/entries.ts';
import { scalarOf } from '../edit/quoting.ts';
import type { At, Refactoring } from './refactoring.ts';

/** A text that stands at several places of a playbook, as a variable that they look up. */
export function extractedValue({ document, path }: At): readonly Refactoring[] {
  const written = document.parsed.writtenAt(path);
  if (document.document.languageId !== 'muster-playbook' || typeof written !== 'string') return [];
  if (written.length < 3 || written.includes('{{') || path[0] === 'vars') return [];
  const same = textsOf(document).filter(
    (text) => text.role === 'template' && document.parsed.writtenAt(text.path) === written,
  );
  if (same.length < 2 || !same.some((text) => text.path.join('\0') === path.join('\0'))) return [];
  const name = freeName(String(path.findLast((key) => typeof key === 'string')), document);
  const edits = same.map((text) =>
    change(document, document.parsed.rangeOf(text.path, 'value'), `'{{ vars.${name} }}'`),
  );
  return [
    {
      title: `Make a variable of all ${same.length} "${written.slice(0, 40)}"`,
      kind: CodeActionKind.RefactorExtract,
      edits: [insertionBelow(document, ['vars', name], scalarOf(written)), ...edits],
    },
  ];
}

/** A variable that is one plain word, written where it was looked up. */
export function inlinedVariable({ document, path }: At): readonly Refactoring[] {
  const name = nameAt(document, path);
  if (name === undefined) return [];
  const value = document.parsed.writtenAt(['vars', name]);
  if ((typeof value !== 'string' && typeof value !== 'number') || !/^[\w./:@-]+$/.test(String(value)))
    return [];
  const uses = textsOf(document).flatMap((text) =>
    text.expressions.flatMap((expression) => {
      const isOnly =
        expression.type === 'member' && expression.of.type === 'name' && expression.of.name === 'vars';
      const isIt = isOnly && expression.key.type === 'literal' && expression.key.value === name;
      return isIt ? [{ text, expression }] : [];
    }),
  );
  if (uses.length === 0 || uses.some(({ text }) => text.role === 'expression')) return [];
  const source = document.document.getText();
  const edits = uses.flatMap(({ text, expression }) => {
    const place = text.rangeOf(expression);
    const open = source.lastIndexOf('{{', place.start);
    const close = source.indexOf('}}', place.end);
    const isPlain = source.slice(open, close + 2).replaceAll(/\s/g, '') === `{{vars.${name}}}`;
    return isPlain ? [change(document, { start: open, end: close + 2 }, String(value))] : [];
  });
  const isUsedOtherwise = countOf(source, `vars.${name}`) !== edits.length;
  if (edits.length !== uses.length || isUsedOtherwise) return [];
  const title = `Write "${String(value)}" where "${name}" is looked up`;
  return [
    {
      title,
      kind: CodeActionKind.RefactorInline,
      edits: [...edits, wholeRemoval(document, ['vars', name])],
    },
  ];
}

function nameAt({ document, parsed }: MusterDocument, path: Path): string | undefined {
  if (document.languageId !== 'muster-playbook' || path[0] !== 'vars' || path.length !== 2) return undefined;
  return keysOf(parsed.writtenAt(['vars'])).find((key) => key === path[1]);
}

function textsOf(document: MusterDocument) {
  return templateTexts({
    text: document.document.getText(),
    schema: document.schema,
    document: document.parsed,
  });
}

function freeName(key: string, { parsed }: MusterDocument): string {
  const base = key.replaceAll(/\W/g, '_').replace(/^\d/, '_$&');
  const taken = keysOf(parsed.writtenAt(['vars']));
  let name = base;
  for (let turn = 2; taken.includes(name); turn += 1) name = `${base}${turn}`;
  return name;
}

function countOf(text: string, word: string): number {
  return [...text.matchAll(new RegExp(`\\b${word.replaceAll('.', '\\.')}\\b`, 'g'))].length;
}
