import type { OutputPage } from '../core/protocol/output.ts';
import type { ExecutionState } from '../core/run/state.ts';
import { emptyWindow, nextQuery, type OutputWindow, takePage, wantMore } from './view/outputWindow.ts';
import type { ByteRange } from '../core/run/gather/stepAnswer.ts';
import { type Part, rangeOf, windowKey } from './view/part.ts';

/** A question for output. `window` comes back with the answer. */
export type OutputAsk = {
  readonly execution: string;
  readonly from: number;
  readonly limit: number;
  readonly window: string;
};

/** An output page that did not come in this time is asked for again. */
const answerMs = 5_000;

/** The output of executions that are shown, as far as it is loaded: one question for each at a time. */
export class OutputFeed {
  readonly #ask: (query: OutputAsk) => void;
  readonly #windows = new Map<string, OutputWindow>();
  /** By window: when it was asked for, and where its first byte is in the output. */
  readonly #asked = new Map<string, { at: number; readonly base: number; isOpen: boolean }>();

  constructor(ask: (query: OutputAsk) => void) {
    this.#ask = ask;
  }

  /** By `windowKey`; offsets count from the beginning of the part. */
  get windows(): ReadonlyMap<string, OutputWindow> {
    return this.#windows;
  }

  /** Asks for what the details of these executions lack, and forgets what is shown no more. */
  request(executions: readonly ExecutionState[], part: Part | undefined): void {
    const shown = new Set<string>();
    for (const execution of executions) {
      const range = rangeOf(part, execution);
      const key = windowKey(execution.id, range);
      shown.add(key);
      this.#request(execution, key, range);
    }
    for (const key of this.#asked.keys()) {
      if (shown.has(key)) continue;
      this.#asked.delete(key);
      this.#windows.delete(key);
    }
  }

  take(page: OutputPage, key: string): void {
    const asked = this.#asked.get(key);
    if (!asked) return;
    asked.isOpen = false;
    const own = { ...page, from: page.from - asked.base, next: page.next - asked.base };
    this.#windows.set(key, takePage(this.#windows.get(key) ?? emptyWindow, own));
  }

  wantMore(key: string): void {
    this.#windows.set(key, wantMore(this.#windows.get(key) ?? emptyWindow));
  }

  #request(
    { id, stdoutBytes, stderrBytes }: ExecutionState,
    key: string,
    range: ByteRange | undefined,
  ): void {
    const all = stdoutBytes + stderrBytes;
    const { from: base, until = all } = range ?? { from: 0 };
    const asked = this.#asked.get(key) ?? { at: 0, base, isOpen: false };
    this.#asked.set(key, asked);
    const query = nextQuery(this.#windows.get(key) ?? emptyWindow, Math.max(0, Math.min(until, all) - base));
    if (!query || (asked.isOpen && performance.now() - asked.at < answerMs)) return;
    asked.at = performance.now();
    asked.isOpen = true;
    this.#ask({ execution: id, window: key, ...(range ? within(query, { from: base, until }) : query) });
  }
}

/** A question about a part as one about all of the output. */
function within(
  { from, limit }: { from: number; limit: number },
  range: Required<ByteRange>,
): { from: number; limit: number } {
  const first = from < 0 ? Math.max(range.from, range.until + from) : range.from + from;
  return { from: first, limit: Math.max(1, Math.min(limit, range.until - first)) };
}
