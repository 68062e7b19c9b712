import type { FileHandle } from 'node:fs/promises';
import type { OutputStream } from '../../core/run/progress.ts';

/**
 * A frame of the output spool: a head of 24 bytes, little-endian, then `length` bytes of output.
 * magic u8 · stream u8 · attempt u16 · step u16 · reserved u16 · execution u32 · length u32 · time f64 (ms, Unix epoch)
 */
export type FrameHead = {
  stream: OutputStream;
  attempt: number;
  step: number;
  /** Position of the execution in the plan. */
  execution: number;
  length: number;
  time: number;
};

export const frameHeadBytes = 24;
const magic = 0x4d;

export function writeFrameHead(head: FrameHead): Buffer {
  const bytes = Buffer.alloc(frameHeadBytes);
  bytes.writeUInt8(magic, 0);
  bytes.writeUInt8(head.stream === 'stdout' ? 1 : 2, 1);
  bytes.writeUInt16LE(head.attempt, 2);
  bytes.writeUInt16LE(head.step, 4);
  bytes.writeUInt32LE(head.execution, 8);
  bytes.writeUInt32LE(head.length, 12);
  bytes.writeDoubleLE(head.time, 16);
  return bytes;
}

/** Makes a frame longer whose head has not been written yet. */
export function lengthenFrame(head: Buffer, length: number): void {
  head.writeUInt32LE(length, 12);
}

/** Undefined where there is no frame: a damaged or foreign file. */
export function readFrameHead(bytes: Buffer): FrameHead | undefined {
  if (bytes.length < frameHeadBytes || bytes.readUInt8(0) !== magic) return undefined;
  return {
    stream: bytes.readUInt8(1) === 1 ? 'stdout' : 'stderr',
    attempt: bytes.readUInt16LE(2),
    step: bytes.readUInt16LE(4),
    execution: bytes.readUInt32LE(8),
    length: bytes.readUInt32LE(12),
    time: bytes.readDoubleLE(16),
  };
}

/** Writes another length into the head of the frame at `offset`. */
export async function writeFrameLength(file: FileHandle, offset: number, length: number): Promise<void> {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(length);
  await file.write(bytes, 0, 4, offset + 12);
}
