import * as z from 'zod';

/**
 * What a piece of text is for. In `name` and `selection` positions the text that was written counts, not what
 * YAML makes of it: `012` stays `012`, and `!web` is a mistake instead of a tag.
 */
export type Role = 'name' | 'selection';

/** What the names in a text are names of. */
export type Referent = 'node' | 'group' | 'tag';

declare module 'zod' {
  interface GlobalMeta {
    muster?: Role;
    refers?: Referent;
  }
}

/** Role of a schema, if it was marked with `.meta({ muster })`. */
export function roleOf(schema: z.core.$ZodType): Role | undefined {
  return z.globalRegistry.get(schema)?.muster;
}

/** What names in a text of this schema refer to, if it was marked with `.meta({ refers })`. */
export function referentOf(schema: z.core.$ZodType): Referent | undefined {
  return z.globalRegistry.get(schema)?.refers;
}
