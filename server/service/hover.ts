import type { Hover, Position } from 'vscode-languageserver-types';
import { MarkupKind } from 'vscode-languageserver-types';
import type { InventoryNode } from '../../core/inventory/model.ts';
import type { KeyDocs } from '../../core/schema/docs.ts';
import { docsOfKeys } from '../../core/schema/docs.ts';
import type { Referent } from '../../core/schema/role.ts';
import { shapesAt, shapesOf } from '../../core/schema/shape.ts';
import { expandNames, foldNames } from '../../core/selection/nodeset.ts';
import type { MusterDocument } from './document.ts';
import { rangeOf } from './document.ts';
import { code, plain } from './markdown.ts';
import { wordAt } from './word.ts';

/** Names in one hover; folding keeps most groups far below. */
const mostNames = 100_000;

/** What a key means, which nodes a group or range stands for, how a node is reached. */
export function hover(inventory: MusterDocument, position: Position): Hover | undefined {
  const offset = inventory.document.offsetAt(position);
  const found = inventory.parsed.pathAt(offset);
  const key = found?.path.at(-1);
  if (!found || key === undefined) return undefined;
  const range = inventory.parsed.rangeOf(found.path, found.part);
  const shapes = shapesOf(inventory.schema);
  if (found.part === 'key') {
    const docs = docsOfKeys(shapesAt(shapes, found.path.slice(0, -1))).find((each) => each.key === key);
    const text = docs ? describeKey(docs) : describeName(inventory, definedAt(found.path), String(key));
    return text === undefined ? undefined : markdown(text, rangeOf(inventory.document, range));
  }
  const word = wordAt(inventory.document.getText(), offset);
  const refers = shapesAt(shapes, found.path).flatMap((shape) =>
    shape.kind === 'text' ? (shape.refers ?? []) : [],
  );
  const text = refers
    .map((referent) => describeName(inventory, referent, word.text))
    .find((each) => each !== undefined);
  return text === undefined ? undefined : markdown(text, rangeOf(inventory.document, { ...range, ...word }));
}

function definedAt(path: readonly (string | number)[]): Referent | undefined {
  if (path.length !== 2) return undefined;
  if (path[0] === 'nodes') return 'node';
  return path[0] === 'groups' ? 'group' : undefined;
}

function describeKey({ title, description, examples }: KeyDocs): string {
  const shown = examples.map((example) => code(JSON.stringify(example))).join(', ');
  return [`**${title}**`, description, ...(shown === '' ? [] : [`Example: ${shown}`])].join('\n\n');
}

function describeName(
  { index }: MusterDocument,
  referent: Referent | undefined,
  text: string,
): string | undefined {
  if (referent === 'group' && index.groups.has(text))
    return describeSet(`Group ${plain(text)}`, index.members(text));
  if (referent === 'tag' && index.tags.has(text))
    return describeSet(`Tag ${plain(text)}`, index.tags.get(text) ?? []);
  if (referent !== 'node') return undefined;
  const { names } = expandNames(text, mostNames);
  const [only] = names;
  const node = names.length === 1 && only !== undefined ? index.nodes.get(only) : undefined;
  if (node) return describeNode(node);
  return names.length > 1 ? describeSet('Nodes', names) : undefined;
}

function describeSet(title: string, names: readonly string[]): string {
  const count = names.length === 1 ? '1 node' : `${names.length} nodes`;
  return names.length === 0
    ? `**${title}**: no nodes`
    : `**${title}**: ${count}\n\n${code(foldNames(names))}`;
}

function describeNode({ name, connection, tags }: InventoryNode): string {
  const { transport, user, host, port, jump, cwd } = connection;
  const account = user === undefined ? host : `${user}@${host}`;
  const address = transport === 'local' ? `local, in ${cwd ?? '.'}` : `${transport} ${account}:${port}`;
  const via = jump.length === 0 ? '' : ` via ${jump.join(', ')}`;
  const labels = tags.length === 0 ? [] : [`Tags: ${code(tags.join(', '))}`];
  return [`**Node ${plain(name)}**`, code(address + via), ...labels].join('\n\n');
}

function markdown(value: string, range: NonNullable<Hover['range']>): Hover {
  return { contents: { kind: MarkupKind.Markdown, value }, range };
}
