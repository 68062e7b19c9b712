/** The code of an error of Node or of the system, such as `ENOENT` (errno(3)). */
export function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
