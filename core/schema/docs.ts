import * as z from 'zod';
import type { Shape } from './shape.ts';

/** What the schema says to people about one key. */
export type KeyDocs = {
  readonly key: string;
  readonly title: string;
  readonly description: string;
  readonly examples: readonly unknown[];
  /** First version of ours that knows the key, where it is not the first of all. */
  readonly since?: string;
  /** It still works, and there is something better; the description says what. */
  readonly isDeprecated: boolean;
  readonly isRequired: boolean;
  readonly schema: z.core.$ZodType;
};

/** Documentation of the keys that these shapes allow, in the order of the schema. */
export function docsOfKeys(shapes: readonly Shape[]): readonly KeyDocs[] {
  return shapes.flatMap((shape) => {
    if (shape.kind !== 'object') return [];
    return Object.entries(shape.keys).map(([key, schema]) => docsOf(key, schema));
  });
}

/** Documentation of one schema, from its `.meta()`. */
export function docsOf(key: string, schema: z.core.$ZodType): KeyDocs {
  const { title = key, description = '', examples, since, deprecated } = z.globalRegistry.get(schema) ?? {};
  return {
    key,
    title,
    description,
    examples: Array.isArray(examples) ? examples : [],
    ...(since !== undefined && { since }),
    isDeprecated: deprecated === true,
    isRequired: schema._zod.optin === undefined,
    schema,
  };
}
