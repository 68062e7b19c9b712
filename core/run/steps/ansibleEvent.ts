import * as z from 'zod';
import type { Target } from '../plan.ts';

const text = z.string();

/** What Ansible says while it runs. */
export const AnsibleEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), host: text, name: text }),
  z.object({
    type: z.literal('task'),
    host: text,
    name: text,
    status: z.enum(['ok', 'failed', 'skipped', 'unreachable']),
    changed: z.boolean(),
    ignored: z.boolean(),
    code: z.number().nullable(),
    stdout: text,
    stderr: text,
    message: text,
  }),
  /** It has nothing more to do for a host. */
  z.object({
    type: z.literal('end'),
    host: text,
    failures: z.number(),
    unreachable: z.number(),
    changed: z.number(),
  }),
]);
export type AnsibleEvent = z.infer<typeof AnsibleEvent>;

/** A node that is in a run of Ansible. */
export type AnsibleMember = {
  readonly target: Target;
  /** Aborted when this node has nothing to wait for any more. */
  readonly signal: AbortSignal;
  hear(event: AnsibleEvent): void;
};

/** How a run of Ansible ended before its end; undefined where it came to that. */
export type AnsibleEnd = string | undefined;
