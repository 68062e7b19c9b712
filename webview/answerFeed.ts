import type { Answers } from '../core/protocol/answers.ts';
import { type BatchState, completed } from '../core/run/state.ts';

/** Milliseconds between two questions while a batch runs: more often than this nothing may move. */
const everyMs = 1_000;
/** An answer that did not come in this time is asked for again. */
const patienceMs = 5_000;

/** Asks what the nodes said when more of them have ended than is known, one question at a time. */
export class AnswerFeed {
  readonly #ask: (exact: boolean) => void;
  #latest: Answers | undefined;
  #askedAt = -Infinity;
  #isWaiting = false;

  constructor(ask: (exact: boolean) => void) {
    this.#ask = ask;
  }

  get latest(): Answers | undefined {
    return this.#latest;
  }

  take(answers: Answers): void {
    this.#latest = answers;
    this.#isWaiting = false;
  }

  request(state: BatchState, exact: boolean): void {
    if (state.executions.length < 2 || !this.#isBehind(state, exact)) return;
    const since = performance.now() - this.#askedAt;
    const pause = state.status === 'running' && this.#latest?.exact === exact ? everyMs : 0;
    if (since < (this.#isWaiting ? patienceMs : pause)) return;
    this.#askedAt = performance.now();
    this.#isWaiting = true;
    this.#ask(exact);
  }

  #isBehind(state: BatchState, exact: boolean): boolean {
    const known = this.#latest;
    if (!known || known.batch !== state.id || known.exact !== exact) return completed(state) > 0;
    return state.executions.length - known.toAnswer < completed(state);
  }
}
