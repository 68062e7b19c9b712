import type { KeyDocs } from '../../../core/schema/docs.ts';
import { kindText } from '../../../core/schema/slot.ts';
import { code } from '../markdown.ts';

/** What a key means, what may stand there, and an example. */
export function describeKey({ title, description, examples, isRequired, schema }: KeyDocs): string {
  const kind = kindText(schema);
  const shown = examples.map((example) => code(JSON.stringify(example))).join(', ');
  const required = isRequired ? ', required' : '';
  return [
    `**${title}**${kind === '' ? '' : ` (${code(kind)}${required})`}`,
    ...(description === '' ? [] : [description]),
    ...(shown === '' ? [] : [`Example: ${shown}`]),
  ].join('\n\n');
}
