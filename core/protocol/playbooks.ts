import * as z from 'zod';
import type { PlaybookKind } from '../playbook/kindOfFile.ts';
import type { Result } from '../util/errors.ts';
import type { FileWants } from './newRunFiles.ts';

/** Absolute paths of tasks and playbooks. */
export const PlaybooksQuery = z.object({ files: z.array(z.string()).max(1000) });
export type PlaybooksQuery = z.infer<typeof PlaybooksQuery>;

/** The absolute path of a task or playbook. */
export const WantsQuery = z.object({ file: z.string() });
export type WantsQuery = z.infer<typeof WantsQuery>;

/** What a task or playbook says of itself. */
export type PlaybookSummary = {
  /** Absolute. */
  readonly file: string;
  readonly kind: PlaybookKind;
  readonly name?: string;
  readonly description?: string;
  /** Errors in it: with one, nothing in it runs. */
  readonly problems: number;
  /** The first of them, with its line. */
  readonly problem?: string;
};

/** What a client can ask of tasks and playbooks; nothing of them runs. */
export type PlaybookClient = {
  /** Each file as it is on the disk now, in the order asked for; those that are not there any more are left out. */
  playbooks(query: PlaybooksQuery): Promise<readonly PlaybookSummary[]>;
  /** What a file wants to be given before it runs. Refused with `INPUT_INVALID` where nothing in it can run, and with `INPUT_MISSING` where it can not be read. */
  wants(query: WantsQuery): Promise<Result<FileWants>>;
};
