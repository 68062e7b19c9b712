import * as z from 'zod';
import type { Result } from '../util/errors.ts';
import { SourceRef } from '../inventory/source.ts';
import { PolicyLevel } from '../policy/policy.ts';
import { Reason } from '../policy/verdict.ts';
import { Capability } from '../schema/policy.ts';

const sources = z.array(SourceRef).readonly();

/** Something that is not a batch, and the nodes that it is for. */
export const PermitQuery = z.object({
  capability: Capability.exclude(['run']),
  sources,
  nodes: z.array(z.string()).max(5000).readonly(),
});
export type PermitQuery = z.infer<typeof PermitQuery>;

/** Whose rules: those of the person and the machine, and of the workspaces that these sources are in. */
export const PolicyQuery = z.object({ sources });
export type PolicyQuery = z.infer<typeof PolicyQuery>;

/** The rules as they are now. */
export const PolicyState = z.object({
  files: z.array(
    z.object({
      file: z.string(),
      level: PolicyLevel,
      status: z.enum(['none', 'ok', 'broken']),
      rules: z.number(),
    }),
  ),
  /** What denies everything, whoever asks: files with errors, and a freeze. */
  closed: z.array(Reason),
  /** The freeze that a person made, if it is on. */
  frozen: z
    .object({ reason: z.string(), until: z.number().optional(), by: z.string().optional() })
    .optional(),
});
export type PolicyState = z.infer<typeof PolicyState>;

/** Without a freeze, ends the one there is. */
export const FreezeRequest = z.object({
  freeze: z
    .object({
      reason: z.string().min(1).max(1000),
      /** Milliseconds since the epoch; without it, until it is ended. */
      until: z.number().int().positive().optional(),
    })
    .optional(),
});
export type FreezeRequest = z.infer<typeof FreezeRequest>;

/** What may be done, and who decides it. */
export interface PolicyClient {
  /** Whether rules deny something that is not a batch, such as a terminal; refused with the reason. */
  permit(query: PermitQuery): Promise<Result<null>>;
  /** The policy files that count, what is wrong with them, and the freeze. */
  policy(query: PolicyQuery): Promise<PolicyState>;
  /** Freezes everything, or ends the freeze that a person made. */
  freeze(request: FreezeRequest): Promise<Result<null>>;
}
