import { foldForDisplay } from '../../selection/nodeset.ts';
import type { ErrorCode, Result } from '../../util/errors.ts';
import { sentenceOf } from '../../util/problem.ts';
import { nameProblem } from '../address.ts';
import type { InventoryPart } from '../part.ts';
import type { EditQuery } from './editQuery.ts';
import type { Membership } from './membership.ts';

export type Refused = Extract<Result<never>, { ok: false }>;

type Checked = { readonly query: EditQuery; readonly part: InventoryPart; readonly membership: Membership };

export function refuse(message: string, code: ErrorCode = 'INPUT_INVALID'): Refused {
  return { ok: false, error: { code, message } };
}

/** Why a change can not be made in this file. */
export function refusalOf(checked: Checked): Refused | undefined {
  const { type, name } = checked.query.change;
  const isNew = type === 'add-tag' || type === 'add-to-group';
  const finding = isNew ? nameProblem(name) : undefined;
  if (finding) return refuse(sentenceOf(finding), 'USAGE');
  switch (type) {
    case 'add-tag':
      return unknownNodes(checked);
    case 'remove-tag':
      return unknownNodes(checked) ?? tagOfGroup(checked) ?? tagOfOthers(checked);
    case 'add-to-group':
      // Nodes of other sources may be members where the file names other sources.
      return checked.part.sources.length > 0 ? undefined : unknownNodes(checked);
    case 'remove-from-group':
      return groupOfOthers(checked) ?? inInnerGroup(checked) ?? notInGroup(checked);
  }
}

function unknownNodes({ query, part }: Checked): Refused | undefined {
  const known = new Set(part.nodes.map(({ name }) => name));
  const unknown = query.change.nodes.filter((name) => !known.has(name));
  if (unknown.length === 0) return undefined;
  const where = 'If another source has it, change it there.';
  return refuse(`${foldForDisplay(unknown)} is not in ${query.path}. ${where}`, 'NOT_FOUND');
}

function tagOfGroup({ query, part, membership }: Checked): Refused | undefined {
  const { name, nodes } = query.change;
  const tagging = part.groups.filter(({ tags }) => tags.some(({ value }) => value === name));
  for (const group of tagging) {
    const having = nodes.filter((node) => membership.wayTo(group.name, node));
    if (having.length === 0) continue;
    return refuse(
      `${foldForDisplay(having)} has the tag "${name}" from the group "${group.name}". ` +
        'Take it out of the group, or the tag off the group.',
    );
  }
  return undefined;
}

function tagOfOthers({ query, part }: Checked): Refused | undefined {
  const { name, nodes } = query.change;
  const tagged = new Set(
    part.nodes.filter(({ tags }) => tags.some(({ value }) => value === name)).map((node) => node.name),
  );
  const missing = nodes.filter((node) => !tagged.has(node));
  if (missing.length === 0) return undefined;
  return refuse(
    `${query.path} does not give ${foldForDisplay(missing)} the tag "${name}". ` +
      'If it has the tag, that comes from another source: change it there.',
    'NOT_FOUND',
  );
}

function groupOfOthers({ query, part }: Checked): Refused | undefined {
  const { name } = query.change;
  if (part.groups.some((group) => group.name === name)) return undefined;
  return refuse(
    `There is no group "${name}" in ${query.path}. If another source has it, change it there.`,
    'NOT_FOUND',
  );
}

function inInnerGroup({ query, membership }: Checked): Refused | undefined {
  const { name, nodes } = query.change;
  for (const node of nodes) {
    const way = membership.wayTo(name, node, 'inner');
    if (!way) continue;
    const inner = way.at(-1) ?? '';
    return refuse(`${node} is in "${name}" by ${[...way, node].join(' → ')}. Take it out of "${inner}".`);
  }
  return undefined;
}

function notInGroup({ query, membership }: Checked): Refused | undefined {
  const { name, nodes } = query.change;
  const missing = nodes.filter((node) => !membership.wayTo(name, node));
  if (missing.length === 0) return undefined;
  return refuse(
    `${foldForDisplay(missing)} is not in the group "${name}" of ${query.path}. ` +
      'If another source puts it there, change it there.',
    'NOT_FOUND',
  );
}
