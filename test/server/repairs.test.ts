import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CodeAction } from 'vscode-languageserver-types';
import { codeActions, editOf, fixAllKind } from '../../server/service/actions/codeActions.ts';
import { told } from '../../server/service/diagnostics/diagnose.ts';
import type { Finding } from '../../server/service/diagnostics/finding.ts';
import { findingsOf } from '../../server/service/diagnostics/findings.ts';
import type { FileKind } from '../../server/service/rules/rule.ts';
import { rules } from '../../server/service/rules/rules.ts';
import { root as repository } from '../house/repository.ts';
import { placeOf, worldOf } from './world.ts';

/** Files of a workspace by their paths. */
type Files = Readonly<Record<string, string>>;
type Sample = { readonly kind: FileKind; readonly files: Files };

const root = 'file:///w/';

function findingsIn({ kind, files }: Sample): readonly Finding[] {
  const { document, workspace } = worldOf(kind, files[placeOf[kind]] ?? '', files);
  return findingsOf(document, workspace);
}

/** What there is after somebody took an action. */
function taken({ kind, files }: Sample, edit: CodeAction['edit']): Sample {
  const after: Record<string, string> = { ...files };
  for (const change of edit?.documentChanges ?? []) {
    const uri = 'edits' in change ? change.textDocument.uri : 'uri' in change ? change.uri : '';
    const name = uri.slice(root.length);
    const before = TextDocument.create(uri, 'x', 1, after[name] ?? '');
    after[name] =
      'edits' in change ? TextDocument.applyEdits(before, change.edits as never) : before.getText();
  }
  return { kind, files: after };
}

/** How many of each code there are. */
function counted(findings: readonly Finding[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

function newIn(after: readonly Finding[], before: readonly Finding[]): readonly string[] {
  const [was, is] = [counted(before), counted(after)];
  return after
    .filter(({ code }) => (is.get(code) ?? 0) > (was.get(code) ?? 0))
    .map(({ code, message }) => `${code}: ${message}`);
}

const samples = rules.flatMap(({ code, example }) => {
  if (!example) return [];
  const { kind, bad, good, files = {} } = example;
  const with_ = (text: string): Sample => ({ kind, files: { ...files, [placeOf[kind]]: text } });
  return [{ code, bad: with_(bad), good: with_(good) }];
});

/** What a repair can not know: the person who takes it has to say it next, and is told so. */
const toBeSaid: Readonly<Record<string, string>> = {
  'Write "steps"': 'schema/type',
  'Write "run"': 'schema/type',
  'Write "fornt" under "groups"': 'inventory/empty-group',
  // What was no key before is one now, and may be misspelt.
  'Write a colon': 'schema/unknown-key',
  // The node that was in no group before is no less so.
  'Write "wbe1" under "nodes"': 'inventory/ungrouped',
};

describe('a repair', () => {
  for (const { code, bad } of samples) {
    const before = findingsIn(bad);
    for (const finding of before)
      for (const repair of finding.repairs ?? [])
        it(`“${repair.title}” mends ${finding.code}, and nothing else is wrong then (${code})`, () => {
          const { document } = worldOf(bad.kind, bad.files[placeOf[bad.kind]] ?? '', bad.files);
          const after = taken(bad, editOf(repair, document));
          const now = findingsIn(after);
          const shown = JSON.stringify(after.files);
          const ofCode = (all: readonly Finding[]): number => counted(all).get(finding.code) ?? 0;
          assert.ok(ofCode(now) < ofCode(before), shown);
          const more = newIn(now, before).filter(
            (each) => !each.startsWith(`${toBeSaid[repair.title] ?? '-'}:`),
          );
          assert.deepEqual(more, [], shown);
        });
  }
});

/** Everything that is offered anywhere in a file. */
function offersIn({ kind, files }: Sample, only: readonly string[]): readonly CodeAction[] {
  const text = files[placeOf[kind]] ?? '';
  const { document, workspace } = worldOf(kind, text, files);
  const all = told(document, findingsOf(document, workspace), new Map());
  const found = new Map<string, CodeAction>();
  for (let offset = 0; offset <= text.length; offset += 1) {
    const position = document.document.positionAt(offset);
    const range = { start: position, end: position };
    for (const action of codeActions({ document, workspace, told: all, range, only }))
      found.set(JSON.stringify(action.edit), action);
  }
  return [...found.values()];
}

describe('mending all that has one way to be mended', () => {
  for (const { code, bad } of samples)
    for (const action of offersIn(bad, [fixAllKind]))
      it(`leaves nothing of ${code} that it could mend`, () => {
        const again = taken(bad, action.edit);
        const text = again.files[placeOf[again.kind]] ?? '';
        assert.notEqual(text, bad.files[placeOf[bad.kind]]);
        const next = offersIn(again, [fixAllKind])[0];
        // A key that is one only now may be misspelt; the second time mends that.
        if (next) assert.deepEqual(offersIn(taken(again, next.edit), [fixAllKind]), [], text);
      });
});

const examples = readdirSync(join(repository, 'examples'))
  .filter((name) => name.endsWith('.playbook.yaml'))
  .map((name): Sample & { readonly name: string } => {
    const read = (file: string): string => readFileSync(join(repository, 'examples', file), 'utf8');
    const files = { 'inventory.yaml': read('inventory.yaml'), [placeOf.playbook]: read(name) };
    return { name, kind: 'playbook', files };
  });

describe('another way to write something', () => {
  const all = [...samples.map(({ code, good }) => ({ name: code, ...good })), ...examples];
  for (const { name, ...sample } of all)
    it(`says nothing that is wrong: ${name}`, () => {
      const before = findingsIn(sample);
      for (const action of offersIn(sample, ['refactor'])) {
        const after = taken(sample, action.edit);
        const text = after.files[placeOf[sample.kind]] ?? '';
        assert.deepEqual(newIn(findingsIn(after), before), [], `${action.title}\n${text}`);
      }
    });
});
