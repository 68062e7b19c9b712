import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { slotAt } from '../../core/schema/slot.ts';
import { completion } from '../../server/service/completion/completion.ts';
import type { MusterDocument } from '../../server/service/document.ts';
import { languageOf } from '../../server/service/languages.ts';
import { documentOf } from './cursor.ts';
import { emptyWorkspace } from './diagnose.ts';

const folder = fileURLToPath(new URL('../../examples', import.meta.url));
const examples = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => ({
    name,
    language: languageOf(`file:///${name}`) ?? 'muster-inventory',
    text: readFileSync(`${folder}/${name}`, 'utf8'),
  }));

/** Where the keys of a document begin that its schema names, with the key itself. */
function keysIn({
  parsed,
  schema,
}: MusterDocument): readonly { readonly at: number; readonly key: string }[] {
  const found: { at: number; key: string }[] = [];
  const visit = (value: unknown, path: readonly (string | number)[]): void => {
    if (typeof value !== 'object' || value === null) return;
    const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
      ? [...value.entries()]
      : value instanceof Map
        ? [...(value as Map<string, unknown>)]
        : Object.entries(value);
    const { shapes } = slotAt(schema, path);
    for (const [key, inner] of entries) {
      const isNamed = shapes.some((shape) => shape.kind === 'object' && key in shape.keys);
      if (isNamed && typeof key === 'string')
        found.push({ at: parsed.rangeOf([...path, key], 'key').start, key });
      visit(inner, [...path, key]);
    }
  };
  visit(parsed.writtenAt([]), []);
  return found;
}

function labelsAtEnd(text: string, language: string): readonly string[] {
  const { document, schema } = documentOf(text, language);
  return completion({ document, schema }, document.positionAt(text.length), emptyWorkspace).items.map(
    ({ label }) => label,
  );
}

describe('completion in the examples', () => {
  for (const { name, language, text } of examples) {
    it(`answers at every place of ${name}, as far as it was typed`, () => {
      for (let end = 0; end <= text.length; end += 1) {
        const written = text.slice(0, end);
        const { document, schema } = documentOf(written, language);
        const position = document.positionAt(end);
        for (const { textEdit } of completion({ document, schema }, position, emptyWorkspace).items) {
          assert.ok(textEdit && 'range' in textEdit);
          const { range } = textEdit;
          assert.equal(range.start.line, position.line);
          assert.ok(range.start.character <= position.character && position.character <= range.end.character);
        }
      }
    });

    it(`offers every key of ${name} where it is typed next, and at its second letter`, () => {
      const keys = keysIn(documentOf(text, language));
      assert.ok(keys.length > 10);
      for (const { at, key } of keys) {
        assert.ok(labelsAtEnd(text.slice(0, at), language).includes(key), `${key} at ${at} of ${name}`);
        assert.ok(
          labelsAtEnd(text.slice(0, at + 1), language).includes(key),
          `${key} behind ${at} of ${name}`,
        );
      }
    });
  }
});
