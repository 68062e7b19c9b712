import type { KeyDocs } from '../../../core/schema/docs.ts';
import { exampleText } from '../../../core/schema/exampleText.ts';
import { kindText } from '../../../core/schema/slot.ts';
import { code } from '../markdown.ts';

/** What a key means, what may stand there, and an example. */
export function describeKey(docs: KeyDocs): string {
  const { title, description, examples, isRequired, isDeprecated, since, schema } = docs;
  const kind = kindText(schema);
  const shown = examples.map((example) => code(exampleText(example))).join(', ');
  const required = isRequired ? ', required' : '';
  return [
    `**${title}**${kind === '' ? '' : ` (${code(kind)}${required})`}`,
    ...(isDeprecated ? ['Out of date: it still works, and there is something better.'] : []),
    ...(description === '' ? [] : [description]),
    ...(shown === '' ? [] : [`Example: ${shown}`]),
    ...(since === undefined ? [] : [`Since version ${since}.`]),
  ].join('\n\n');
}
