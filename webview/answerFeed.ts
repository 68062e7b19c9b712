import type { Answers } from '../core/protocol/answers.ts';
import { isStepOver } from '../core/run/gather/stepAnswer.ts';
import { type BatchState, completed } from '../core/run/state.ts';

/** Milliseconds between two questions while a batch runs: more often than this nothing may move. */
const everyMs = 1_000;
/** An answer that did not come in this time is asked for again. */
const patienceMs = 5_000;

/** How answers are compared: as they are or with masks, all output or that of one step. */
export type WantedAnswers = { readonly exact: boolean; readonly step?: string | undefined };

/** Asks what the nodes said when more of them have ended than is known, one question at a time. */
export class AnswerFeed {
  readonly #ask: (wanted: WantedAnswers) => void;
  #latest: Answers | undefined;
  #asked: WantedAnswers | undefined;
  #askedAt = -Infinity;
  #isWaiting = false;

  constructor(ask: (wanted: WantedAnswers) => void) {
    this.#ask = ask;
  }

  get latest(): Answers | undefined {
    return this.#latest;
  }

  take(answers: Answers): void {
    this.#latest = answers;
    this.#isWaiting = false;
  }

  request(state: BatchState, wanted: WantedAnswers): void {
    if (state.executions.length < 2 || !this.#isBehind(state, wanted)) return;
    const since = performance.now() - this.#askedAt;
    const pause = state.status === 'running' && isOf(this.#latest, wanted) ? everyMs : 0;
    const isSame = JSON.stringify(this.#asked) === JSON.stringify(wanted);
    if (since < (this.#isWaiting && isSame ? patienceMs : pause)) return;
    this.#askedAt = performance.now();
    this.#isWaiting = true;
    this.#asked = wanted;
    this.#ask(wanted);
  }

  #isBehind(state: BatchState, wanted: WantedAnswers): boolean {
    const { step } = wanted;
    const known = this.#latest;
    const over =
      step === undefined
        ? completed(state)
        : state.executions.filter((each) => isStepOver(each, step)).length;
    if (!known || known.batch !== state.id || !isOf(known, wanted)) return over > 0;
    return state.executions.length - known.toAnswer < over;
  }
}

function isOf(answers: Answers | undefined, { exact, step }: WantedAnswers): boolean {
  return answers?.exact === exact && answers.step === step;
}
