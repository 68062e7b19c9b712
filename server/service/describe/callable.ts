import { filters } from '../../../core/playbook/template/filters.ts';
import { tests } from '../../../core/playbook/template/tests.ts';
import { code } from '../markdown.ts';

/** What a filter or test of expressions does. */
export function describeCallable(type: 'filter' | 'test', name: string): string | undefined {
  const found = (type === 'filter' ? filters : tests).get(name);
  return found && `**${name}** (${type})\n\n${found.description}\n\nExample: ${code(found.example)}`;
}
