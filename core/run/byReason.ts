import { foldForDisplay } from '../selection/nodeset.ts';

/** What is to be said about a node. */
export type Remark = { readonly node: string; readonly reason: string };

/** A line for each reason, in the order in which they came: `web[1-2]: its source has errors`. */
export function byReason(remarks: readonly Remark[]): readonly string[] {
  const nodes = new Map<string, string[]>();
  for (const { node, reason } of remarks) {
    const known = nodes.get(reason);
    if (known) known.push(node);
    else nodes.set(reason, [node]);
  }
  return [...nodes].map(([reason, names]) => `${foldForDisplay(names)}: ${reason}`);
}
