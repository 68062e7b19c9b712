import { isSecretName } from '../../../core/inventory/write/secrets.ts';
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
    .map((each) => ({ ...scopeOf(each, workspace), occurrence: each }))
    .toSorted((a, b) => a.rank - b.rank);
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

/** By what gives the value: steps, then the playbook, then nodes, then groups, then the task. */
function scopeOf(
  { kinds, path, uri }: Occurrence,
  workspace: Workspace,
): { readonly rank: number; readonly scope: string } {
  if (kinds.includes('register')) return { rank: 0, scope: 'what came of a step' };
  if (path[0] === 'vars') {
    return workspace.document(uri)?.document.languageId === 'muster-task'
      ? { rank: 5, scope: 'task' }
      : { rank: 2, scope: 'playbook' };
  }
  if (path[0] === 'nodes') return { rank: 3, scope: `node ${code(String(path[1]))}` };
  if (path[0] === 'groups') return { rank: 4, scope: `group ${code(String(path[1]))}` };
  return { rank: 1, scope: 'set by a step' };
}

function valueText({ name, kinds, uri, path }: Occurrence, workspace: Workspace): string {
  if (kinds.includes('register')) return '';
  if (isSecretName(name)) return 'not shown';
  const value = workspace.document(uri)?.parsed.writtenAt(path);
  const text = value === undefined ? undefined : JSON.stringify(value);
  return text === undefined ? '' : code(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}
