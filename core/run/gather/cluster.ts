import type { ShownLine } from './difference.ts';

/** The four words of the panel, beside what has not answered yet. */
export const clusterKinds = ['same', 'similar', 'different', 'silent'] as const;
export type ClusterKind = (typeof clusterKinds)[number];

/** Executions that gave the same answer. */
export type Cluster = {
  /** Stays the same while the batch runs. */
  readonly id: string;
  readonly kind: ClusterKind;
  /** `exit 0`, `killed by SIGKILL`, `no answer`. */
  readonly end: string;
  /** Ids, in the order of the plan. */
  readonly executions: readonly string[];
  /** Of the largest answer its first lines, of the others those that differ from it. */
  readonly lines: readonly ShownLine[];
  /** How many lines the answer has. */
  readonly total: number;
  /** How many of them are as in the largest answer. */
  readonly equal: number;
  /** How many more lines differ than are shown. */
  readonly more: number;
};

/** The answers of a batch, equal ones together: the largest first. The counts add up to the nodes of the batch. */
export type Gathered = {
  readonly counts: Readonly<Record<ClusterKind, number>>;
  /** Executions that have not ended, or whose output has not been read yet. */
  readonly toAnswer: number;
  readonly clusters: readonly Cluster[];
  /** Answers that are not among the clusters, and the nodes that gave them. */
  readonly rest: { readonly clusters: number; readonly nodes: number };
};
