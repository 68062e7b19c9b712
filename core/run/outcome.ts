import * as z from 'zod';

/** What is known about the remote process after we stopped waiting for it. */
export const RemoteFate = z.enum(['never-started', 'stopped', 'may-still-run']);
export type RemoteFate = z.infer<typeof RemoteFate>;

export const UnreachableKind = z.enum([
  'dns',
  'refused',
  'timeout',
  'protocol',
  'throttled',
  'host-key',
  'auth',
  'jump',
  'folder',
]);
export type UnreachableKind = z.infer<typeof UnreachableKind>;

/** Whether the node itself said no: trying again changes nothing before a person has put something right. */
export function isAnswered(kind: UnreachableKind): boolean {
  return kind === 'auth' || kind === 'host-key' || kind === 'folder';
}

/** The parts of reaching a node and running on it, each with a timer of its own. */
export const Phase = z.enum([
  'queued',
  'dns',
  'tcp',
  'banner',
  'kex',
  'host-key',
  'auth',
  'channel',
  'run',
  'drain',
]);
export type Phase = z.infer<typeof Phase>;

const message = z.string();

/** A host that showed a key about which known_hosts says nothing. */
const StrangeHost = z.object({
  host: z.string(),
  port: z.number().int(),
  /** The name under which known_hosts is asked, where it is not the host. */
  alias: z.string().optional(),
});
export type StrangeHost = z.infer<typeof StrangeHost>;

/** How one execution ended. Every planned execution ends with exactly one of these. */
export const Outcome = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('ok'),
    /** Whether it changed anything, where that can be told. */
    changed: z.boolean().optional(),
  }),
  z.object({ status: z.literal('failed'), step: z.string(), message, exitCode: z.number().optional() }),
  z.object({ status: z.literal('signalled'), step: z.string().optional(), signal: z.string() }),
  z.object({
    status: z.literal('timed-out'),
    step: z.string().optional(),
    phase: Phase,
    remote: RemoteFate,
    message,
  }),
  z.object({
    status: z.literal('unreachable'),
    kind: UnreachableKind,
    message,
    /** Only where its key being unknown is why: the node, or a jump host on the way to it. */
    stranger: StrangeHost.optional(),
  }),
  z.object({ status: z.literal('lost'), message }),
  /** `reason` is there where somebody has stopped a playbook at one of its steps. */
  z.object({ status: z.literal('cancelled'), remote: RemoteFate, reason: z.string().optional() }),
  z.object({ status: z.literal('skipped'), reason: z.string() }),
  z.object({ status: z.literal('not-started'), reason: z.string() }),
  z.object({ status: z.literal('refused'), by: z.enum(['policy', 'trust', 'validation']), message }),
  z.object({ status: z.literal('interrupted'), remote: RemoteFate }),
  /** `stack` is there where the batch was started to find out why something crashes. */
  z.object({ status: z.literal('crashed'), message, stack: z.string().optional() }),
]);
export type Outcome = z.infer<typeof Outcome>;
export type OutcomeStatus = Outcome['status'];

export const BatchEnd = z.enum(['succeeded', 'partial', 'failed', 'cancelled', 'interrupted']);
export type BatchEnd = z.infer<typeof BatchEnd>;

/** Why a batch was brought to an end before all its executions had ended by themselves. */
export type Halt = 'cancelled' | 'interrupted' | undefined;

/** The end of a batch is a pure function of how its executions ended and whether somebody halted it. */
export function batchEnd(statuses: Iterable<OutcomeStatus>, halt: Halt): BatchEnd {
  if (halt) return halt;
  let ok = 0;
  let skipped = 0;
  let rest = 0;
  for (const status of statuses) {
    if (status === 'ok') ok++;
    else if (status === 'skipped') skipped++;
    else rest++;
  }
  if (rest === 0) return 'succeeded';
  return ok + skipped > 0 ? 'partial' : 'failed';
}
