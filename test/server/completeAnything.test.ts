import assert from 'node:assert/strict';
import fc from 'fast-check';
import { completion } from '../../server/service/completion/completion.ts';
import { documentOf } from './cursor.ts';
import { emptyWorkspace } from './diagnose.ts';

const whole = [
  'version: 1',
  'params: { version: { type: string, required: true } }',
  'targets: "@frontend & tag:prod !web13"',
  'strategy: { mode: rolling, waves: [1, 10%] }',
  'steps:',
  '  - id: install',
  '    run: |',
  '      set -eu',
  '      apt-get install app={{ params.version | quote }}',
  '    retries: { count: 3, on: [failed] }',
  '  - needs: [install]',
  "    http: { url: 'http://{{ node.host }}/', expect: { status: 200 } }",
  '  - block:',
  '      - run: >-',
  '          a',
  '          b',
  '    rescue: [{ run: "undo" }]',
  'handlers:',
  '- id: restart',
  '  run: x # why',
  '',
].join('\n');

const piece = fc.constantFrom(
  ...'{}[]"\'|>:-#&*!@,\t\n\r \\'.split(''),
  '{{',
  '}}',
  '- ',
  ': ',
  '---\n',
  '<<<<<<< ours\n',
  '\u{1F600}',
  '\u0000',
  'x'.repeat(300),
);
const languages = ['muster-playbook', 'muster-task', 'muster-inventory', 'muster-config', 'muster-policy'];

describe('completion in whatever is typed', () => {
  it('answers at every place of a text that is cut anywhere', () => {
    for (let end = 0; end <= whole.length; end += 1) {
      const { document, schema } = documentOf(whole.slice(0, end), 'muster-playbook');
      const { items } = completion({ document, schema }, document.positionAt(end), emptyWorkspace);
      assert.ok(Array.isArray(items));
    }
  });

  it('answers in texts with anything in them', () => {
    const edits = fc.array(fc.tuple(fc.nat(whole.length), fc.nat(12), piece), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(edits, fc.nat(whole.length), fc.constantFrom(...languages), (changes, at, language) => {
        let text = whole;
        for (const [start, length, put] of changes)
          text = text.slice(0, start) + put + text.slice(start + length);
        const { document, schema } = documentOf(text, language);
        const { items } = completion(
          { document, schema },
          document.positionAt(Math.min(at, text.length)),
          emptyWorkspace,
        );
        for (const { textEdit } of items) {
          assert.ok(textEdit && 'range' in textEdit);
          assert.ok(document.offsetAt(textEdit.range.start) <= document.offsetAt(textEdit.range.end));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('answers at the beginning of a line break and in a text that is thousands of levels deep', () => {
    for (const text of [
      '\n',
      '\n\n',
      '\r\n',
      '- '.repeat(5000),
      '{a: '.repeat(5000),
      '['.repeat(5000),
      ' '.repeat(5000),
    ]) {
      const { document, schema } = documentOf(text, 'muster-playbook');
      for (const at of [0, 1, text.length])
        assert.ok(
          Array.isArray(completion({ document, schema }, document.positionAt(at), emptyWorkspace).items),
        );
    }
  });
});
