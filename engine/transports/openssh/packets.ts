/** A message of the SSH connection protocol about one of our channels (RFC 4254, 5 and 6). */
export type ChannelMessage =
  | { type: 'confirmed'; channel: number; remote: number; window: number; mostBytes: number }
  | { type: 'refused'; channel: number; reason: number; message: string }
  | { type: 'window'; channel: number; bytes: number }
  | { type: 'data'; channel: number; stream: 'stdout' | 'stderr'; bytes: Buffer }
  | { type: 'eof' | 'close' | 'success' | 'failure'; channel: number }
  | { type: 'exit'; channel: number; code: number }
  | { type: 'signal'; channel: number; signal: string }
  | { type: 'request'; channel: number; wantsReply: boolean };

/** Message numbers of RFC 4254, 9. */
const numbers = {
  open: 90,
  confirmation: 91,
  openFailure: 92,
  windowAdjust: 93,
  data: 94,
  extendedData: 95,
  eof: 96,
  close: 97,
  request: 98,
  success: 99,
  failure: 100,
} as const;

/** What a channel starts with: its window and the largest packet, in bytes. */
export type ChannelSize = { readonly window: number; readonly mostBytes: number };

export function openSession(channel: number, { window, mostBytes }: ChannelSize): Buffer {
  return message(numbers.open, text('session'), uint32(channel), uint32(window), uint32(mostBytes));
}

export function requestExec(remote: number, line: string): Buffer {
  return message(numbers.request, uint32(remote), text('exec'), Buffer.of(1), text(line));
}

/** Asks for a subsystem of the node (RFC 4254, 6.5). */
export function requestSubsystem(remote: number, name: string): Buffer {
  return message(numbers.request, uint32(remote), text('subsystem'), Buffer.of(1), text(name));
}

/** Asks for a terminal (RFC 4254, 6.2) without modes of its own; no answer is wanted, as the command says what it got. */
export function requestTerminal(remote: number, { term, cols, rows }: TerminalSize): Buffer {
  const size = [cols, rows, 0, 0].map(uint32);
  return message(
    numbers.request,
    uint32(remote),
    text('pty-req'),
    Buffer.of(0),
    text(term),
    ...size,
    text('\0'),
  );
}

export type TerminalSize = { readonly term: string; readonly cols: number; readonly rows: number };

export function sendData(remote: number, bytes: Buffer): Buffer {
  return message(numbers.data, uint32(remote), uint32(bytes.length), bytes);
}

export function adjustWindow(remote: number, bytes: number): Buffer {
  return message(numbers.windowAdjust, uint32(remote), uint32(bytes));
}

export function sendEof(remote: number): Buffer {
  return message(numbers.eof, uint32(remote));
}

export function sendClose(remote: number): Buffer {
  return message(numbers.close, uint32(remote));
}

export function refuseRequest(remote: number): Buffer {
  return message(numbers.failure, uint32(remote));
}

/** Reads a message; undefined of one that is not about a channel. Throws a RangeError on one that is cut off. */
export function readMessage(packet: Buffer): ChannelMessage | undefined {
  const reader = readFrom(packet);
  const number = reader.byte();
  if (number < numbers.confirmation || number > numbers.failure) return undefined;
  const channel = reader.uint32();
  switch (number) {
    case numbers.confirmation:
      return {
        type: 'confirmed',
        channel,
        remote: reader.uint32(),
        window: reader.uint32(),
        mostBytes: reader.uint32(),
      };
    case numbers.openFailure:
      return { type: 'refused', channel, reason: reader.uint32(), message: reader.text() };
    case numbers.windowAdjust:
      return { type: 'window', channel, bytes: reader.uint32() };
    case numbers.data:
      return { type: 'data', channel, stream: 'stdout', bytes: reader.bytes() };
    case numbers.extendedData:
      reader.uint32();
      return { type: 'data', channel, stream: 'stderr', bytes: reader.bytes() };
    case numbers.eof:
      return { type: 'eof', channel };
    case numbers.close:
      return { type: 'close', channel };
    case numbers.request:
      return readRequest(channel, reader);
    case numbers.success:
      return { type: 'success', channel };
    default:
      return { type: 'failure', channel };
  }
}

/** How a command ended (RFC 4254, 6.10), or something that we do not know. */
function readRequest(channel: number, reader: Reader): ChannelMessage {
  const name = reader.text();
  const wantsReply = reader.byte() !== 0;
  if (name === 'exit-status') return { type: 'exit', channel, code: reader.uint32() };
  if (name === 'exit-signal') return { type: 'signal', channel, signal: `SIG${reader.text()}` };
  return { type: 'request', channel, wantsReply };
}

type Reader = ReturnType<typeof readFrom>;

function readFrom(packet: Buffer) {
  let at = 0;
  const uint32 = (): number => {
    const value = packet.readUInt32BE(at);
    at += 4;
    return value;
  };
  const bytes = (): Buffer => {
    const length = uint32();
    if (at + length > packet.length) throw new RangeError('a packet is cut off');
    at += length;
    return packet.subarray(at - length, at);
  };
  return { byte: (): number => packet.readUInt8(at++), uint32, bytes, text: () => bytes().toString('utf8') };
}

function message(number: number, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.of(number), ...parts]);
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint32(bytes.length), bytes]);
}
