import { filters } from '../../../core/playbook/template/filters.ts';
import { tests } from '../../../core/playbook/template/tests.ts';
import { code } from '../markdown.ts';

/** What a filter or test of expressions does, and how many arguments it takes. */
export function describeCallable(type: 'filter' | 'test', name: string): string | undefined {
  const found = (type === 'filter' ? filters : tests).get(name);
  if (!found) return undefined;
  const { least, most, description, example } = found;
  const kind = most === 0 ? type : `${type}, ${argumentsText(least, most)}`;
  return `**${name}** (${kind})\n\n${description}\n\nExample: ${code(example)}`;
}

/** How many arguments have to be given and may be: `1 argument`, `up to 1 argument`, `1 to 2 arguments`. */
export function argumentsText(least: number, most: number): string {
  if (!Number.isFinite(most)) return `${least} arguments or more`;
  const count = most === 1 ? '1 argument' : `${most} arguments`;
  if (least === most) return count;
  return least === 0 ? `up to ${count}` : `${least} to ${count}`;
}
