import type { MusterDocument } from '../document.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import { code, codeLines, plain } from '../markdown.ts';
import { nameOf, relativePath } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import { describeWay } from './connection.ts';
import { describeGroup, describeNode, describeTag } from './names.ts';
import { shownValue } from './value.ts';
import { describeVariable } from './variable.ts';

/** What a name in a file stands for, wherever it is declared; undefined where nothing is known of it. */
export function describeSymbol(occurrence: Occurrence, workspace: Workspace): string | undefined {
  for (const kind of occurrence.kinds) {
    const text = describeKind(kind, occurrence, workspace);
    if (text !== undefined) return text;
  }
  return undefined;
}

function describeKind(
  kind: Occurrence['kinds'][number],
  occurrence: Occurrence,
  workspace: Workspace,
): string | undefined {
  const { name } = occurrence;
  const { inventory } = workspace;
  switch (kind) {
    case 'node': {
      const node = inventory.nodes.get(name);
      return (
        node && [describeNode(node, inventory), ...describeWay(name, occurrence.uri, workspace)].join('\n\n')
      );
    }
    case 'group':
      return describeGroup(name, inventory);
    case 'tag':
      return describeTag(name, inventory);
    case 'var':
    case 'register':
      return describeVariable(occurrence, workspace);
    case 'param':
      return declared(occurrence, workspace, paramText);
    case 'secret':
      return declared(occurrence, workspace, secretText);
    case 'step':
    case 'handler':
      return stepText(kind, occurrence, workspace);
    case 'file':
      return fileText(occurrence, workspace);
    case 'service':
      return declared(occurrence, workspace, serviceText);
    case 'title':
      return undefined;
  }
  return undefined;
}

type Written = Readonly<Record<string, unknown>>;

function declared(
  { kinds, name, scope }: Occurrence,
  workspace: Workspace,
  text: (name: string, written: Written) => string,
): string | undefined {
  const [declaration] = workspace.symbols.declarations({ kinds, name, scope });
  const document = declaration && workspace.document(scope ?? declaration.uri);
  return document && text(name, mapAt(document, declaration.path));
}

function mapAt(document: MusterDocument, path: Occurrence['path']): Written {
  const written = document.parsed.writtenAt(path);
  return typeof written === 'object' && written !== null ? (written as Written) : {};
}

function paramText(
  name: string,
  { type, required, default: value, description, sensitive }: Written,
): string {
  return [
    `**Parameter ${plain(name)}** (${code(typeof type === 'string' ? type : 'string')}${required === true ? ', required' : ''})`,
    ...(typeof description === 'string' ? [plain(description)] : []),
    ...(value === undefined
      ? []
      : [`Default: ${sensitive === true ? 'a secret, not shown' : shownValue(name, value)}`]),
  ].join('\n\n');
}

/** Where a secret is, never what it is. */
function secretText(name: string, { env, age }: Written): string {
  const place =
    typeof env === 'string'
      ? `from the variable ${code(env)} of the environment`
      : typeof age === 'string'
        ? `from the encrypted file ${code(age)}`
        : 'asked for';
  return `**Secret ${plain(name)}**: ${place}. It is never shown.`;
}

function serviceText(name: string, { url }: Written): string {
  return `**Service ${plain(name)}**${typeof url === 'string' ? ` ${code(url)}` : ''}`;
}

/** What a step does, and which others wait for it or notify it. */
function stepText(
  kind: 'step' | 'handler',
  { name, scope }: Occurrence,
  workspace: Workspace,
): string | undefined {
  const query = { kinds: [kind], name, scope };
  const [declaration] = workspace.symbols.declarations(query);
  const document = declaration && workspace.document(scope ?? declaration.uri);
  if (!document) return undefined;
  const stepOf = (path: Occurrence['path'], key: string): Written =>
    mapAt(document, path.slice(0, path.lastIndexOf(key)));
  const { name: title, run, sensitive } = stepOf(declaration.path, 'id');
  const users = workspace.symbols.references(query).flatMap(({ path }) => {
    const key = path.includes('needs') ? 'needs' : path.includes('notify') ? 'notify' : undefined;
    if (key === undefined) return [];
    const { id, name: named } = stepOf(path, key);
    const title = [id, named].find((each) => typeof each === 'string');
    return [title ?? `step ${Number(path[path.lastIndexOf(key) - 1]) + 1}`];
  });
  const needed = kind === 'step' ? 'Needed by' : 'Notified by';
  return [
    `**${kind === 'step' ? 'Step' : 'Handler'} ${plain(name)}**`,
    ...(typeof title === 'string' ? [plain(title)] : []),
    ...(typeof run === 'string' && sensitive !== true ? [codeLines(run)] : []),
    ...(users.length === 0 ? [] : [`${needed}: ${code([...new Set(users)].join(', '))}`]),
  ].join('\n\n');
}

function fileText({ name: uri, uri: from }: Occurrence, workspace: Workspace): string | undefined {
  const document = workspace.document(uri);
  const exists = document ? true : workspace.exists(uri);
  if (exists === undefined) return undefined;
  const path = code(relativePath(from, uri));
  if (!exists) return `There is no ${path}.`;
  const { name, description } = document ? mapAt(document, []) : {};
  return [
    `**${plain(typeof name === 'string' ? name : nameOf(uri))}** ${path}`,
    ...(typeof description === 'string' ? [plain(description)] : []),
  ].join('\n\n');
}
