type Named = { readonly node: string; readonly item?: { readonly name: string } | undefined };

/** What an execution is called: its node, and its set of parameters. This file stays free of Zod. */
export function executionName({ node, item }: Named): string {
  return item ? `${node}: ${item.name}` : node;
}
