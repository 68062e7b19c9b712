import type { InlayHint } from 'vscode-languageserver-types';
import { lineAt } from '../cursor/line.ts';
import { kindOf, stepLists } from '../diagnostics/steps.ts';
import type { MusterDocument } from '../document.ts';
import { languageOf } from '../languages.ts';
import { canonicalUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';

/** Kinds of step that take their time themselves; a block or a task only has others that do. */
const timed: ReadonlySet<string> = new Set([
  'run',
  'script',
  'copy',
  'fetch',
  'template',
  'ansible',
  'http',
  'wait',
]);

/** What a playbook and its steps do not write and have anyway: from the playbook, or from the configuration of the workspace. */
export function inheritedHints(opened: MusterDocument, workspace: Workspace): readonly InlayHint[] {
  if (opened.document.languageId !== 'muster-playbook') return [];
  const configured = configuredFor(opened, workspace);
  return [...concurrencyHint(opened, configured('concurrency')), ...timeouts(opened, configured('timeout'))];
}

/** At the end of each step that has no timeout of its own. */
function timeouts(opened: MusterDocument, configured: string | undefined): readonly InlayHint[] {
  const own = opened.parsed.writtenAt(['timeout']);
  const isOwn = typeof own === 'string';
  const timeout = isOwn ? own : configured;
  if (timeout === undefined) return [];
  const from = isOwn ? 'the playbook' : 'config.yaml';
  return stepLists(opened)
    .flat()
    .flatMap((step): InlayHint[] => {
      const kind = kindOf(step);
      if (kind === undefined || !timed.has(kind) || step.has('timeout')) return [];
      const tooltip = `The timeout of ${from}: this step has none of its own.`;
      return [hintBehind(opened, [...step.path, kind], { label: `timeout ${timeout}`, tooltip })];
    });
}

/** Behind the strategy that leaves it out, else behind the targets. */
function concurrencyHint(opened: MusterDocument, concurrency: string | undefined): readonly InlayHint[] {
  const { parsed } = opened;
  const at = (...path: string[]): unknown => parsed.writtenAt(path);
  if (concurrency === undefined || at('strategy', 'concurrency') !== undefined) return [];
  const key = ['strategy', 'targets'].find((each) => at(each) !== undefined);
  if (key === undefined || at('strategy', 'mode') === 'sequential') return [];
  const tooltip = 'How many nodes at once, from config.yaml: the playbook does not say.';
  return [hintBehind(opened, [key], { label: `${concurrency} at once`, tooltip })];
}

function hintBehind(
  { document, parsed }: MusterDocument,
  path: readonly (string | number)[],
  said: Pick<InlayHint, 'label' | 'tooltip'>,
): InlayHint {
  const { end } = lineAt(document.getText(), parsed.rangeOf(path, 'key').start);
  return { position: document.positionAt(end), paddingLeft: true, ...said };
}

/** What the nearest `.muster/config.yaml` above a playbook says: of playbooks, else of everything. */
function configuredFor(
  { document }: MusterDocument,
  workspace: Workspace,
): (key: 'concurrency' | 'timeout') => string | undefined {
  const own = canonicalUri(document.uri);
  const found = workspace.uris
    .filter((uri) => languageOf(uri) === 'muster-config')
    .filter((uri) => uri.endsWith(file) && own.startsWith(uri.slice(0, -file.length + 1)))
    .toSorted((a, b) => b.length - a.length)[0];
  const parsed = found === undefined ? undefined : workspace.document(found)?.parsed;
  return (key) => {
    const value = parsed?.writtenAt(['actions', 'playbook', key]) ?? parsed?.writtenAt(['defaults', key]);
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
}

const file = '/.muster/config.yaml';
