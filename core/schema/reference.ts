import { stringify } from 'yaml';
import type * as z from 'zod';
import { docsOf, docsOfKeys, type KeyDocs } from './docs.ts';
import { childrenOf, type Shape, shapesOf } from './shape.ts';

/** The reference page of a file kind, in Markdown: every key with what it means, from the schema itself. */
export function referencePage(schema: z.core.$ZodType): string {
  const top = shapesOf(schema);
  const page = docsOf('', schema);
  return [
    `# ${page.title}`,
    page.description,
    ...page.examples.slice(0, 1).map(fenced),
    table(docsOfKeys(top)),
    ...sectionsBelow(top, { path: [], told: new Map() }),
  ]
    .join('\n\n')
    .concat('\n');
}

type Around = {
  /** Keys from the top of the file. */
  readonly path: readonly string[];
  /** Headings of the tables that are there, by the keys that they tell of. */
  readonly told: Map<object, string>;
};

/** Sections of all keys that have keys below them, each followed by those inside of it. */
function sectionsBelow(shapes: readonly Shape[], around: Around): readonly string[] {
  return [...new Set(docsOfKeys(shapes).map(({ key }) => key))].flatMap((key) => {
    const below = childrenOf(shapes, key).flatMap(shapesOf);
    const path = [...around.path, key];
    const name = `\`${path.join('.')}\``;
    return [
      ...section(name, below, { ...around, path }),
      ...section(`Each of ${name}`, below.flatMap(entryShapes), { ...around, path }),
    ];
  });
}

/** The keys of some shapes in a table; where one tells of them already, the way there. */
function section(title: string, shapes: readonly Shape[], { path, told }: Around): readonly string[] {
  const objects = shapes.filter((shape) => shape.kind === 'object');
  const [first] = objects;
  if (!first) return [];
  const heading = `${path.length === 1 ? '##' : '###'} ${title}`;
  const before = told.get(first.keys);
  if (before !== undefined) return [heading, `As [${before.replace('Each', 'each')}](#${slugOf(before)}).`];
  told.set(first.keys, title);
  return [heading, table(docsOfKeys(objects)), ...sectionsBelow(objects, { path, told })];
}

/** The anchor that Markdown readers make of a heading. */
function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w -]/g, '')
    .replaceAll(' ', '-');
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
