import { uint32 } from './packets.ts';

/** Bytes that one frame of a control socket may have: ssh itself bears 256 KiB. */
const mostBytes = 256 * 1024;

/** Cuts what comes from a control socket into frames, each behind its length (OpenSSH's PROTOCOL.mux). */
export function createFrameReader(onFrame: (frame: Buffer) => void): (chunk: Buffer) => void {
  let chunks: Buffer[] = [];
  let have = 0;
  let need = 4;
  return (chunk) => {
    chunks.push(chunk);
    have += chunk.length;
    while (have >= need) {
      const bytes = chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks, have);
      const length = bytes.readUInt32BE(0);
      if (length > mostBytes) throw new RangeError(`a frame of ${length} bytes`);
      need = 4 + length;
      chunks = [bytes];
      if (have < need) return;
      onFrame(bytes.subarray(4, need));
      chunks = have > need ? [bytes.subarray(need)] : [];
      have -= need;
      need = 4;
    }
  };
}

/** A message to the master itself. */
export function controlFrame(...words: readonly number[]): Buffer {
  return Buffer.concat([uint32(words.length * 4), ...words.map(uint32)]);
}

/** A packet of the SSH connection, which goes without padding, encryption and MAC: the master adds them. */
export function packetFrame(packet: Buffer): Buffer {
  return Buffer.concat([uint32(packet.length + 1), Buffer.of(0), packet]);
}
