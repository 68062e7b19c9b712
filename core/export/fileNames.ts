import { isDeviceName } from '../util/deviceName.ts';

/** Characters of a name; file systems take 255 bytes, and a character has up to four. */
const longest = 60;

/**
 * A name for the file of a node that every file system takes and that stays in its folder. Names that differ only in case,
 * or in what was replaced, get a number.
 */
export function createFileNames(extension: string): (node: string) => string {
  const taken = new Set<string>();
  return (node) => {
    const plain = plainName(node);
    for (let count = 1; ; count++) {
      const name = count === 1 ? plain : `${plain}~${count}`;
      const key = name.normalize('NFC').toLowerCase();
      if (taken.has(key)) continue;
      taken.add(key);
      return `${name}${extension}`;
    }
  };
}

function plainName(node: string): string {
  const safe = node
    .replaceAll(/[^\p{L}\p{M}\p{N}._@+=-]/gu, '_')
    .slice(0, longest)
    .toWellFormed();
  const closed = safe.replace(/^[.-]+/, '_').replace(/[. ]+$/, '_');
  return closed === '' || isDeviceName(closed) ? `_${closed}` : closed;
}
