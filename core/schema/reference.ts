import { stringify } from 'yaml';
import type * as z from 'zod';
import { docsOf, docsOfKeys, type KeyDocs } from './docs.ts';
import { childrenOf, type Shape, shapesOf } from './shape.ts';

/** The reference page of a file kind, in Markdown: every key with what it means, from the schema itself. */
export function referencePage(schema: z.core.$ZodType): string {
  const top = shapesOf(schema);
  const page = docsOf('', schema);
  const keys = docsOfKeys(top);
  return [
    `# ${page.title}`,
    page.description,
    ...page.examples.slice(0, 1).map(fenced),
    table(keys),
    ...keys.flatMap(({ key }) => section(key, childrenOf(top, key).flatMap(shapesOf))),
  ]
    .join('\n\n')
    .concat('\n');
}

/** The keys below a key; those of each entry where it is a map of names or a list. */
function section(key: string, shapes: readonly Shape[]): readonly string[] {
  const own = docsOfKeys(shapes);
  const entries = docsOfKeys(shapes.flatMap(entryShapes));
  return [
    ...(own.length > 0 ? [`## \`${key}\``, table(own)] : []),
    ...(entries.length > 0 ? [`## Each of \`${key}\``, table(entries)] : []),
  ];
}

/** Shapes of what stands under each name of a map, or at each place of a list. */
function entryShapes(shape: Shape): readonly Shape[] {
  if (shape.kind === 'map') return shapesOf(shape.value);
  return shape.kind === 'list' ? shapesOf(shape.item) : [];
}

function table(keys: readonly KeyDocs[]): string {
  const rows = keys.map(({ key, description, examples }) => {
    const example = examples[0] === undefined ? '' : `\`${JSON.stringify(examples[0])}\``;
    return `| ${[`\`${key}\``, description, example].map(cell).join(' | ')} |`;
  });
  return ['| key | meaning | example |', '| --- | ------- | ------- |', ...rows].join('\n');
}

/** A bar would end the cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function fenced(example: unknown): string {
  return ['```yaml', stringify(example).trimEnd(), '```'].join('\n');
}
