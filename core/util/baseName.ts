/** The name of a file or folder without the folders above it, in paths of either kind; a slash at the end does not count. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path;
}
