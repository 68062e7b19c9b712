import * as z from 'zod';

/**
 * What a piece of text is for. The text that was written counts, not what YAML makes of it: `012` stays `012`, and
 * `!web` is a mistake instead of a tag. A `template` may have `{{ }}` in it, a `command` is one for a shell, an
 * `expression` is what stands between the braces.
 */
export type Role = 'name' | 'selection' | 'template' | 'command' | 'expression';

/** What the names in a text are names of. `task`, `playbook` and `file` are paths, from the folder of the file. */
export type Referent =
  | 'node'
  | 'group'
  | 'tag'
  | 'step'
  | 'handler'
  | 'param'
  | 'var'
  | 'secret'
  | 'service'
  | 'task'
  | 'playbook'
  | 'file';

declare module 'zod' {
  interface GlobalMeta {
    muster?: Role;
    refers?: Referent;
    /** Texts anywhere in this data may have `{{ }}` in them. */
    templates?: true;
    /** First version of ours that knows the key. */
    since?: string;
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

/** Whether texts in data of this schema are templates, if it was marked with `.meta({ templates })`. */
export function hasTemplates(schema: z.core.$ZodType): boolean {
  return z.globalRegistry.get(schema)?.templates === true;
}
