import type * as z from 'zod';
import {
  $ZodBoolean,
  $ZodLiteral,
  $ZodNullable,
  $ZodNumber,
  $ZodOptional,
  $ZodString,
  $ZodUnion,
} from 'zod/v4/core';
import { Duration, PositiveDuration } from './duration.ts';
import { Size } from './size.ts';
import { roleOf } from './role.ts';
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

/** What may stand at each place of a list there. */
export function itemSlot({ shapes }: Slot): Slot {
  const schemas = childrenOf(shapes, undefined);
  return { schemas, shapes: schemas.flatMap(shapesOf) };
}

/** The words of which one may stand there: those of an enum, the one that is the only one, `true` and `false`. */
export function wordsOf({ schemas, shapes }: Slot): readonly string[] {
  const words = shapes.flatMap((shape) => (shape.kind === 'words' ? shape.words : []));
  const only = schemas.flatMap(literalsOf);
  return [
    ...words,
    ...only,
    ...(schemas.some((schema) => has(schema, $ZodBoolean)) ? ['true', 'false'] : []),
  ];
}

function literalsOf(schema: Schema): readonly string[] {
  if (schema instanceof $ZodLiteral) return schema._zod.def.values.map(String);
  return schema instanceof $ZodOptional ? literalsOf(schema._zod.def.innerType) : [];
}

/** What a value of this schema looks like, in a few words: `text`, `number`, `list of text`, `ssh | local`. */
export function kindText(schema: Schema): string {
  const core = unwrapped(schema) ?? schema;
  if (core === Duration || core === PositiveDuration) return 'length of time';
  if (core === Size) return 'size';
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
  const told = [...new Set(kinds)].filter((kind) => kind !== '');
  // Where one may stand alone or several in a list, the kind is said once.
  const listed = told.filter((kind) => told.includes(`list of ${kind}`));
  return told
    .filter((kind) => !listed.some((each) => kind === `list of ${each}`))
    .map((kind) => (listed.includes(kind) ? `${kind}, or a list` : kind))
    .join(', ');
}

function dataText(schema: Schema): string {
  const kinds = [
    ...literalsOf(schema),
    ...(has(schema, $ZodNumber) ? ['number'] : []),
    ...(has(schema, $ZodBoolean) ? ['true | false'] : []),
    ...(has(schema, $ZodString) ? ['text'] : []),
  ];
  return kinds.length === 0 ? 'value' : kinds.join(', ');
}

/** Whether a number may stand there. */
export function takesNumber({ schemas }: Slot): boolean {
  return schemas.some((schema) => has(schema, $ZodNumber));
}

type Kind = typeof $ZodBoolean | typeof $ZodNumber | typeof $ZodString;

/** Is a schema of this kind, through wrappers and in unions? */
function has(schema: Schema, kind: Kind): boolean {
  // A text with a role is a shape of its own.
  if (schema instanceof kind) return roleOf(schema) === undefined;
  if (schema instanceof $ZodUnion) return schema._zod.def.options.some((option) => has(option, kind));
  if (schema instanceof $ZodNullable) return has(schema._zod.def.innerType, kind);
  const inner = unwrapped(schema);
  return inner !== undefined && has(inner, kind);
}
