import { type VarLayer, varLayers } from '../../../core/playbook/varLayers.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import { languageOf } from '../languages.ts';
import { code, plain } from '../markdown.ts';
import { relativePath } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { shownValue } from './value.ts';

/** Places of one variable in a hover. */
const most = 12;

/** What a variable is in each place that gives it a value, the strongest first, with a link to each. */
export function describeVariable({ name, uri }: Occurrence, workspace: Workspace): string | undefined {
  const found = workspace.symbols
    .declarations({ kinds: ['var', 'register'], name })
    .filter((each) => each.uri === uri || isOfInventory(each) || isOfConfiguration(each))
    .map((each) => ({ ...placeOf(each, workspace), occurrence: each }))
    .toSorted((a, b) => strength(b) - strength(a));
  if (found.length === 0) return undefined;
  const rows = found.slice(0, most).map(({ scope, occurrence }) => {
    const { range } = occurrence;
    const line = range.start.line + 1;
    const link = `[${plain(relativePath(uri, occurrence.uri))}:${line}](${occurrence.uri}#L${line})`;
    const value = valueText(occurrence, workspace);
    return `- ${scope}${value === '' ? '' : `: ${value}`} ${link}`;
  });
  const rest = found.length > most ? [`and ${found.length - most} more places`] : [];
  const order = found.length > 1 ? ['What stands above wins.'] : [];
  return [`**Variable ${plain(name)}**`, [...rows, ...rest].join('\n'), ...order].join('\n\n');
}

function isOfInventory({ path }: Occurrence): boolean {
  return path.length === 4 && (path[0] === 'nodes' || path[0] === 'groups');
}

/** What configurations of the workspace give to all playbooks. */
function isOfConfiguration({ path, uri }: Occurrence): boolean {
  return path.length === 2 && path[0] === 'vars' && languageOf(uri) === 'muster-config';
}

/** What gives a variable a value, and what a person calls that. */
type Place = { readonly layer: VarLayer; readonly scope: string };

function placeOf(occurrence: Occurrence, workspace: Workspace): Place {
  const { kinds, path, uri } = occurrence;
  if (kinds.includes('register'))
    return { layer: 'kept', scope: `what came of ${stepOf(occurrence, workspace)}` };
  if (isOfConfiguration(occurrence)) return { layer: 'configuration', scope: 'configuration' };
  if (path[0] === 'vars') {
    return workspace.document(uri)?.document.languageId === 'muster-task'
      ? { layer: 'task', scope: 'task' }
      : { layer: 'playbook', scope: 'playbook' };
  }
  if (path[0] === 'nodes') return { layer: 'inventory', scope: `node ${code(String(path[1]))}` };
  if (path[0] === 'groups') return { layer: 'inventory', scope: `group ${code(String(path[1]))}` };
  return { layer: 'kept', scope: 'set by a step' };
}

/** The step that keeps a variable, as people call it. */
function stepOf({ path, uri }: Occurrence, workspace: Workspace): string {
  const step = path.slice(0, -1);
  const parsed = workspace.document(uri)?.parsed;
  const named = ['id', 'name', 'run'].map((key) => parsed?.writtenAt([...step, key]));
  const name = named.find((each) => typeof each === 'string');
  return typeof name === 'string' ? `step ${code(name)}` : 'a step';
}

/** Within an inventory a node is stronger than its groups. */
function strength({ layer, occurrence }: Place & { readonly occurrence: Occurrence }): number {
  return varLayers.indexOf(layer) + (occurrence.path[0] === 'nodes' ? 0.5 : 0);
}

function valueText({ name, kinds, uri, path }: Occurrence, workspace: Workspace): string {
  if (kinds.includes('register')) return '';
  return shownValue(name, workspace.document(uri)?.parsed.writtenAt(path));
}
