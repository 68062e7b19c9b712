import type { OutputPage } from '../../core/protocol/output.ts';
import { appendChunks, noLines } from './lines.ts';
import type { Lines } from './lines.ts';

/** Pages of output without a gap between them. Offsets are bytes. */
type Run = {
  readonly from: number;
  readonly next: number;
  readonly pages: readonly OutputPage[];
  readonly lines: Lines;
};

/**
 * What is loaded of one execution's output: its beginning and its end, with a gap on disk between them if it is long.
 * Without a gap everything is in `head`.
 */
export type OutputWindow = {
  readonly head: Run | undefined;
  readonly tail: Run | undefined;
  /** Bytes of the gap that a person asked to see. */
  readonly wanted: number;
};

export const emptyWindow: OutputWindow = { head: undefined, tail: undefined, wanted: 0 };

/** First the end, then the beginning, then what was asked for, then what is new: undefined when all is there. */
export function nextQuery(window: OutputWindow, total: number): { from: number; limit: number } | undefined {
  const { head, tail, wanted } = window;
  if (total === 0) return undefined;
  if (!head && !tail) return { from: -firstTail, limit: firstTail };
  if (!head && tail) return { from: 0, limit: Math.min(firstHead, tail.from) };
  if (head && tail && wanted > 0) {
    return { from: head.next, limit: Math.min(wanted, tail.from - head.next, largestPage) };
  }
  const last = tail ?? head;
  return last && last.next < total ? { from: last.next, limit: nextPage } : undefined;
}

/** The window with an answer to `nextQuery` in it; a page that fits nowhere changes nothing. */
export function takePage(window: OutputWindow, page: OutputPage): OutputWindow {
  const { head, tail } = window;
  if (page.next === page.from) return window;
  if (!head && !tail)
    return page.from === 0 ? { ...window, head: runOf([page]) } : { ...window, tail: runOf([page]) };
  if (!head && tail) return page.from === 0 ? closeGap({ ...window, head: runOf([page]) }) : window;
  if (head && tail && page.from === head.next && page.next > page.from) {
    const wanted = Math.max(0, window.wanted - (page.next - page.from));
    return closeGap({ ...window, head: extend(head, page), wanted });
  }
  if (tail && page.from === tail.next) return trim({ ...window, tail: extend(tail, page) });
  if (head && !tail && page.from === head.next) return trim({ ...window, head: extend(head, page) });
  return window;
}

/** Asks for the next megabyte of the gap. */
export function wantMore(window: OutputWindow): OutputWindow {
  return { ...window, wanted: Math.min(gapBytes(window), largestPage) };
}

/** Bytes between beginning and end that are on disk only. */
export function gapBytes({ head, tail }: OutputWindow): number {
  return tail ? tail.from - (head?.next ?? 0) : 0;
}

function runOf(pages: readonly OutputPage[]): Run {
  const lines = pages.reduce((sofar, page) => appendChunks(sofar, page.chunks), noLines);
  return { from: pages[0]?.from ?? 0, next: pages.at(-1)?.next ?? 0, pages, lines };
}

function extend(run: Run, page: OutputPage): Run {
  return {
    ...run,
    next: page.next,
    pages: [...run.pages, page],
    lines: appendChunks(run.lines, page.chunks),
  };
}

/** Beginning and end become one once they meet; a beginning that reaches into the end is cut there by reading on. */
function closeGap(window: OutputWindow): OutputWindow {
  const { head, tail } = window;
  if (!head || !tail || head.next < tail.from) return window;
  if (head.next > tail.from) return { ...window, tail: undefined, wanted: 0 };
  return { head: runOf([...head.pages, ...tail.pages]), tail: undefined, wanted: 0 };
}

/** Output that comes live for hours keeps its beginning and its newest part; the rest is on disk. */
function trim(window: OutputWindow): OutputWindow {
  const last = window.tail ?? window.head;
  if (!last || last.next - last.from <= mostKept) return window;
  const kept: OutputPage[] = [];
  let bytes = 0;
  for (const page of [...last.pages].reverse()) {
    if (kept.length > 0 && bytes + page.next - page.from > mostKept / 2) break;
    kept.unshift(page);
    bytes += page.next - page.from;
  }
  const first = last.pages[0];
  const head = window.tail ? window.head : first && runOf([first]);
  return closeGap({ ...window, head, tail: runOf(kept) });
}

const firstTail = 65_536;
const firstHead = 16_384;
const nextPage = 262_144;
const largestPage = 1_048_576;
const mostKept = 4_194_304;
