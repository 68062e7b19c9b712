import type { Reach } from '../../core/protocol/inventory.ts';
import { plural } from '../../core/run/format.ts';

/** `9 of 12 nodes answer, 2 do not, 1 could not be asked.` */
export function reachSummary(answers: readonly Reach['answer'][]): string {
  const count = (answer: Reach['answer']): number => answers.filter((each) => each === answer).length;
  const silent = count('unreachable');
  const unknown = count('unknown');
  return [
    `${count('reachable')} of ${plural(answers.length, 'node')} ${answers.length === 1 ? 'answers' : 'answer'}`,
    ...(silent > 0 ? [`${silent} ${silent === 1 ? 'does' : 'do'} not`] : []),
    ...(unknown > 0 ? [`${unknown} could not be asked`] : []),
  ]
    .join(', ')
    .concat('.');
}
