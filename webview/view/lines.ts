import type { OutputChunk } from '../../core/protocol/output.ts';
import { carryAfter, settle } from './terminal.ts';

export type Stream = 'stdout' | 'stderr';

/** One line of output as it came. `open` while its end has not arrived. */
export type OutputLine = {
  readonly stream: Stream;
  readonly raw: string;
  /** Colours left on by earlier lines of its stream. */
  readonly carry: string;
};

/** Output cut into lines; both streams in the order in which their lines began. */
export type Lines = {
  readonly all: readonly OutputLine[];
  /** Index of the line of each stream that has not ended. */
  readonly open: Readonly<Partial<Record<Stream, number>>>;
  readonly carry: Readonly<Record<Stream, string>>;
};

export const noLines: Lines = { all: [], open: {}, carry: { stdout: '', stderr: '' } };

/** The lines with more output behind them. */
export function appendChunks(lines: Lines, chunks: readonly OutputChunk[]): Lines {
  const all = [...lines.all];
  const open = { ...lines.open };
  const carry = { ...lines.carry };
  for (const { stream, text } of chunks) {
    const parts = text.split('\n');
    for (const [at, part] of parts.entries()) {
      const last = at === parts.length - 1;
      if (last && part === '') continue;
      const index = open[stream] ?? all.length;
      const before = all[index];
      const line = before
        ? { ...before, raw: joined(before.raw, part) }
        : { stream, raw: part, carry: carry[stream] };
      all[index] = line;
      if (last) open[stream] = index;
      else {
        delete open[stream];
        carry[stream] = carryAfter(line.raw, line.carry);
      }
    }
  }
  return { all, open, carry };
}

/** A progress bar that redraws one line for hours must not grow for hours. */
function joined(raw: string, more: string): string {
  const line = raw + more;
  const restart = line.length > 8_192 ? line.lastIndexOf('\r', line.length - 2) : -1;
  return restart > 0 ? settle(line.slice(0, restart)) + line.slice(restart) : line;
}
