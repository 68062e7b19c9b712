import { foldForDisplay } from '../../selection/nodeset.ts';
import { plural } from '../format.ts';
import type { PlanOfSteps } from './foresee.ts';
import type { ForeseenStep } from './foreseeSteps.ts';
import { groupOf, type PreviewGroup, previewSteps, type StepPreview } from './preview.ts';

/** What each step of a plan would do and where, a line for each; of each step at most so many ways. */
export function previewLines(plan: PlanOfSteps, most: number): readonly string[] {
  const count = plan.executions.length;
  return previewSteps(plan).flatMap((step) => {
    const indent = '  '.repeat(step.depth);
    const body = bodyOf(step, { count, most }).map((line) => `${indent}  ${line}`);
    return [`${indent}${headingOf(step, body.length > 0)}`, ...body];
  });
}

/** What a step would do and how, in a line. */
export function previewText(found: ForeseenStep): string {
  return lineOf({ ...groupOf(found), nodes: [] }, undefined);
}

/** `3 Install the package:`, `py (a block, after a failure):`. */
function headingOf(step: StepPreview, hasBody: boolean): string {
  const { step: path, title, isNamed, kind } = step;
  const isTitled = isNamed || (kind === 'task' && title !== path.split('/').at(-1));
  const facts = [
    ...(kind === 'block' ? ['a block'] : []),
    ...(step.part ? [parts[step.part]] : []),
    ...(kind === 'pause' ? ['a person is asked, once for all nodes'] : []),
    ...(step.once && kind !== 'pause' ? ['once for all nodes'] : []),
    ...[delegateOf(step)].flatMap((node) => (node === undefined ? [] : [`on ${node}`])),
  ];
  const name = isTitled ? `${path} ${oneLine(title)}` : path;
  return `${name}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}${hasBody ? ':' : ''}`;
}

const parts = {
  rescue: 'after a failure',
  always: 'in any case',
  handlers: 'when notified',
  finally: 'at the end',
} as const satisfies Record<NonNullable<StepPreview['part']>, string>;

/** The one node that does a step for all others. */
function delegateOf({ groups }: StepPreview): string | undefined {
  const nodes = new Set(groups.flatMap(({ runs, on }) => (runs === 'no' ? [] : [on])));
  return nodes.size === 1 ? [...nodes][0] : undefined;
}

function bodyOf(step: StepPreview, { count, most }: { count: number; most: number }): readonly string[] {
  const own = delegateOf(step);
  const groups = step.kind === 'pause' ? askedOnce(step.groups) : step.groups;
  const isChosen = step.once === true && groups.filter(({ runs }) => runs !== 'no').length > 1;
  const lines = groups.flatMap((group) => {
    const text = lineOf(group, own);
    const where = group.nodes.length === count ? '' : foldForDisplay(group.nodes);
    if (text === '' && where === '') return [];
    return [`${text === '' ? 'its steps' : text}${where === '' ? '' : `  [${where}]`}`];
  });
  if (isChosen && lines.length > mostChosen)
    return [...lines.slice(0, mostChosen), '… or as it is for another: the first node that comes does it.'];
  const more = lines.length - most;
  return more > 0
    ? [...lines.slice(0, most), `… and ${plural(more, 'line')} more; --output json has all.`]
    : lines;
}

/** Of what one node does for all, the ways that it may be. */
const mostChosen = 2;

/** A person is asked by the first that comes, for all. */
function askedOnce(groups: readonly PreviewGroup[]): readonly PreviewGroup[] {
  const asks = groups.filter(({ runs }) => runs !== 'no');
  const [first] = asks;
  const nodes = [...new Set(asks.flatMap((group) => group.nodes))];
  return [...(first ? [{ ...first, nodes }] : []), ...groups.filter(({ runs }) => runs === 'no')];
}

function lineOf(
  { text, runs, why, when, isKnown, mistake, on }: PreviewGroup,
  own: string | undefined,
): string {
  if (runs === 'no') return `skipped: ${why}`;
  const said = [text, ...(on === undefined || on === own ? [] : [`on ${on}`])].filter((part) => part !== '');
  const shown = oneLine(said.join(', '));
  if (mistake !== undefined) return `${shown} (fails: ${mistake})`.trim();
  const later = isKnown ? '' : ' (known when it runs)';
  const condition = when === undefined ? '' : `${shown === '' ? '' : ', '}if ${when}`;
  return `${shown}${later}${condition}`;
}

function oneLine(text: string): string {
  return text.split('\n').join(' ⏎ ');
}
