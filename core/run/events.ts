import * as z from 'zod';
import { BatchEnd, Outcome, Phase } from './outcome.ts';
import { Endpoint, Plan } from './plan.ts';
import { Barrier } from './strategy.ts';

/** A host key that known_hosts does not have. Nothing has been sent to the node that showed it. */
export const UnknownHostKey = z.object({
  host: z.string(),
  port: z.number().int(),
  /** The name under which known_hosts is asked and the key is saved, where it is not the host. */
  alias: z.string().optional(),
  /** Key type as in RFC 4253, such as `ssh-ed25519`. */
  keyType: z.string(),
  /** `SHA256:` and unpadded base64, as ssh-keygen -l prints. */
  fingerprint: z.string(),
  /** The public key, base64 as in known_hosts. */
  key: z.string(),
  /** The known_hosts file that was consulted and that would take the key. */
  knownHosts: z.string(),
});
export type UnknownHostKey = z.infer<typeof UnknownHostKey>;

/** A question that only a person can answer. */
export const Prompt = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('host-keys'),
    keys: z.array(z.object({ key: UnknownHostKey, nodes: z.array(z.string()) })),
  }),
  z.object({ type: z.literal('secret'), label: z.string(), nodes: z.array(z.string()) }),
  /** Whether to go on with these nodes, although others have said no. */
  z.object({
    type: z.literal('go-on'),
    message: z.string(),
    nodes: z.array(z.string()),
    /** A playbook pauses, and nothing has gone wrong: the message is its own. */
    pauses: z.literal(true).optional(),
  }),
]);
export type Prompt = z.infer<typeof Prompt>;

/** How a node was reached: shown in the detail and kept with the result. */
export const ConnectionInfo = z.object({
  transport: z.string(),
  host: z.string(),
  port: z.number().int().optional(),
  user: z.string().optional(),
  via: z.array(Endpoint),
  /** How we logged in, such as `ED25519 key ~/.ssh/id_ed25519` or `agent`. */
  auth: z.string().optional(),
  /** Where the host key was found, such as `known_hosts:118`. */
  hostKey: z.string().optional(),
  /** The connection was there already, from an earlier batch or attempt. */
  reused: z.boolean().optional(),
});
export type ConnectionInfo = z.infer<typeof ConnectionInfo>;

/** A run of bytes in the output spool. */
export const Extent = z.object({ file: z.string(), offset: z.number(), length: z.number() });
export type Extent = z.infer<typeof Extent>;

const OutputCounters = {
  /** Bytes so far. */
  stdoutBytes: z.number(),
  stderrBytes: z.number(),
  /** Last non-empty line of either stream, at most 200 characters, control characters removed. */
  lastLine: z.string(),
};

const ofExecution = { execution: z.string() };
const ofWave = { wave: z.number() };
const ofStep = {
  /** Path of the step in the plan. */
  step: z.string(),
  /** Place of the item in a loop, from 0. */
  iteration: z.number().optional(),
};

/** Everything that can happen in a batch. `at` is milliseconds since the Unix epoch, `seq` counts from 1. */
export const RunEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('batchStarted'), batch: z.string(), user: z.string(), plan: Plan }),
  z.object({ type: z.literal('executionStarted'), ...ofExecution }),
  z.object({ type: z.literal('attemptStarted'), ...ofExecution, attempt: z.number() }),
  z.object({
    type: z.literal('attemptFailed'),
    ...ofExecution,
    attempt: z.number(),
    outcome: Outcome,
    /** Milliseconds until the next attempt. */
    retryInMs: z.number(),
  }),
  z.object({ type: z.literal('phaseChanged'), ...ofExecution, phase: Phase }),
  z.object({ type: z.literal('connected'), ...ofExecution, connection: ConnectionInfo }),
  z.object({
    type: z.literal('processStarted'),
    ...ofExecution,
    pid: z.number(),
    /** What tells the process from a later one with its number. */
    group: z.boolean().optional(),
    born: z.string().optional(),
  }),
  z.object({
    type: z.literal('outputProgress'),
    ...ofExecution,
    ...OutputCounters,
    /** What came last is a line without an end. */
    midLine: z.literal(true).optional(),
  }),
  /** Bytes of files that are over, of all that there are; 0 where nobody knows. */
  z.object({ type: z.literal('transferProgress'), ...ofExecution, bytes: z.number(), of: z.number() }),
  z.object({ type: z.literal('promptRaised'), prompt: z.string(), question: Prompt }),
  z.object({ type: z.literal('promptAnswered'), prompt: z.string(), accepted: z.number() }),
  /** A step of a playbook begins; `from` is where its output begins, in bytes of both streams together. */
  z.object({
    type: z.literal('stepStarted'),
    ...ofExecution,
    ...ofStep,
    title: z.string(),
    attempt: z.number(),
    from: z.number(),
  }),
  /** A command has ended, or a step of a playbook, which then has its path. */
  z.object({
    type: z.literal('stepFinished'),
    ...ofExecution,
    ...OutputCounters,
    exitCode: z.number().nullable(),
    signal: z.string().nullable(),
    extents: z.array(Extent),
    /** Bytes between the beginning and the end of the output that are not kept. */
    leftOut: z.number().optional(),
    ...z.object({ ...ofStep, title: z.string(), attempt: z.number() }).partial().shape,
    status: z.enum(['ok', 'failed', 'skipped']).optional(),
    changed: z.boolean().optional(),
    message: z.string().optional(),
    /** It failed, and that was to be expected. */
    ignored: z.boolean().optional(),
    /** In a dry run: it was only told. */
    wouldRun: z.boolean().optional(),
    /** Of a step that failed: the last line of its own stderr, else of its stdout, as `lastLine`. */
    ownLastLine: z.string().optional(),
    /** The node that ran it for all. */
    on: z.string().optional(),
  }),
  z.object({ type: z.literal('executionFinished'), ...ofExecution, outcome: Outcome }),
  z.object({
    type: z.literal('cancelRequested'),
    which: z.enum(['all', 'queued', 'execution']),
    execution: z.string().optional(),
  }),
  /** A part of a rolling batch begins; waves count from 1. */
  z.object({ type: z.literal('waveStarted'), ...ofWave, of: z.number(), executions: z.array(z.string()) }),
  /** How the probe of a wave ended on one of its nodes. */
  z.object({ type: z.literal('probeFinished'), ...ofWave, node: z.string(), outcome: Outcome }),
  z.object({ type: z.literal('waveFinished'), ...ofWave, failures: z.number() }),
  /** The next wave waits, for a person or for a while, after wave `wave`. */
  z.object({ type: z.literal('barrierWaiting'), ...ofWave, barrier: Barrier }),
  z.object({ type: z.literal('barrierPassed'), ...ofWave, go: z.boolean() }),
  /** The limit that holds up the next start, in people's words; null when none does. */
  z.object({ type: z.literal('limitChanged'), heldBy: z.string().nullable(), concurrency: z.number() }),
  z.object({
    type: z.literal('breakerChanged'),
    key: z.string(),
    state: z.enum(['closed', 'open', 'half-open']),
  }),
  z.object({ type: z.literal('paused') }),
  z.object({ type: z.literal('resumed') }),
  z.object({ type: z.literal('note'), execution: z.string().optional(), message: z.string() }),
  z.object({ type: z.literal('batchFinished'), end: BatchEnd }),
  z.object({ type: z.literal('stopReport'), stopped: z.array(z.string()), running: z.array(z.string()) }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

/** An event as it is logged and announced. */
export const LoggedEvent = z.intersection(z.object({ seq: z.number().int(), at: z.number() }), RunEvent);
export type LoggedEvent = { seq: number; at: number } & RunEvent;

/** Events of one batch, in order. */
export type BatchEvents = { readonly batch: string; readonly events: readonly LoggedEvent[] };
