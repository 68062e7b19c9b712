import type { Param } from '../schema/param.ts';

/** What the lists of New Run have of this machine. */
export const fileKinds = ['script', 'task', 'playbook'] as const;
export type FileKind = (typeof fileKinds)[number];

/** A script, task or playbook of the workspace. */
export type WorkspaceFile = {
  /** Absolute. */
  readonly file: string;
  /** From the folder of the workspace. */
  readonly path: string;
  readonly name?: string;
  readonly description?: string;
  /** Errors in it: with one, nothing in it runs. */
  readonly problems: number;
};

export type FileList = {
  readonly files: readonly WorkspaceFile[];
  /** Whether there are more than could be listed. */
  readonly isCut: boolean;
};

export type NamedParam = Param & { readonly name: string };

/** The task or playbook of a form, as its file says now. */
export type FileWants = {
  readonly file: string;
  readonly name: string;
  readonly description?: string;
  /** Where it runs unless the form says otherwise. */
  readonly targets?: string;
  readonly params: readonly NamedParam[];
  /** Secrets that a person is asked for. */
  readonly secrets: readonly { readonly name: string; readonly label: string }[];
};
