import * as z from 'zod';
import { EditQuery } from '../inventory/edit/editQuery.ts';
import { PlanRequest } from '../run/plan.ts';
import { CancelRequest, ControlRequest, PromptAnswer, StopAgainRequest } from './batch.ts';
import { ClientContext } from './context.ts';
import {
  ApproveQuery,
  ExportQuery,
  FindQuery,
  InventoryQuery,
  NodeQuery,
  ReachQuery,
  ResolveQuery,
} from './inventory.ts';
import { AnswersQuery } from './answers.ts';
import { DeleteBatches, HistoryQuery } from './history.ts';
import { ExportBatchRequest } from './exports.ts';
import { EventsQuery, LogQuery, MetricsQuery } from './log.ts';
import { AddJournalRequest, JournalQuery } from './journal.ts';
import { HostKeysQuery } from './hostKeys.ts';
import { OutputQuery } from './output.ts';
import { PlaybooksQuery, WantsQuery } from './playbooks.ts';
import { RerunQuery, StartRequest } from './start.ts';
import { SearchQuery } from './search.ts';
import { StatusQuery } from './status.ts';
import { TableQuery } from './table.ts';
import { FreezeRequest, PermitQuery, PolicyQuery } from './policy.ts';

/** Requests of the engine process by name, with the schema that validates what arrives. */
export const engineRequests = {
  hello: z.object({ token: z.string(), context: ClientContext }),
  inventory: InventoryQuery,
  findSources: FindQuery,
  resolve: ResolveQuery,
  node: NodeQuery,
  exportInventory: ExportQuery,
  reach: ReachQuery,
  hostKeys: HostKeysQuery,
  approve: ApproveQuery,
  editInventory: EditQuery,
  playbooks: PlaybooksQuery,
  wants: WantsQuery,
  plan: PlanRequest,
  rerun: RerunQuery,
  start: StartRequest,
  cancel: CancelRequest,
  stopAgain: StopAgainRequest,
  control: ControlRequest,
  batches: z.object({}),
  history: HistoryQuery,
  deleteBatches: DeleteBatches,
  rebuildHistory: z.object({}),
  log: LogQuery,
  events: EventsQuery,
  metrics: MetricsQuery,
  status: StatusQuery,
  snapshot: z.object({ batch: z.string() }),
  output: OutputQuery,
  answers: AnswersQuery,
  search: SearchQuery,
  table: TableQuery,
  exportBatch: ExportBatchRequest,
  journal: JournalQuery,
  addJournal: AddJournalRequest,
  answer: PromptAnswer,
  permit: PermitQuery,
  policy: PolicyQuery,
  freeze: FreezeRequest,
} as const;
export type EngineRequests = typeof engineRequests;
export type EngineMethod = keyof EngineRequests;
