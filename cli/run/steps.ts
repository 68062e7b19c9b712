import type { StepResult } from '../../core/export/steps.ts';
import type { StepState } from '../../core/run/stepState.ts';
import { fateOf, type StepFate } from '../../core/run/steps/overview.ts';
import { escapeLine } from '../terminal/escape.ts';
import { type Line, type Look, span } from '../terminal/style.ts';

type Shown = StepState | StepResult;

/** Cells of what became of a step, before its title. */
const wordCells = 9;
export const fateLook: Readonly<Record<StepFate, Look | undefined>> = {
  unreached: 'muted',
  skipped: 'muted',
  wouldRun: 'blue',
  ok: 'green',
  changed: 'green',
  ignored: 'yellow',
  rescued: 'yellow',
  unfinished: 'yellow',
  failed: 'red',
};

/** What became of a step of a playbook on a node: `  changed  install`, `  failed   health: exit 3`. */
export function stepLine(step: Shown, depth = 0): Line {
  const message = step.message === '' ? '' : `: ${step.message}`;
  const facts = [
    ...(step.attempts > 1 ? [`attempt ${step.attempts}`] : []),
    ...(step.ignored ? ['ignored'] : []),
    ...(step.rescued ? ['rescued'] : []),
    ...(step.on === undefined ? [] : [`by ${step.on}`]),
  ];
  const rest = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  const fate = fateOf(step);
  const word = step.status === 'ok' && step.changed ? 'changed' : step.status;
  return row(word, { depth, look: fateLook[fate] }, `${step.title}${message}${rest}`);
}

/** The title of a block, above its steps. */
export function blockLine(title: string, depth: number): Line {
  return row('', { depth, look: undefined }, `${title}:`);
}

/** The steps that a node never came to. */
export function notReachedLine(titles: readonly string[]): Line {
  return row('not run', { depth: 0, look: 'muted' }, titles.join(', '));
}

/** Cells before what a step said. */
export function outputIndent(depth: number): number {
  return 2 + wordCells + 2 * depth;
}

type Place = { readonly depth: number; readonly look: Look | undefined };

function row(word: string, { depth, look }: Place, text: string): Line {
  return [span(`  ${word.padEnd(wordCells)}`, look), span(`${'  '.repeat(depth)}${escapeLine(text)}`)];
}
