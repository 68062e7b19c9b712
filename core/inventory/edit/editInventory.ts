import type { Result } from '../../util/errors.ts';
import { errorsIn, formatProblem, hasErrors } from '../../util/problem.ts';
import { parseMuster } from '../muster/parseMuster.ts';
import type { InventoryPart } from '../part.ts';
import type { Edited, EditQuery, TextEdit } from './editQuery.ts';
import { addToGroup, removeFromGroup } from './groupEdits.ts';
import type { Edits } from './listEdits.ts';
import { changed, commentsOf, meaningOf } from './meaning.ts';
import { membershipIn } from './membership.ts';
import { refusalOf, refuse } from './refusals.ts';
import { addOwnTag, addSharedTag, removeTag } from './tagEdits.ts';
import { applyEdits, trimEdit } from './textEdits.ts';
import { type Source, sourceOf } from './yamlTree.ts';

/**
 * The edits that change tags or groups in the text of an `inventory.yaml`; none where all is so already. Its comments,
 * order and form stay. What has to be taken away is taken from the nodes that have it. What they make of the text is read again: unless that is exactly the change, nothing is changed.
 */
export function editInventory(asked: EditQuery): Result<Edited> {
  const { path, text } = asked;
  const part = partOf(asked, text);
  const error = errorsIn(part.problems)[0];
  if (error) return refuse(`${formatProblem(error)} Mend the file first.`);
  const membership = membershipIn(part);
  const query = { ...asked, change: { ...asked.change, nodes: havingOf(asked.change, part) } };
  const refusal = refusalOf({ query, part, membership });
  if (refusal) return refusal;
  const change = { ...query.change, nodes: concernedBy(query.change, part) };
  if (change.nodes.length === 0) return { ok: true, value: { edits: [], nodes: [] } };
  for (const planned of ways(sourceOf(text), change)) {
    const edits = planned()?.flatMap((edit) => trimEdit(text, edit) ?? []);
    if (!edits || !means(edits, { ...query, change }, part)) continue;
    return { ok: true, value: { edits: edits.toSorted((a, b) => a.start - b.start), nodes: change.nodes } };
  }
  return refuse(`${path} is written in a way that can not be changed from here. Change it in the file.`);
}

/** How a change can be made, the best first. An entry that an alias repeats elsewhere is no place for a tag. */
function ways(source: Source, { type, name, nodes }: EditQuery['change']): readonly (() => Edits)[] {
  switch (type) {
    case 'add-tag':
      return [
        () => addOwnTag(source, { tag: name, nodes }),
        () => addSharedTag(source, { tag: name, nodes }),
      ];
    case 'remove-tag':
      return [() => removeTag(source, { tag: name, nodes })];
    case 'add-to-group':
      return [() => addToGroup(source, { group: name, nodes })];
    case 'remove-from-group':
      return [() => removeFromGroup(source, { group: name, nodes })];
  }
}

/** Of nodes that are to lose something those that the file itself gives it to; all, where it gives it to none. */
function havingOf({ type, name, nodes }: EditQuery['change'], part: InventoryPart): readonly string[] {
  if (type !== 'remove-tag' && type !== 'remove-from-group') return nodes;
  const own =
    type === 'remove-tag'
      ? part.nodes.filter(({ tags }) => tags.some(({ value }) => value === name)).map((node) => node.name)
      : part.groups.flatMap((group) => (group.name === name ? group.nodes : []));
  const having = new Set(own);
  const concerned = nodes.filter((node) => having.has(node));
  return concerned.length === 0 ? nodes : concerned;
}

/** The nodes for which something changes. */
function concernedBy({ type, name, nodes }: EditQuery['change'], part: InventoryPart): string[] {
  const unique = [...new Set(nodes)];
  const { wayTo } = membershipIn(part);
  if (type === 'add-to-group') return unique.filter((node) => !wayTo(name, node));
  if (type !== 'add-tag') return unique;
  const tagging = part.groups.filter(({ tags }) => tags.some(({ value }) => value === name));
  const byName = new Map(part.nodes.map((node) => [node.name, node]));
  return unique.filter((node) => {
    const isOwn = byName.get(node)?.tags.some(({ value }) => value === name) === true;
    return !isOwn && !tagging.some((group) => wayTo(group.name, node));
  });
}

/** Whether the text after the edits has no error, says what it has to say and nothing else, and has every comment. */
function means(edits: readonly TextEdit[], query: EditQuery, before: InventoryPart): boolean {
  const text = applyEdits(query.text, edits);
  const after = partOf(query, text);
  if (hasErrors(after.problems)) return false;
  if (meaningOf(after) !== meaningOf(changed(before, query.change))) return false;
  const comments = commentsOf(text);
  const left = new Map<string, number>();
  for (const comment of comments) left.set(comment, (left.get(comment) ?? 0) + 1);
  return commentsOf(query.text).every((comment) => {
    const count = left.get(comment) ?? 0;
    left.set(comment, count - 1);
    return count > 0;
  });
}

function partOf({ path }: EditQuery, text: string): InventoryPart {
  return parseMuster(text, { source: path, resolvePath: (inner) => inner }).part;
}
