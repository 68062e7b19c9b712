import * as z from 'zod';
import { EditQuery } from '../inventory/edit/editQuery.ts';
import { Control } from '../run/controls.ts';
import { Decision } from '../policy/verdict.ts';
import { Plan, PlanRequest } from '../run/plan.ts';
import {
  ApproveQuery,
  ExportQuery,
  FindQuery,
  InventoryQuery,
  NodeQuery,
  ReachQuery,
  ResolveQuery,
} from './inventory.ts';
import { OutputQuery } from './output.ts';
import { StatusQuery } from './status.ts';
import { FreezeRequest, PermitQuery, PolicyQuery } from './policy.ts';

/** What the engine has to know about who asks: it may serve several windows with different answers. */
export const ClientContext = z.object({
  /** Whether the workspace is trusted. Nothing connects and nothing runs for a client that is not. */
  trusted: z.boolean(),
  /**
   * `allowed`: the trust of a workspace covers its local nodes. `approved`: they act only after a person said yes to that
   * very file, as command sources and proxy commands always do.
   */
  localNodes: z.enum(['allowed', 'approved']),
  /** Where relative paths of `file:` in a selection start; without it there are no files. */
  folder: z.string().optional(),
  /** Login name of the person, for the log. */
  user: z.string(),
  /** Who acts for the person, as rules tell apart: an agent or a timer. Without it, the person. */
  as: z.enum(['ai', 'schedule']).optional(),
  /** The client's SSH agent: a socket path or, on Windows, a pipe. */
  agentSocket: z.string().min(1).optional(),
  /** Whether the client can put a question to a person. */
  canPrompt: z.boolean(),
  /** What happens to this client's batches when it goes away. */
  onClose: z.enum(['finish', 'cancel']),
});
export type ClientContext = z.infer<typeof ClientContext>;

export const CancelRequest = z.object({
  batch: z.string(),
  which: z.enum(['all', 'queued', 'execution']),
  execution: z.string().optional(),
});
export type CancelRequest = z.infer<typeof CancelRequest>;

/** What a person does to a running batch, beside stopping it. */
export const ControlRequest = z.object({ batch: z.string(), control: Control });
export type ControlRequest = z.infer<typeof ControlRequest>;

/** What a person said to a prompt: fingerprints of the host keys to trust, or a secret. Empty means no. */
export const PromptAnswer = z.object({
  batch: z.string(),
  prompt: z.string(),
  trust: z.array(z.string()).optional(),
  secret: z.string().optional(),
  goOn: z.boolean().optional(),
});
export type PromptAnswer = z.infer<typeof PromptAnswer>;

/** A batch in one line. */
export type BatchSummary = {
  id: string;
  title: string;
  status: string;
  nodes: number;
  completed: number;
  failures: number;
  startedAt: number;
  endedAt?: number;
};

/** An ended batch whose processes may still run, on one node or wherever they may. */
export const StopAgainRequest = z.object({ batch: z.string(), node: z.string().optional() });
export type StopAgainRequest = z.infer<typeof StopAgainRequest>;

/** Nodes on which the process is proven gone, and those on which it is not, with the reason. */
export type StopAgainResult = {
  readonly stopped: readonly string[];
  readonly running: readonly { readonly node: string; readonly message: string }[];
};

/** A plan to start, and what came with the person's yes. */
export const StartRequest = z.object({
  plan: Plan,
  /** A person said yes to this plan. */
  confirmed: z.boolean().optional(),
  /** What a person typed where the rules ask for it. */
  typed: z.string().max(256).optional(),
  /** What the command reads on stdin, base64: the bytes of which the plan has the digest. */
  stdin: z.base64().optional(),
  /** Write down what SSH connections say about themselves, into the batch's folder. */
  debugSsh: z.boolean().optional(),
});
export type StartRequest = z.infer<typeof StartRequest>;

/** Requests of the engine process by name, with the schema that validates what arrives. */
export const engineRequests = {
  hello: z.object({ token: z.string(), context: ClientContext }),
  inventory: InventoryQuery,
  findSources: FindQuery,
  resolve: ResolveQuery,
  node: NodeQuery,
  exportInventory: ExportQuery,
  reach: ReachQuery,
  approve: ApproveQuery,
  editInventory: EditQuery,
  plan: PlanRequest,
  start: StartRequest,
  cancel: CancelRequest,
  stopAgain: StopAgainRequest,
  control: ControlRequest,
  batches: z.object({}),
  status: StatusQuery,
  snapshot: z.object({ batch: z.string() }),
  output: OutputQuery,
  answer: PromptAnswer,
  permit: PermitQuery,
  policy: PolicyQuery,
  freeze: FreezeRequest,
} as const;
export type EngineRequests = typeof engineRequests;
export type EngineMethod = keyof EngineRequests;

export const StartResult = z.object({ batch: z.string(), executions: z.array(z.string()) });
export type StartResult = z.infer<typeof StartResult>;

export const PlanPreview = z.object({
  plan: Plan,
  /** What is left out or changed by how things are, such as a source that is not used: no reason to ask, but to say. */
  notes: z.array(z.string()),
  /** Facts for a person to weigh before the start. */
  warnings: z.array(z.string()),
  /** What the rules say: what has to be confirmed or typed before the start, and why. */
  decision: Decision,
  /** Why the start would be refused as things are. */
  denied: z.string().optional(),
});
export type PlanPreview = z.infer<typeof PlanPreview>;
