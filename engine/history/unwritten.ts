/** What a disk has not taken of a file, from a place in it on: for readers in this process. */
export type Unwritten = { readonly offset: number; readonly chunks: readonly Buffer[] };

const files = new Map<string, () => Unwritten>();

/** Lets readers of a path have what the disk does not take, until it is taken back. */
export function offerUnwritten(path: string, unwritten: () => Unwritten): void {
  files.set(path, unwritten);
}

export function withdrawUnwritten(path: string): void {
  files.delete(path);
}

export function hasUnwritten(path: string): boolean {
  return files.has(path);
}

/** Copies what is not on the disk of a file into `target`, whose first byte is the one at `offset`; gives how many. */
export function copyUnwritten(path: string, target: Buffer, offset: number): number {
  const unwritten = files.get(path)?.();
  if (!unwritten) return 0;
  let copied = 0;
  let at = unwritten.offset;
  for (const chunk of unwritten.chunks) {
    const from = offset + copied - at;
    if (from >= 0 && from < chunk.length) copied += chunk.copy(target, copied, from);
    if (copied === target.length) break;
    at += chunk.length;
  }
  return copied;
}
