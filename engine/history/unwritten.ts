/** What a disk has not taken of a file, from a place in it on. */
export type Unwritten = { readonly offset: number; readonly chunks: readonly Buffer[] };

/** Files of which the disk has not taken everything, by their paths, for readers in this process. */
export type UnwrittenFiles = {
  /** Lets readers have what the disk does not take, until it is withdrawn. */
  offer(path: string, unwritten: () => Unwritten): void;
  withdraw(path: string): void;
  has(path: string): boolean;
  /** Copies what is not on the disk of a file into `target`, whose first byte is the one at `offset`; gives how many bytes. */
  copy(path: string, target: Buffer, offset: number): number;
};

export function createUnwrittenFiles(): UnwrittenFiles {
  const files = new Map<string, () => Unwritten>();
  return {
    offer: (path, unwritten) => void files.set(path, unwritten),
    withdraw: (path) => void files.delete(path),
    has: (path) => files.has(path),
    copy(path, target, offset) {
      const unwritten = files.get(path)?.();
      return unwritten ? copyFrom(unwritten, target, offset) : 0;
    },
  };
}

function copyFrom(unwritten: Unwritten, target: Buffer, offset: number): number {
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
