import type * as z from 'zod';

/**
 * A schema that looks at each object once, for as long as somebody has it: a long file that is being edited stays the
 * same objects but for what changes. Only what is right is remembered. Objects that it has seen must not change.
 */
export function judgedOnce<S extends z.ZodType>(schema: S): S {
  const known = new WeakMap<object, { readonly value: unknown }>();
  // There is no other way to be between a list and the schema of its items (zod 4: `_zod.run` is for those who extend it).
  const internals: Pick<z.core.$ZodTypeInternals, 'run'> = schema._zod;
  const { run } = internals;
  internals.run = (payload, context) => {
    const { value } = payload;
    if (typeof value !== 'object' || value === null || context.direction === 'backward')
      return run(payload, context);
    const before = known.get(value);
    if (before) {
      payload.value = before.value;
      return payload;
    }
    const judged = run(payload, context);
    if (!(judged instanceof Promise) && judged.issues.length === 0) known.set(value, { value: judged.value });
    return judged;
  };
  return schema;
}
