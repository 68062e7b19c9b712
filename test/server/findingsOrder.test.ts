import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { isMap, isSeq, parseDocument } from 'yaml';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import { canonicalUri } from '../../server/service/uris.ts';
import { indexed, type Workspace, workspaceFor, workspaceOf } from '../../server/service/workspace.ts';
import type { MusterDocument } from '../../server/service/document.ts';
import { languageOf } from '../../server/service/languages.ts';
import { rules } from '../../server/service/rules/rules.ts';
import { documentOf } from './cursor.ts';
import { placeOf, worldOf } from './world.ts';

const examples = new URL('../../examples/', import.meta.url);
const ownExamples = readdirSync(examples)
  .filter((name) => name.endsWith('.playbook.yaml'))
  .map((name) => ({ kind: 'playbook' as const, text: readFileSync(new URL(name, examples), 'utf8'), files: {} })); // prettier-ignore

/** Playbooks and tasks that parse, with a mistake or without. What is about the order in which something is written is left out. */
const samples = [
  ...rules.flatMap(({ code, example }) =>
    !example || code === 'playbook/two-actions'
      ? []
      : [example.bad, example.good].map((text) => ({ kind: example.kind, text, files: example.files ?? {} })),
  ),
  ...ownExamples,
].filter(
  ({ kind, text }) =>
    (kind === 'playbook' || kind === 'task') &&
    parseDocument(text).errors.length === 0 &&
    !/[&*]\w|muster-ignore/.test(text),
);

/** The entries of every map in an order that these numbers choose; lists stay as they are. */
function reordered(text: string, picks: readonly number[]): string {
  const document = parseDocument(text);
  let turn = 0;
  const visit = (node: unknown): void => {
    if (isMap(node)) {
      const left = [...node.items];
      node.items = [];
      while (left.length > 0) {
        const [next] = left.splice((picks[turn++ % picks.length] ?? 0) % left.length, 1);
        if (next) node.items.push(next);
      }
      for (const { value } of node.items) visit(value);
    }
    if (isSeq(node)) node.items.forEach(visit);
  };
  visit(document.contents);
  return document.toString({ lineWidth: 0 });
}

function told(document: MusterDocument, workspace: Workspace): readonly string[] {
  return findingsOf(document, workspace)
    .map(({ code, message, level = '', fix = '' }) => `${code} ${level} ${message} ${fix}`)
    .toSorted();
}

describe('what is told of a file', () => {
  it('does not depend on the order of the keys in its maps', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.nat(50), { minLength: 1, maxLength: 12 }),
        ({ kind, text, files }, picks) => {
          const same = reordered(text, [0]);
          const other = reordered(text, picks);
          const [before, after] = [worldOf(kind, same, files), worldOf(kind, other, files)];
          assert.deepEqual(
            told(after.document, after.workspace),
            told(before.document, before.workspace),
            other,
          );
        },
      ),
      { numRuns: 400 },
    );
  });

  it('does not depend on the order in which the files of the workspace were found', () => {
    const inventories = {
      '.muster/inventory.yaml': 'nodes:\n  web[1-3]: { tags: web }\ngroups:\n  front: { nodes: "web[1-3]", vars: { port: 80 } }\n',
      'more.inventory.yaml': 'nodes:\n  web1: { vars: { port: 81 } }\n  db1:\ngroups:\n  back: { nodes: db1 }\n',
      'inner/last.inventory.yaml': 'nodes:\n  db1: { port: 99 }\n  db2:\n',
      '.muster/config.yaml': 'vars: { shared: 1 }\nservices: { shop: { baseUrl: "https://s.example.com" } }\n',
      '.muster/policy.yaml': 'confirmAbove: 1\n',
      'a.task.yaml': 'params: { x: { type: integer, required: true } }\nsteps:\n  - task: ./b.task.yaml\n  - set: { made: 1 }\n',
      'b.task.yaml': 'steps:\n  - run: echo {{ vars.u }} {{ vars.gone }}\n',
      'typo.playbook.yaml': "targets: 'all, nope'\nsteps:\n  - run: x\n",
      'outer.playbook.yaml': 'vars: { given: 1 }\nsteps:\n  - playbook: ./site.playbook.yaml\n',
      [placeOf.playbook]: "targets: all\nvars: { u: 1, w: 2 }\nsteps:\n  - task: ./a.task.yaml\n  - run: echo {{ vars.port }} {{ vars.given }} {{ vars.made }} {{ vars.shared }} {{ vars.prot }}\n  - http: { service: shpo, url: /x }\n",
    }; // prettier-ignore
    const documents = Object.entries(inventories).map(([path, text]) => {
      const uri = canonicalUri(`file:///w/${path}`);
      return documentOf(text, languageOf(uri) ?? '', uri);
    });
    const all = (order: readonly MusterDocument[]): readonly (readonly string[])[] => {
      const workspace = workspaceOf({ files: order.map(indexed), exists: () => true });
      return documents.map((document) => told(document, workspaceFor(document, workspace)));
    };
    const expected = all(documents);
    for (const code of [
      'vars/undefined',
      'SELECTION_UNKNOWN',
      'targets/many',
      'vars/unused',
      'playbook/param',
    ])
      assert.match(expected.flat().join('\n'), new RegExp(code));
    fc.assert(
      fc.property(fc.shuffledSubarray(documents, { minLength: documents.length }), (order) => {
        assert.deepEqual(all(order), expected);
      }),
      { numRuns: 60 },
    );
  });
});
