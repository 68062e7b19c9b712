/** A node as the list of targets shows it. */
export type TargetNode = {
  readonly name: string;
  readonly address: string;
  readonly tags: readonly string[];
  readonly source: string;
  /** Why nothing runs on it. */
  readonly blocked?: string;
};

/** A group or tag, with the places of its nodes in the list. */
export type TargetSet = {
  readonly name: string;
  /** 0 for one at the top. */
  readonly depth: number;
  readonly nodes: readonly number[];
};

/** What can be selected. */
export type Targets = {
  readonly nodes: readonly TargetNode[];
  readonly groups: readonly TargetSet[];
  readonly tags: readonly TargetSet[];
  readonly saved: readonly { readonly name: string; readonly expression: string }[];
};
