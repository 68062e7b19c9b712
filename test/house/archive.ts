/** A file in a zip archive; sizes in bytes. */
export type PackedFile = { readonly name: string; readonly size: number };

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;

/** Files that a zip archive lists in its central directory (APPNOTE.TXT 4.3.12 and 4.3.16, no zip64). */
export function packedFiles(archive: Buffer): readonly PackedFile[] {
  const end = endOfDirectory(archive);
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  const files: PackedFile[] = [];
  for (let index = 0; index < count; index++) {
    if (archive.readUInt32LE(at) !== entrySignature) throw new Error(`No directory entry at ${at}.`);
    const nameLength = archive.readUInt16LE(at + 28);
    files.push({
      name: archive.toString('utf8', at + 46, at + 46 + nameLength),
      size: archive.readUInt32LE(at + 24),
    });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

/** The record stands at the end, before a comment of at most 64 KiB. */
function endOfDirectory(archive: Buffer): number {
  for (let at = archive.length - 22; at >= Math.max(0, archive.length - 22 - 65_535); at--) {
    if (archive.readUInt32LE(at) === endSignature) return at;
  }
  throw new Error('This is not a zip archive.');
}
