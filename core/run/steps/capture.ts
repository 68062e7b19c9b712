import type { OutputStream } from '../progress.ts';

/** Bytes of each stream that templates can look up. */
export const mostCaptured = 65_536;

/** Keeps the beginning of the output of a step, for templates of later steps. */
export type Capture = {
  add(stream: OutputStream, chunk: Uint8Array): void;
  text(stream: OutputStream): string;
};

export function createCapture(): Capture {
  const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  const left = { stdout: mostCaptured, stderr: mostCaptured };
  return {
    add(stream, chunk) {
      if (left[stream] <= 0) return;
      const part = chunk.slice(0, left[stream]);
      left[stream] -= part.length;
      chunks[stream].push(part);
    },
    text(stream) {
      const decoder = new TextDecoder();
      return (
        chunks[stream].map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
      );
    },
  };
}
