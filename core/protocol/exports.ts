import * as z from 'zod';
import { ExportFormat } from '../export/formats.ts';
import type { Result } from '../util/errors.ts';

/** A batch, or some of its executions, to be written to a file or, as `files`, into a folder. */
export const ExportBatchRequest = z.object({
  batch: z.string().max(64),
  format: ExportFormat,
  /** Absolute. */
  path: z.string().max(4096),
  /** Whether what is there already is replaced. */
  overwrite: z.boolean().optional(),
  /** Only executions in one of these statuses. */
  statuses: z.array(z.string().max(32)).max(32).readonly().optional(),
  /** Only executions on these nodes. */
  nodes: z.array(z.string()).max(5000).readonly().optional(),
  /** Answers in reports are together only when they are the same byte for byte, names and times included. */
  exact: z.boolean().optional(),
});
export type ExportBatchRequest = z.infer<typeof ExportBatchRequest>;

export type ExportBatchResult = {
  readonly path: string;
  readonly files: number;
  readonly bytes: number;
  /** How many executions are in it. */
  readonly executions: number;
};

/** Batches as files. */
export interface ExportClient {
  /** Writes a batch to this machine; what is there is replaced only where that is asked for. */
  exportBatch(request: ExportBatchRequest): Promise<Result<ExportBatchResult>>;
}
