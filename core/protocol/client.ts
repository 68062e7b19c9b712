import type { Inventory } from '../inventory/model.ts';
import type { LoggedEvent } from '../run/events.ts';
import type { Plan, PlanRequest, SourceRef } from '../run/plan.ts';
import type { BatchState } from '../run/state.ts';
import type { Event } from '../util/emitter.ts';
import type { Result } from '../util/errors.ts';
import type { BatchSummary, CancelRequest, PlanPreview, PromptAnswer, StartResult } from './engine.ts';
import type { OutputPage, OutputQuery } from './output.ts';

/** What everyone who uses the engine sees of it, in this process or in one of its own. */
export interface EngineClient {
  inventory(sources: readonly SourceRef[]): Promise<Inventory>;
  /** Resolves a request to the exact plan that would run. Contacts no node. */
  plan(request: PlanRequest): Promise<Result<PlanPreview>>;
  /** Starts a plan after resolving it again; refused when that gives another plan. */
  start(plan: Plan): Promise<Result<StartResult>>;
  /** Returns at once; the end of each execution says what became of its process. */
  cancel(request: CancelRequest): Promise<Result<null>>;
  /** Newest first: batches of this engine and those on disk. */
  batches(): Promise<readonly BatchSummary[]>;
  snapshot(batch: string): Promise<Result<BatchState>>;
  output(query: OutputQuery): Promise<Result<OutputPage>>;
  answer(answer: PromptAnswer): Promise<Result<null>>;
  /** Every event of every batch, in order within a batch, some at a time. */
  readonly onEvents: Event<BatchEvents>;
}

export type BatchEvents = { readonly batch: string; readonly events: readonly LoggedEvent[] };
