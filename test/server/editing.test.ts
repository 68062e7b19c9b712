import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readAgain } from '../../core/yaml/readAgain.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import { type MusterDocument, readerFor } from '../../server/service/document.ts';
import { factsOf } from '../../server/service/facts.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';
import { documentOf } from './cursor.ts';

const steps = Array.from(
  { length: 10 },
  (_, at) => `  - id: s${at}
    run: echo {{ vars.port }} {{ steps.s${at}.stdout }} ${at === 3 ? 'rm -rf /' : ''}
    when: vars.on == ${at}
    register: r${at}
    # of s${at}
    with: { a: yes, password: hunter22 }
    needs: [s${at + 1}]
    notify: [h]
`,
);
const playbook = `# Deploy
version: 1
targets: web*
vars: { port: 80, on: no }
params: { p: { type: string } }
secrets:
  token: { env: T }
steps:
${steps.join('')}handlers:
  - { id: h, run: "systemctl restart x" }
`;
const nodes = Array.from(
  { length: 10 },
  (_, at) => `  web${at}: { host: h${at}, tags: [x], vars: { on: ${at} } }\r\n`,
);
const inventory = `nodes:\r\n${nodes.join('')}groups:\r\n  g: "web[1-3]"\r\n  e:\r\n`;

/** What is typed, parted by bars. */
const typed =
  '|\n|  |- |: |# |"|[|{|&a |*a |\t|>|\r\n|\uFEFF|x|{{ |  - run: x\n|\nvars:\n|\n    na|\n    env:|x: 1\n|\n  w[1-2]:\n| # muster-ignore\n';
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.nat(40)),
  added: fc.constantFrom(...typed.split('|')),
});

/** All that is told of a document: its names, what is wrong, and what could be better. */
function told(document: MusterDocument): unknown {
  const other = documentOf(inventory, 'muster-inventory', 'file:///w/fleet.inventory.yaml');
  const files = document.document.languageId === 'muster-playbook' ? [document, other] : [document];
  const findings = findingsOf(document, workspaceOf({ files: files.map(indexed) }));
  return { facts: factsOf(document), problems: document.problems, findings };
}

describe('a document that is being edited', () => {
  for (const [title, language, text] of [
    ['a playbook', 'muster-playbook', playbook],
    ['an inventory', 'muster-inventory', inventory],
  ] as const)
    it(`is told of as if it was opened, whatever is typed into ${title}`, () => {
      const open = readerFor(language);
      assert.ok(open);
      const read = (now: string, readText?: ReturnType<typeof readAgain>): unknown =>
        told(open(TextDocument.create(`file:///w/a.yaml`, language, 0, now), readText));
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
          const readText = readAgain();
          let now: string = text;
          for (const { at, removed, added } of [{ at: 1, removed: 0, added: '' }, ...edits]) {
            const from = Math.floor(at * now.length);
            now = now.slice(0, from) + added + now.slice(from + removed);
            assert.deepEqual(read(now, readText), read(now));
          }
        }),
        { numRuns: 12 },
      );
    });
});
