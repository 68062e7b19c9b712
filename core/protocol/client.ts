import type { BatchEvents } from '../run/events.ts';
import type { PlanRequest } from '../run/plan.ts';
import type { BatchState } from '../run/state.ts';
import type { Event } from '../util/emitter.ts';
import type { Result } from '../util/errors.ts';
import type {
  BatchSummary,
  CancelRequest,
  ControlRequest,
  PromptAnswer,
  StopAgainRequest,
  StopAgainResult,
} from './batch.ts';
import type { PlanPreview, Rerun, RerunQuery, StartRequest, StartResult } from './start.ts';
import type { Answers, AnswersQuery } from './answers.ts';
import type { ExportClient } from './exports.ts';
import type { JournalClient } from './journal.ts';
import type { HistoryClient } from './history.ts';
import type { LogClient } from './log.ts';
import type { OutputPage, OutputQuery } from './output.ts';
import type { BatchPage, StatusQuery } from './status.ts';
import type { InventoryClient } from './inventoryClient.ts';
import type { OutputClient } from './search.ts';
import type { PlaybookClient } from './playbooks.ts';
import type { PolicyClient } from './policy.ts';

/** What everyone who uses the engine sees of it, in this process or in one of its own. */
export interface EngineClient
  extends
    InventoryClient,
    HistoryClient,
    ExportClient,
    JournalClient,
    LogClient,
    OutputClient,
    PlaybookClient,
    PolicyClient {
  /** Resolves a request to the exact plan that would run. Contacts no node. */
  plan(request: PlanRequest): Promise<Result<PlanPreview>>;
  /** The request that runs an ended batch again, on some of its nodes. Plans nothing, starts nothing. */
  rerun(query: RerunQuery): Promise<Result<Rerun>>;
  /** Starts a plan after resolving it again; refused when that gives another plan. */
  start(request: StartRequest): Promise<Result<StartResult>>;
  /** Returns at once; the end of each execution says what became of its process. */
  cancel(request: CancelRequest): Promise<Result<null>>;
  /** Goes back to the nodes of an ended batch where a process may still run, and stops it. Returns when that is known. */
  stopAgain(request: StopAgainRequest): Promise<Result<StopAgainResult>>;
  /** Pauses or resumes a batch, changes how many run at once, answers a barrier. Returns at once. */
  control(request: ControlRequest): Promise<Result<null>>;
  /** Newest first: batches of this engine and those on disk. */
  batches(): Promise<readonly BatchSummary[]>;
  /** Counts, figures and a page of a batch's executions. */
  status(query: StatusQuery): Promise<Result<BatchPage>>;
  snapshot(batch: string): Promise<Result<BatchState>>;
  output(query: OutputQuery): Promise<Result<OutputPage>>;
  /** What the nodes said, equal answers together. Reads for half a second at most; `unread` says what is left. */
  answers(query: AnswersQuery): Promise<Result<Answers>>;
  answer(answer: PromptAnswer): Promise<Result<null>>;
  /** Every event of every batch, in order within a batch, some at a time. */
  readonly onEvents: Event<BatchEvents>;
}
