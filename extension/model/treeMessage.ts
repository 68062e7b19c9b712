import { plural } from '../../core/run/format.ts';
import { baseName } from '../../core/util/baseName.ts';
import { type Problem, sentenceOf } from '../../core/util/problem.ts';
import { foldWithin } from './foldWithin.ts';
import { clockTime } from './time.ts';

export type TreeMessageInput = {
  readonly trusted: boolean;
  /** Ticked nodes in inventory order; undefined where there is none to tick. */
  readonly ticked: readonly string[] | undefined;
  /** Errors of the inventory as it is on disk now. */
  readonly problems: readonly Problem[];
  /** When the shown inventory was read, if the one on disk can not be shown. Milliseconds since the epoch. */
  readonly shownAsOf: number | undefined;
  /** What the filter says about itself; nothing where none is on. */
  readonly filter?: string;
  /** No source but the folders of the workspace. */
  readonly foldersOnly?: boolean;
  /** What rules deny to everybody, in sentences: a freeze, a policy file with an error. */
  readonly closed?: readonly string[];
  /** Sources that wait for a person's yes, by what they would run. */
  readonly held?: readonly string[];
};

export const restrictedSentence =
  'Restricted Mode: read and edit only. Nothing connects and nothing runs until you trust this folder.';

/** Shown where there is more than one folder; a single one shows the welcome text instead. */
const foldersSentence = 'No inventory yet: these are the folders and repositories of the workspace.';
const linesAtMost = 3;
/** As much as stands in one line of a side bar of the usual width; the status bar has all of them. */
const lineLength = 38;

/** The plain text above the tree; empty when there is nothing to say. */
export function treeMessage(input: TreeMessageInput): string {
  return [
    ...(input.trusted ? [] : [restrictedSentence]),
    ...(input.closed ?? []),
    ...brokenLines(input),
    ...(input.foldersOnly === true ? [foldersSentence] : []),
    ...(input.held ?? []).map((what) => `Not run until you allow it: ${what}.`),
    ...(input.filter === undefined ? [] : [input.filter]),
    ...(input.ticked === undefined ? [] : [tickedLine(input.ticked)]),
  ].join('\n');
}

/** Always there and one line: a line that comes and goes moves the rows under the pointer. */
function tickedLine(ticked: readonly string[]): string {
  if (ticked.length === 0) return 'No node ticked.';
  const count = `${plural(ticked.length, 'node')} ticked: `;
  return count + foldWithin(ticked, lineLength - count.length);
}

function brokenLines({ problems, shownAsOf }: TreeMessageInput): readonly string[] {
  if (problems.length === 0) return [];
  const files = [...new Set(problems.map((problem) => baseName(problem.file ?? 'inventory.yaml')))];
  const many = plural(problems.length, 'problem');
  const mended = problems.length === 1 ? 'it is mended' : 'they are mended';
  const verb = files.length === 1 ? 'has' : 'have';
  const asOf = shownAsOf === undefined ? '' : ` Shown as it was at ${clockTime(shownAsOf)}.`;
  const rest = problems.length - linesAtMost;
  return [
    `${files.join(', ')} ${verb} ${many}: nothing in it can run until ${mended}.${asOf}`,
    ...problems.slice(0, linesAtMost).map(problemLine),
    ...(rest > 0 ? [`and ${rest} more`] : []),
  ];
}

function problemLine(problem: Problem): string {
  const line = problem.range ? `Line ${problem.range.line}: ` : '';
  return `${line}${sentenceOf(problem)}`;
}
