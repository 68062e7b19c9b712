import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Lexer, parseAllDocuments } from 'yaml';
import { formatting } from '../../server/service/format/formatting.ts';
import { rules } from '../../server/service/rules/rules.ts';
import { root } from '../house/repository.ts';

function formatted(text: string): string {
  const document = TextDocument.create('file:///a.playbook.yaml', 'muster-playbook', 1, text);
  return TextDocument.applyEdits(document, formatting(document));
}

function commentsIn(text: string): readonly string[] {
  return [...new Lexer().lex(text)].filter((token) => token.startsWith('#')).map((token) => token.trimEnd());
}

function dataIn(text: string): unknown {
  return parseAllDocuments(text, { uniqueKeys: false, logLevel: 'silent' }).map((document) =>
    document.errors.length === 0 ? (document.toJS() as unknown) : document.errors.length,
  );
}

/** YAML of the repository: examples, what stands in the docs, and what the rules show. */
function* texts(): Iterable<readonly [name: string, text: string]> {
  const examples = join(root, 'examples');
  for (const name of readdirSync(examples))
    if (name.endsWith('.yaml')) yield [name, readFileSync(join(examples, name), 'utf8')];
  for (const name of readdirSync(join(root, 'docs')).filter((each) => each.endsWith('.md'))) {
    const page = readFileSync(join(root, 'docs', name), 'utf8');
    for (const [, text = ''] of page.matchAll(/^```yaml\n(.*?)^```/gms)) yield [`docs/${name}`, text];
  }
  for (const { code, example } of rules)
    if (example) yield* [[`${code}, bad`, example.bad] as const, [code, example.good] as const];
}

describe('formatting of what people write', () => {
  // An alias of nothing has no value to compare.
  const before = [...texts()].filter(([, text]) => !/: \*gone\b/.test(text));

  it('is of many texts', () => assert.ok(before.length > 150, String(before.length)));

  for (const [what, change] of [
    ['as it is', (text: string) => text],
    ['with the line breaks of Windows', (text: string) => text.replaceAll(/\r?\n/g, '\r\n')],
    ['indented by four', (text: string) => text.replaceAll(/^ +/gm, (spaces) => spaces + spaces)],
    ['with space at the ends of lines', (text: string) => text.replaceAll(/([\w}\]])$/gm, '$1  ')],
  ] as const)
    it(`says the same ${what}, keeps comments, changes nothing but whitespace, and has nothing to do the second time`, () => {
      for (const [name, written] of before) {
        const text = change(written);
        const once = formatted(text);
        assert.deepEqual(dataIn(once), dataIn(text), name);
        assert.deepEqual(commentsIn(once), commentsIn(text), name);
        assert.equal(once.replaceAll(/\s/g, ''), text.replaceAll(/\s/g, ''), name);
        assert.equal(formatted(once), once, name);
      }
    });
});
