import type { PlannedFile } from '../../core/run/fileActions.ts';

/** The files of a plan, and what is to say about them. */
export type Files = { readonly files?: readonly PlannedFile[]; readonly notes: readonly string[] };
