/** Files of a playbook, and how their paths go together. */
export type PlaybookFiles = {
  /** The text of a file, or why there is none. */
  read(path: string): { readonly text: string } | { readonly message: string };
  /** A path that is written in a file. */
  resolve(from: string, path: string): string;
  hash(text: string): string;
};
