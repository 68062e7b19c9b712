import type { At, Refactoring } from './refactoring.ts';
import { CodeActionKind } from 'vscode-languageserver-types';
import type { MusterDocument } from '../document.ts';
import { change, insertion, isFlow, lineStart, removal } from '../edit/entries.ts';
import { stepAround } from '../facts.ts';
import { tabsRepair } from '../diagnostics/repairs.ts';
import { resolveUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { sortedStep } from './sortKeys.ts';
import { extractedValue, inlinedVariable } from './values.ts';

type Asked = {
  readonly document: MusterDocument;
  readonly workspace: Workspace;
  readonly range: { readonly start: { readonly line: number; readonly character: number } };
};

/** Other ways to write what is at a place. */
export function refactorings({ document, workspace, range }: Asked): readonly Refactoring[] {
  const text = document.document.getText();
  const hasTabs =
    /^[ \t]*\t/m.test(text) && document.problems.some(({ code }) => code === 'yaml/tab-as-indent');
  const tabs = hasTabs ? [{ ...tabsRepair(document), kind: CodeActionKind.Source }] : [];
  const found = document.parsed.pathAt(document.document.offsetAt(range.start));
  const { languageId } = document.document;
  if (!found || document.damage.places.length > 0) return tabs;
  if (languageId !== 'muster-playbook' && languageId !== 'muster-task') return tabs;
  const at: At = { document, path: found.path, step: stepAround(found.path) };
  return [
    ...tabs,
    ...blockScalar(at),
    ...scriptFile(at, workspace),
    ...timeout(at),
    ...sortedStep(at),
    ...extractedValue(at),
    ...inlinedVariable(at),
  ];
}

/** `run: a && b` as a text below `|`, where there is room for more lines. */
function blockScalar({ document, path, step }: At): readonly Refactoring[] {
  if (step === undefined || path.length !== step.length + 1 || path.at(-1) !== 'run') return [];
  const written = document.parsed.writtenAt(path);
  const text = document.document.getText();
  const { start, end } = document.parsed.rangeOf(path, 'value');
  if (typeof written !== 'string' || /[|>]/.test(text[start] ?? '') || isFlow(document, step)) return [];
  if (/^\s|\n/.test(written)) return [];
  const key = document.parsed.rangeOf(path, 'key').start;
  const indent = ' '.repeat(key - lineStart(text, key) + 2);
  const edits = [change(document, { start, end }, `|\n${indent}${written}`)];
  return [{ title: 'Write the command below |', kind: CodeActionKind.RefactorRewrite, edits }];
}

/** Nothing is put into the text of a script, so that only a command without `{{ }}` can become one. */
function scriptFile({ document, path, step }: At, workspace: Workspace): readonly Refactoring[] {
  if (step === undefined || path.length !== step.length + 1 || path.at(-1) !== 'run') return [];
  const { parsed } = document;
  const written = parsed.writtenAt(path);
  if (typeof written !== 'string' || written.includes('{{')) return [];
  const id = parsed.writtenAt([...step, 'id']);
  const shell = parsed.writtenAt([...step, 'shell']);
  if (shell === 'pwsh') return [];
  const name = freeName(typeof id === 'string' ? id : 'step', document, workspace);
  const uri = name === undefined ? undefined : resolveUri(document.document.uri, name);
  if (name === undefined || uri === undefined) return [];
  const first = `#!/usr/bin/env ${typeof shell === 'string' ? shell : 'sh'}\n`;
  const { start } = parsed.rangeOf(path, 'key');
  const { end } = parsed.rangeOf(path, 'value');
  const text = document.document.getText();
  const isEnded = text[end - 1] === '\n' ? '\n' : '';
  const edits = [change(document, { start, end }, `script: ${name}${isEnded}`)];
  return [
    {
      title: `Move the command into ${name}`,
      kind: CodeActionKind.RefactorExtract,
      edits: typeof shell === 'string' ? [...edits, removal(document, [...step, 'shell'])] : edits,
      creates: { [uri]: `${first}${written.trimEnd()}\n` },
    },
  ];
}

/** Names that are tried for a new file. */
const mostNames = 20;

function freeName(id: string, { document }: MusterDocument, workspace: Workspace): string | undefined {
  for (let turn = 1; turn <= mostNames; turn += 1) {
    const name = `./${id}${turn === 1 ? '' : turn}.sh`;
    const uri = resolveUri(document.uri, name);
    if (uri !== undefined && workspace.exists(uri) !== true) return name;
  }
  return undefined;
}

/** A limit of its own, where the step has none: that of the playbook, or the default, is what it starts from. */
function timeout({ document, step }: At): readonly Refactoring[] {
  if (step === undefined) return [];
  const { parsed } = document;
  const written = parsed.writtenAt(step);
  if (typeof written !== 'object' || written === null || 'timeout' in written || 'block' in written)
    return [];
  const general = parsed.writtenAt(['timeout']);
  const value = typeof general === 'string' || typeof general === 'number' ? String(general) : '300s';
  const edits = [insertion(document, step, ['timeout', value])];
  return [{ title: 'Write a timeout for the step', kind: CodeActionKind.RefactorRewrite, edits }];
}
