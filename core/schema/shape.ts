import type * as z from 'zod';
import {
  $ZodArray,
  $ZodDefault,
  $ZodEnum,
  $ZodLazy,
  $ZodMap,
  $ZodNull,
  $ZodNullable,
  $ZodObject,
  $ZodOptional,
  $ZodPipe,
  $ZodPrefault,
  $ZodReadonly,
  $ZodUnion,
} from 'zod/v4/core';
import type { Referent, Role } from './role.ts';
import { hasTemplates, referentOf, roleOf } from './role.ts';

type Schema = z.core.$ZodType;

/** One way in which a schema may be written in a file. */
export type Shape =
  | { readonly kind: 'object'; readonly keys: Readonly<Record<string, Schema>> }
  | { readonly kind: 'map'; readonly key: Schema; readonly value: Schema }
  | { readonly kind: 'list'; readonly item: Schema }
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'text'; readonly role: Role; readonly refers?: Referent }
  | { readonly kind: 'null' }
  | { readonly kind: 'data'; readonly templates?: true };

/** Found once for each schema, which never changes: this is asked for every value of every file. */
const found = new WeakMap<Schema, readonly Shape[]>();

/** All ways to write a value of this schema: wrappers are looked through, unions are opened. */
export function shapesOf(schema: Schema): readonly Shape[] {
  const known = found.get(schema);
  if (known) return known;
  const shapes = findShapes(schema);
  found.set(schema, shapes);
  return shapes;
}

function findShapes(schema: Schema): readonly Shape[] {
  const role = roleOf(schema);
  const refers = referentOf(schema);
  if (role) return [{ kind: 'text', role, ...(refers && { refers }) }];
  const inner = unwrapped(schema);
  if (inner) return shapesOf(inner);
  if (schema instanceof $ZodNullable) return [...shapesOf(schema._zod.def.innerType), { kind: 'null' }];
  if (schema instanceof $ZodUnion) return schema._zod.def.options.flatMap(shapesOf);
  if (schema instanceof $ZodObject) return [{ kind: 'object', keys: schema._zod.def.shape }];
  if (schema instanceof $ZodMap) {
    return [{ kind: 'map', key: schema._zod.def.keyType, value: schema._zod.def.valueType }];
  }
  if (schema instanceof $ZodArray) return [{ kind: 'list', item: schema._zod.def.element }];
  if (schema instanceof $ZodEnum) return [{ kind: 'words', words: Object.keys(schema._zod.def.entries) }];
  if (schema instanceof $ZodNull) return [{ kind: 'null' }];
  return [hasTemplates(schema) ? { kind: 'data', templates: true } : { kind: 'data' }];
}

/** Schemas of the values under a key (or list index, which is `undefined`) of any of these shapes. */
export function childrenOf(shapes: readonly Shape[], key: string | undefined): readonly Schema[] {
  return shapes.flatMap((shape) => {
    if (shape.kind === 'list') return key === undefined ? [shape.item] : [];
    if (key === undefined) return [];
    if (shape.kind === 'map') return [shape.value];
    if (shape.kind !== 'object' || !Object.hasOwn(shape.keys, key)) return [];
    const child = shape.keys[key];
    return child ? [child] : [];
  });
}

/** Shapes of the values under a key (or list index, which is `undefined`) of any of these shapes. */
export function shapesBelow(shapes: readonly Shape[], key: string | undefined): readonly Shape[] {
  // A map has the same below every key: one entry stands for all that no object names.
  const isNamed =
    key !== undefined && shapes.some((shape) => shape.kind === 'object' && Object.hasOwn(shape.keys, key));
  const step = isNamed || key === undefined ? key : anyKey;
  const below = knownBelow.get(shapes) ?? new Map<string | symbol | undefined, readonly Shape[]>();
  const before = below.get(step);
  if (before) return before;
  const inner = childrenOf(shapes, key).flatMap(shapesOf);
  knownBelow.set(shapes, below.set(step, inner));
  return inner;
}

/** The same for what is below shapes. */
const knownBelow = new WeakMap<readonly Shape[], Map<string | symbol | undefined, readonly Shape[]>>();
const anyKey = Symbol('any key');

/** Shapes that are allowed at a path of keys and list positions. */
export function shapesAt(shapes: readonly Shape[], path: readonly PropertyKey[]): readonly Shape[] {
  return path.reduce(
    (above: readonly Shape[], key) => shapesBelow(above, typeof key === 'number' ? undefined : String(key)),
    shapes,
  );
}

/** What a wrapper, such as an optional, is around; undefined where a schema is none. */
export function unwrapped(schema: Schema): Schema | undefined {
  if (
    schema instanceof $ZodOptional ||
    schema instanceof $ZodDefault ||
    schema instanceof $ZodPrefault ||
    schema instanceof $ZodReadonly
  ) {
    return schema._zod.def.innerType;
  }
  if (schema instanceof $ZodPipe) return schema._zod.def.in;
  if (schema instanceof $ZodLazy) return schema._zod.def.getter();
  return undefined;
}
