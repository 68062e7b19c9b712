import type { Duplex } from 'node:stream';
import { visible } from '../../../../core/util/visible.ts';
import { FilesError, type FilesErrorCode } from '../remoteFiles.ts';
import { readReply, readVersion, type Reply, statusCodes, types, uint32, version } from './packets.ts';

/** Requests and answers over one channel to an SFTP server. */
export type SftpClient = {
  readonly extensions: ReadonlySet<string>;
  /** Rejects with a `FilesError` where the server says no, or is gone. `what` is what was asked for, for people. */
  request(type: number, body: readonly Buffer[], what: string): Promise<Reply>;
  /** Waits while more is on its way than the channel takes. */
  drained(): Promise<void>;
  close(): void;
};

/** Largest packet that is taken, in bytes: OpenSSH's sftp has the same. A server that sends more is cut off. */
const mostBytes = 256 * 1024;

type Waiting = { readonly what: string; resolve(reply: Reply): void; reject(error: FilesError): void };

/** A channel to a server, as the client needs it. */
type Channel = Duplex & { close(): void };

/** Begins to speak SFTP. Rejects where nobody there does. */
export async function openSftp(channel: Channel): Promise<SftpClient> {
  const conversation = converse(channel);
  channel.write(frame(types.init, [uint32(version)]));
  const extensions = await conversation.greeted;
  let last = 0;
  return {
    extensions,
    request: (type, body, what) =>
      new Promise((resolve, reject) => {
        last = (last + 1) >>> 0;
        if (conversation.expect(last, { what, resolve, reject }))
          channel.write(frame(type, [uint32(last), ...body]));
      }),
    drained: () => drained(channel, conversation),
    close: () => conversation.end('it was closed here'),
  };
}

type Conversation = {
  readonly greeted: Promise<ReadonlySet<string>>;
  /** False where no answer can come any more; it is told so. */
  expect(id: number, waiting: Waiting): boolean;
  isOver(): boolean;
  end(why: string): void;
};

/** Hears what the server says, and gives each answer to who waits for it. */
function converse(channel: Channel): Conversation {
  const waiting = new Map<number, Waiting>();
  const greeted = Promise.withResolvers<ReadonlySet<string>>();
  let isGreeted = false;
  let over: FilesError | undefined;
  const end = (why: string): void => {
    if (over) return;
    over = new FilesError('lost', why);
    greeted.reject(new FilesError('unsupported', `the node has no SFTP: ${why}`));
    for (const each of waiting.values()) each.reject(over);
    waiting.clear();
    channel.close();
  };
  const greet = (packet: Buffer): void => {
    isGreeted = true;
    const said = readVersion(packet);
    if (said.version === version) greeted.resolve(said.extensions);
    else end(`it speaks version ${said.version} of SFTP, not ${version}`);
  };
  const take = (packet: Buffer): void => {
    if (!isGreeted) return greet(packet);
    const { id, reply } = readReply(packet);
    const asked = waiting.get(id);
    if (!asked || !reply) return end('it answers what nobody asked');
    waiting.delete(id);
    if (reply.type === 'status' && reply.code !== statusCodes.ok && reply.code !== statusCodes.eof)
      asked.reject(errorOf(reply, asked.what));
    else asked.resolve(reply);
  };
  const read = createReader(take);
  channel.on('data', (chunk: Buffer) => {
    try {
      if (!over) read(chunk);
    } catch {
      end('it sends what is no SFTP');
    }
  });
  channel.on('error', () => end('the connection went away'));
  for (const event of ['end', 'close']) channel.on(event, () => end('the channel was closed'));
  return {
    greeted: greeted.promise,
    expect(id, each) {
      if (over) each.reject(over);
      else waiting.set(id, each);
      return over === undefined;
    },
    isOver: () => over !== undefined,
    end,
  };
}

/** Waits while the channel takes no more. */
function drained(channel: Channel, { isOver }: Conversation): Promise<void> {
  return new Promise((resolve) => {
    if (isOver() || !channel.writableNeedDrain) return resolve();
    const go = (): void => {
      channel.off('drain', go).off('close', go);
      resolve();
    };
    channel.once('drain', go).once('close', go);
  });
}

function frame(type: number, body: readonly Buffer[]): Buffer {
  const length = body.reduce((sum, { length: each }) => sum + each, 1);
  return Buffer.concat([uint32(length), Buffer.of(type), ...body]);
}

/** Cuts a stream into packets. Throws a RangeError on one that is too large. */
function createReader(take: (packet: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let held = 0;
  let wanted = 4;
  return (chunk) => {
    chunks.push(chunk);
    held += chunk.length;
    if (held < wanted) return;
    let bytes = chunks.length === 1 ? chunk : Buffer.concat(chunks);
    for (;;) {
      wanted = 4;
      if (bytes.length < wanted) break;
      const length = bytes.readUInt32BE(0);
      if (length < 1 || length > mostBytes) throw new RangeError(`a packet of ${length} bytes`);
      wanted = 4 + length;
      if (bytes.length < wanted) break;
      take(bytes.subarray(4, wanted));
      bytes = bytes.subarray(wanted);
    }
    chunks = bytes.length > 0 ? [bytes] : [];
    held = bytes.length;
  };
}

const codes: Readonly<Record<number, FilesErrorCode>> = {
  [statusCodes.missing]: 'missing',
  [statusCodes.denied]: 'denied',
  [statusCodes.unsupported]: 'unsupported',
};

function errorOf({ code, message }: Reply & { type: 'status' }, what: string): FilesError {
  const kind = codes[code] ?? 'failed';
  const said = visible(message).slice(0, 200);
  const why = { missing: 'it is not there', denied: 'permission denied' };
  const text = kind === 'missing' || kind === 'denied' ? why[kind] : said || `status ${code}`;
  return new FilesError(kind, `${what}: ${text}`);
}
