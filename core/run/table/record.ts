/** A record of a node's output: values by the name of their column. */
export type TableRecord = Readonly<Record<string, string>>;
