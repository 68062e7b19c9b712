import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { readAgain } from '../../core/yaml/readAgain.ts';
import type { ReadData } from '../../core/yaml/readData.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import { readerFor } from '../../server/service/document.ts';
import { factsOf } from '../../server/service/facts.ts';
import { languageOf } from '../../server/service/languages.ts';
import { outline } from '../../server/service/navigation/outline.ts';
import { semanticTokens } from '../../server/service/tokens/semanticTokens.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';

const steps = Array.from(
  { length: 10 },
  (_none, at) =>
    `  - id: s${at}\n    run: |\n      echo {{ vars.v${at} | default('x') }} {{ params.p }}\n    needs: s${(at + 3) % 12}\n` +
    `    when: vars.made is defined and vars.p${at}\n    env: { A: "b", MODE: 0644 }\n    register: r${at}\n`,
);
const playbook =
  '# Deploy\nversion: 1\nparams:\n  p: { type: string }\nvars: { unused: yes, port: 080, p1: 1 }\ntargets: "@front !web1"\nsteps:\n' +
  `${steps.join('  # between\n')}  - run: rm -rf / "\n    ignoreErrors: true\n  - { id: s1, loop: [1], run: "echo {{ item }} {{ itme }}" }\n` +
  '  - block:\n      - set: { made: 1 }\n    rescue:\n      - fail: no\nhandlers:\n  - { id: h, run: x }\n';
const nodes = Array.from(
  { length: 10 },
  (_none, at) => `  web${at}: { host: 10.0.0.${at}, tags: [front, web], vars: { p1: ${at}, on: yes } }\n`,
);
const inventory = `version: 1\nnodes:\n${nodes.join('')}  "db[1-3]":\n    jump: web1\n    tags: [frnt]\ngroups:\n  g: web1 web2\n  e: []\n`;
type Kind = 'playbook' | 'inventory';
const texts: Readonly<Record<Kind, string>> = { playbook, inventory };
const places: Readonly<Record<Kind, string>> = {
  playbook: 'file:///w/a.playbook.yaml',
  inventory: 'file:///w/a.inventory.yaml',
};

const typed = [
  '', '"', "'", '[', '}', '{{', '}}', ' ', '\n', '\n\n', ':', ': ', '|', '\t', '#', ' # muster-ignore', '- ', 'x',
  '  - run: x\n', '\nvars:\n', 'id: s2\n', 'when: false\n', '0', 'yes', '&a ', '*a', '---\n', 'fin', '"q": 1\n', ']\n',
  '<<<<<<< a\n',
]; // prettier-ignore
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  removed: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(40)),
  added: fc.oneof(fc.constantFrom(...typed), fc.string({ maxLength: 4 })),
});

/** Everything that depends on what was read of a text, by a reader that knows the texts before or by a new one. */
function looksAt(text: string, kind: Kind, readText: ReadData): unknown {
  const open = (of: Kind, written: string, read: ReadData) => {
    const uri = places[of];
    const language = languageOf(uri) ?? '';
    const made = readerFor(language)?.(TextDocument.create(uri, language, 1, written), read);
    assert.ok(made);
    return made;
  };
  const looked = open(kind, text, readText);
  const other = kind === 'playbook' ? 'inventory' : 'playbook';
  const files = [looked, open(other, texts[other], readAgain())];
  const workspace = workspaceOf({ files: files.map(indexed), exists: () => false });
  return {
    findings: findingsOf(looked, workspace),
    names: factsOf(looked),
    tokens: semanticTokens(looked),
    outline: outline(looked),
  };
}

describe('a document that is edited', function () {
  this.timeout(120_000);
  for (const kind of ['playbook', 'inventory'] as const)
    it(`is told of as if it was opened with the text that it has now: ${kind}`, () => {
      fc.assert(
        fc.property(fc.array(edit, { minLength: 1, maxLength: 5 }), (edits) => {
          const again = readAgain();
          let now = texts[kind];
          for (const { at, removed, added } of [{ at: 1, removed: 0, added: '' }, ...edits]) {
            const from = Math.floor(at * now.length);
            now = now.slice(0, from) + added + now.slice(from + removed);
            assert.deepEqual(looksAt(now, kind, again), looksAt(now, kind, readAgain()));
          }
        }),
        { numRuns: 15 },
      );
    });
});
