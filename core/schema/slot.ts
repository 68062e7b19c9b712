import type * as z from 'zod';
import { $ZodBoolean, $ZodNullable, $ZodNumber, $ZodUnion } from 'zod/v4/core';
import { childrenOf, type Shape, shapesOf, unwrapped } from './shape.ts';

type Schema = z.core.$ZodType;

/** What may stand at a place of a file: the schemas of it, and all ways to write them. */
export type Slot = { readonly schemas: readonly Schema[]; readonly shapes: readonly Shape[] };

/** What may stand at a path of keys and list places. */
export function slotAt(root: Schema, path: readonly PropertyKey[]): Slot {
  return path.reduce<Slot>(
    ({ shapes }, key) => {
      const schemas = childrenOf(shapes, typeof key === 'number' ? undefined : String(key));
      return { schemas, shapes: schemas.flatMap(shapesOf) };
    },
    { schemas: [root], shapes: shapesOf(root) },
  );
}

/** The words of which one may stand there: those of an enum, `true` and `false`. */
export function wordsOf({ schemas, shapes }: Slot): readonly string[] {
  const words = shapes.flatMap((shape) => (shape.kind === 'words' ? shape.words : []));
  return schemas.some((schema) => has(schema, $ZodBoolean)) ? [...words, 'true', 'false'] : words;
}

/** What a value of this schema looks like, in a few words: `text`, `number`, `list of text`, `ssh | local`. */
export function kindText(schema: Schema): string {
  const kinds = shapesOf(schema).map((shape): string => {
    switch (shape.kind) {
      case 'words':
        return shape.words.join(' | ');
      case 'list':
        return `list of ${kindText(shape.item)}`;
      case 'object':
      case 'map':
        return 'map';
      case 'text':
        return shape.role === 'name' ? 'text' : shape.role;
      case 'null':
        return '';
      case 'data':
        return dataText(schema);
    }
  });
  return [...new Set(kinds)].filter((kind) => kind !== '').join(', ');
}

function dataText(schema: Schema): string {
  if (has(schema, $ZodNumber)) return has(schema, $ZodBoolean) ? 'number, true | false' : 'number';
  return has(schema, $ZodBoolean) ? 'true | false' : 'value';
}

type Kind = typeof $ZodBoolean | typeof $ZodNumber;

/** Is a schema of this kind, through wrappers and in unions? */
function has(schema: Schema, kind: Kind): boolean {
  if (schema instanceof kind) return true;
  if (schema instanceof $ZodUnion) return schema._zod.def.options.some((option) => has(option, kind));
  if (schema instanceof $ZodNullable) return has(schema._zod.def.innerType, kind);
  const inner = unwrapped(schema);
  return inner !== undefined && has(inner, kind);
}
