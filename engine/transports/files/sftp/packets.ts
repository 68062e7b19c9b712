import type { FileFacts } from '../remoteFiles.ts';

/** Version 3 of SFTP, which is what servers speak (draft-ietf-secsh-filexfer-02). */
export const version = 3;

/** Packet types of the draft, 3. */
export const types = {
  init: 1,
  version: 2,
  open: 3,
  close: 4,
  read: 5,
  write: 6,
  lstat: 7,
  fsetstat: 10,
  setstat: 9,
  opendir: 11,
  readdir: 12,
  remove: 13,
  mkdir: 14,
  stat: 17,
  rename: 18,
  status: 101,
  handle: 102,
  data: 103,
  name: 104,
  attrs: 105,
  extended: 200,
  extendedReply: 201,
} as const;

/** Flags of `open` (6.3). */
export const openFlags = { read: 1, write: 2, create: 8, exclusive: 32 } as const;

/** Status codes (7). */
export const statusCodes = {
  ok: 0,
  eof: 1,
  missing: 2,
  denied: 3,
  failure: 4,
  unsupported: 8,
} as const;

/** What a server answers to a request. */
export type Reply =
  | { type: 'status'; code: number; message: string }
  | { type: 'handle'; handle: Buffer }
  | { type: 'data'; bytes: Buffer }
  | { type: 'names'; names: readonly { name: Buffer; facts: FileFacts }[] }
  | { type: 'attrs'; facts: FileFacts }
  | { type: 'extended'; bytes: Buffer };

/** Big-endian, as all numbers of SSH (RFC 4251, 5). */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function uint64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** The length in bytes, then the bytes (RFC 4251, 5). */
export function string(value: string | Uint8Array): Buffer {
  const bytes = Buffer.from(value as Uint8Array);
  return Buffer.concat([uint32(bytes.length), bytes]);
}

/** Attributes (5): those that are given. */
export function attributes({ mode, uid, gid }: { mode?: number; uid?: number; gid?: number }): Buffer {
  const owner = uid !== undefined && gid !== undefined ? [uint32(uid), uint32(gid)] : [];
  const flags = (owner.length > 0 ? hasOwner : 0) | (mode === undefined ? 0 : hasMode);
  return Buffer.concat([uint32(flags), ...owner, ...(mode === undefined ? [] : [uint32(mode)])]);
}

const hasSize = 1;
const hasOwner = 2;
const hasMode = 4;
const hasTimes = 8;
const hasMore = 0x8000_0000;

/** Reads what was answered, and to which request. Throws a RangeError on a packet that is cut off. */
export function readReply(packet: Buffer): { id: number; reply: Reply | undefined } {
  const reader = readFrom(packet);
  const type = reader.byte();
  const id = reader.uint32();
  return { id, reply: bodyOf(type, reader) };
}

function bodyOf(type: number, reader: Reader): Reply | undefined {
  switch (type) {
    case types.status: {
      const code = reader.uint32();
      return { type: 'status', code, message: reader.isAtEnd() ? '' : reader.bytes().toString('utf8') };
    }
    case types.handle:
      return { type: 'handle', handle: Buffer.from(reader.bytes()) };
    case types.data:
      return { type: 'data', bytes: reader.bytes() };
    case types.attrs:
      return { type: 'attrs', facts: readFacts(reader) };
    case types.extendedReply:
      return { type: 'extended', bytes: reader.rest() };
    case types.name: {
      const names: { name: Buffer; facts: FileFacts }[] = [];
      for (let left = reader.uint32(); left > 0; left--) {
        const name = reader.bytes();
        const long = reader.bytes().toString('latin1');
        names.push({ name, facts: readFacts(reader, long) });
      }
      return { type: 'names', names };
    }
    default:
      return undefined;
  }
}

/** What `version` says of extensions that a server has. */
export function readVersion(packet: Buffer): { version: number; extensions: ReadonlySet<string> } {
  const reader = readFrom(packet);
  if (reader.byte() !== types.version) throw new RangeError('no version');
  const spoken = reader.uint32();
  const extensions = new Set<string>();
  while (!reader.isAtEnd()) {
    extensions.add(reader.bytes().toString('latin1'));
    reader.bytes();
  }
  return { version: spoken, extensions };
}

/** `long` is a line as `ls -l` prints it, whose first letter is the type where the mode says none. */
function readFacts(reader: Reader, long = ''): FileFacts {
  const flags = reader.uint32();
  const bytes = flags & hasSize ? reader.uint64() : 0;
  const [uid, gid] = flags & hasOwner ? [reader.uint32(), reader.uint32()] : [];
  const mode = flags & hasMode ? reader.uint32() : 0;
  if (flags & hasTimes) reader.skip(8);
  if (flags & hasMore) {
    for (let left = 2 * reader.uint32(); left > 0; left--) reader.skip(reader.uint32());
  }
  return { type: typeOf(mode, long), bytes, mode: mode & 0o7777, uid, gid };
}

/** Types of files in modes (inode(7)). */
function typeOf(mode: number, long: string): FileFacts['type'] {
  switch (mode & 0o170000) {
    case 0o100000:
      return 'file';
    case 0o040000:
      return 'folder';
    case 0o120000:
      return 'link';
    case 0:
      return long.startsWith('d') ? 'folder' : long.startsWith('-') ? 'file' : 'other';
    default:
      return 'other';
  }
}

type Reader = ReturnType<typeof readFrom>;

function readFrom(packet: Buffer) {
  let at = 0;
  const take = (length: number): number => {
    if (length > packet.length - at) throw new RangeError('a packet is cut off');
    at += length;
    return at - length;
  };
  const uint32 = (): number => packet.readUInt32BE(take(4));
  const bytes = (): Buffer => {
    const length = uint32();
    const from = take(length);
    return packet.subarray(from, from + length);
  };
  return {
    byte: (): number => packet.readUInt8(take(1)),
    uint32,
    /** Sizes above 2^53 are what no disk has. */
    uint64: (): number => Number(packet.readBigUInt64BE(take(8))),
    bytes,
    skip: (length: number): void => void take(length),
    rest: (): Buffer => packet.subarray(at),
    isAtEnd: (): boolean => at >= packet.length,
  };
}
