import { isSecretName } from '../../../core/inventory/write/secrets.ts';
import { type VarLayer, varLayers } from '../../../core/playbook/varLayers.ts';
import type { Occurrence } from '../facts.ts';
import { code, plain } from '../markdown.ts';
import { relativePath } from '../uris.ts';
import type { Workspace } from '../workspace.ts';

/** Places of one variable in a hover. */
const most = 12;

/** What a variable is in each place that gives it a value, the strongest first, with a link to each. */
export function describeVariable({ name, uri }: Occurrence, workspace: Workspace): string | undefined {
  const found = workspace.symbols
    .declarations({ kinds: ['var', 'register'], name })
    .filter((each) => each.uri === uri || isOfInventory(each))
    .map((each) => ({ ...placeOf(each, workspace), occurrence: each }))
    .toSorted((a, b) => strength(b) - strength(a));
  if (found.length === 0) return undefined;
  const rows = found.slice(0, most).map(({ scope, occurrence }) => {
    const { range } = occurrence;
    const line = range.start.line + 1;
    const link = `[${plain(relativePath(uri, occurrence.uri))}:${line}](${occurrence.uri}#L${line})`;
    return `- ${scope}: ${valueText(occurrence, workspace)} ${link}`;
  });
  const rest = found.length > most ? [`and ${found.length - most} more places`] : [];
  const order = found.length > 1 ? ['What stands above wins.'] : [];
  return [`**Variable ${plain(name)}**`, [...rows, ...rest].join('\n'), ...order].join('\n\n');
}

function isOfInventory({ path }: Occurrence): boolean {
  return path.length === 4 && (path[0] === 'nodes' || path[0] === 'groups');
}

/** What gives a variable a value, and what a person calls that. */
type Place = { readonly layer: VarLayer; readonly scope: string };

function placeOf({ kinds, path, uri }: Occurrence, workspace: Workspace): Place {
  if (kinds.includes('register')) return { layer: 'kept', scope: 'what came of a step' };
  if (path[0] === 'vars') {
    return workspace.document(uri)?.document.languageId === 'muster-task'
      ? { layer: 'task', scope: 'task' }
      : { layer: 'playbook', scope: 'playbook' };
  }
  if (path[0] === 'nodes') return { layer: 'inventory', scope: `node ${code(String(path[1]))}` };
  if (path[0] === 'groups') return { layer: 'inventory', scope: `group ${code(String(path[1]))}` };
  return { layer: 'kept', scope: 'set by a step' };
}

/** Within an inventory a node is stronger than its groups. */
function strength({ layer, occurrence }: Place & { readonly occurrence: Occurrence }): number {
  return varLayers.indexOf(layer) + (occurrence.path[0] === 'nodes' ? 0.5 : 0);
}

function valueText({ name, kinds, uri, path }: Occurrence, workspace: Workspace): string {
  if (kinds.includes('register')) return '';
  if (isSecretName(name)) return 'not shown';
  const value = workspace.document(uri)?.parsed.writtenAt(path);
  const text = value === undefined ? undefined : JSON.stringify(value);
  return text === undefined ? '' : code(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
