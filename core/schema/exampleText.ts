import { stringify } from 'yaml';

/** An example as it would stand in a file, on one line: `10m`, `{ count: 3, delay: 2s }`. */
export function exampleText(example: unknown): string {
  return stringify(example, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true })
    .trim()
    .replaceAll(/\[ (?=\S)/g, '[')
    .replaceAll(/(?<=\S) \]/g, ']');
}
