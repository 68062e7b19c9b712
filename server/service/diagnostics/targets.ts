import type { Range } from 'vscode-languageserver-types';
import type { Problem } from '../../../core/util/problem.ts';
import { sentenceOf } from '../../../core/util/problem.ts';
import { nearest } from '../../../core/util/nearest.ts';
import { nearestNode } from '../../../core/util/nearestNode.ts';
import { resolveSelection } from '../../../core/selection/resolve.ts';
import type { Link, Selection } from '../../../core/selection/selection.ts';
import { canonicalUri } from '../uris.ts';
import type { MusterDocument } from '../document.ts';
import { insertionBelow } from '../edit/entries.ts';
import { rangeInside } from '../facts/place.ts';
import type { Workspace } from '../workspace.ts';
import type { Finding, Repair } from './finding.ts';
import type { Subject } from './subject.ts';

/** Whether `targets` of a playbook means nodes that there are, and as many as was probably meant. */
export function* targetFindings(subject: Subject): Iterable<Finding> {
  const { chosen, workspace } = subject;
  const { text, selection, nodes, problems } = chosen;
  if (text === undefined || !selection) return;
  const range = (place: { start: number; end: number }): Range =>
    rangeInside(subject.document, { path: ['targets'], part: 'value', value: text }, place);
  const whole = range({ start: 0, end: text.length });
  if (workspace.inventory.nodes.size === 0) {
    const isIndexed = workspace.isRead && workspace.uris.length > 0;
    if (isIndexed && namesSomething(selection) && !hasInventory(workspace)) yield noInventory(whole);
    return;
  }
  for (const problem of problems) {
    if (problem.code === 'SELECTION_SOURCE_MISSING') continue;
    const place = problem.range ?? { start: 0, end: text.length };
    yield selectionFinding(problem, range(place), subject);
  }
  if (!nodes || !workspace.isClosed) return;
  const hidden = [...shadowed(selection, subject, range)];
  for (const finding of hidden)
    yield nodes.length > 0 ? finding : { ...finding, message: `No node is left. ${finding.message}` };
  if (nodes.length === 0 && hidden.length === 0) {
    const message =
      'This stands for no node. Look at what is excluded, or at the groups and tags of the inventory.';
    yield { code: 'targets/empty', message, range: whole };
  }
  yield* manyNodes(nodes.length, whole, subject);
}

function selectionFinding(problem: Problem, range: Range, { document, workspace }: Subject): Finding {
  const isName = problem.code === 'SELECTION_UNKNOWN';
  return {
    code: problem.code,
    // A name may be that of a node that only a source knows which was not read here.
    level: isName && !workspace.isClosed ? 'hint' : problem.severity,
    message: sentenceOf(problem),
    range,
    repairs: isName ? unknownRepairs(range, { document, workspace }) : prefixRepairs(problem, range),
  };
}

/** The name that was meant, or a node of that name in the inventory. */
function unknownRepairs(
  range: Range,
  { document, workspace }: { document: MusterDocument; workspace: Workspace },
): readonly Repair[] {
  const written = document.document.getText(range);
  const [, prefix = '', name = ''] = /^(@|node:|group:|tag:)?"?([^"]*)"?$/.exec(written) ?? [];
  const { nodes, groups, tags } = workspace.inventory;
  const sets = prefix === 'tag:' ? tags.keys() : prefix === 'node:' ? [] : groups.keys();
  const node = prefix === '' || prefix === 'node:' ? nearestNode(name, nodes.keys()) : undefined;
  const near = node ?? nearest(name, sets);
  const change: readonly Repair[] =
    near === undefined
      ? []
      : [
          {
            title: `Change to "${prefix}${near}"`,
            edits: [{ range, newText: prefix + near }],
            // Which machine is meant is for people to say.
            isSure: node === undefined,
          },
        ];
  return [...change, ...(prefix === '' || prefix === 'node:' ? newNode(name, workspace) : [])];
}

/** Writes a node into the first inventory of the workspace. */
export function newNode(name: string, workspace: Workspace): readonly Repair[] {
  if (!/^[\w.-]+$/.test(name)) return [];
  const uri = workspace.uris.find((each) => workspace.facts(each)?.languageId === 'muster-inventory');
  const inventory = uri === undefined ? undefined : workspace.document(uri);
  if (!inventory) return [];
  const edit = insertionBelow(inventory, ['nodes', name], '');
  return [
    {
      title: `Write node "${name}" into the inventory`,
      edits: [],
      elsewhere: { [inventory.document.uri]: [edit] },
    },
  ];
}

function prefixRepairs({ code, fix = '' }: Problem, range: Range): readonly Repair[] {
  if (code !== 'SELECTION_AMBIGUOUS') return [];
  return [...fix.matchAll(/(?:node|group):[^\s.]+/g)].map(([newText]) => ({
    title: `Change to "${newText}"`,
    edits: [{ range, newText }],
  }));
}

function namesSomething(selection: Selection): boolean {
  if (selection.type === 'names') return selection.kind !== 'file';
  return (
    selection.type === 'chain' &&
    [selection.first, ...selection.rest.map(({ operand }) => operand)].some(namesSomething)
  );
}

function hasInventory({ uris, facts }: Workspace): boolean {
  return uris.some((uri) => facts(uri)?.languageId === 'muster-inventory');
}

function noInventory(range: Range): Finding {
  const message =
    'The workspace has no inventory, so these names are not checked. Put them into .muster/inventory.yaml, or open the folder that has it.';
  return { code: 'targets/no-inventory', message, range };
}

/** Parts of a union that an exclusion behind them takes away as a whole. */
function* shadowed(
  selection: Selection,
  { workspace }: Subject,
  range: (place: { start: number; end: number }) => Range,
): Iterable<Finding> {
  if (selection.type !== 'chain') return;
  const nodesOf = (each: Selection): readonly string[] => resolveSelection(each, workspace.inventory).nodes;
  const operands = [{ operator: 'union', operand: selection.first } as const, ...selection.rest];
  for (const [at, { operator, operand }] of operands.entries()) {
    if (operator !== 'union' || !('range' in operand)) continue;
    const own = nodesOf(operand);
    const taker = operands
      .slice(at + 1)
      .find((later) => isTaking(later) && covers(nodesOf(later.operand), own));
    if (own.length === 0 || !taker || !('text' in taker.operand)) continue;
    const message = `Nothing is left of ${operand.text}: ${taker.operand.text} takes all of it away. Leave one of them out.`;
    yield { code: 'targets/shadowed', message, range: range(operand.range) };
  }
}

function isTaking({ operator }: Pick<Link, 'operator'>): boolean {
  return operator === 'difference';
}

function covers(taken: readonly string[], own: readonly string[]): boolean {
  const set = new Set(taken);
  return own.every((name) => set.has(name));
}

/** Only where a policy of the workspace says how many are many. */
function* manyNodes(count: number, range: Range, { workspace }: Subject): Iterable<Finding> {
  for (const uri of workspace.uris) {
    if (workspace.facts(uri)?.languageId !== 'muster-policy') continue;
    const policy = workspace.document(uri);
    for (const key of ['typedAbove', 'confirmAbove'] as const) {
      const above = policy?.parsed.writtenAt([key]);
      if (!policy || typeof above !== 'number' || count <= above) continue;
      const how = key === 'typedAbove' ? 'their number has to be typed' : 'a yes is needed';
      const place = policy.parsed.rangeOf([key], 'key');
      const related = {
        message: `More than ${above}.`,
        uri: canonicalUri(policy.document.uri),
        range: { start: policy.document.positionAt(place.start), end: policy.document.positionAt(place.end) },
      };
      const message = `This stands for ${count} nodes, and for more than ${above} ${how}.`;
      yield { code: 'targets/many', message, range, related: [related] };
      return;
    }
  }
}
