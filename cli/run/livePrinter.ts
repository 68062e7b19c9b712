import type { BatchState } from '../../core/run/state.ts';
import type { Answers } from '../../core/protocol/answers.ts';
import { createLiveArea } from '../terminal/liveArea.ts';
import { answerLines, type AskAnswers } from './answers.ts';
import { type BlockDeps, printFolded, printLines, type TextDeps } from './blocks.ts';
import type { Columns } from './ended.ts';
import { endingLines, nextLines } from './ending.ts';
import { headLine, liveLines } from './live.ts';
import { createQueue, type Printer } from './printer.ts';
import type { Ended } from '../../core/run/executionState.ts';

/** Milliseconds: at most ten frames a second; what ends within half a second and alike is one block. */
const frameMs = 100;
const foldMs = 500;
const columns: Columns = { name: 16, word: 11 };

/** Milliseconds between two looks at the answers. */
const answersMs = 1000;

export type LiveDeps = TextDeps & {
  readonly now: () => number;
  /** Options of this command line for those that are told at the end. */
  readonly nextOptions: string;
  readonly stopping: () => boolean;
  /** Given where equal answers are shown together at the end, and only what failed while the batch runs. */
  readonly answers?: AskAnswers | undefined;
};

/** Text on a terminal: ended nodes scroll up, folded while they arrive together, above lines that are redrawn. */
export function livePrinter(deps: LiveDeps): Printer {
  const { terminal, foldNames } = deps;
  const area = createLiveArea(terminal, deps.streams.out);
  /** Blocks and questions, one after the other: nothing is printed into a question. */
  const queue = createQueue();
  let state: BatchState | undefined;
  const draw = (): void => {
    if (!state) return;
    const answered = counts.latest();
    area.draw(
      liveLines(state, { now: deps.now(), terminal: terminal(), stopping: deps.stopping(), answered }),
    );
  };
  const counts = watchAnswers(deps.answers);
  const animation = createAnimation(draw);
  const above: BlockDeps = { ...deps, columns, streams: { ...deps.streams, out: area.print } };
  const gathered = gatherEnded((batch) => queue.add(() => printFolded(batch, above)));
  return {
    live: true,
    started(first) {
      state = first;
      printLines([headLine(first, foldNames), []], deps);
      animation.start();
      counts.start();
    },
    ended: (executions) => gathered.add(deps.answers ? executions.filter(isWorthNow) : executions),
    changed: (next) => void (state = next),
    async finish(last) {
      gathered.flush();
      await queue.idle();
      animation.stop();
      area.clear();
      state = undefined;
      counts.stop();
      const answers = await deps.answers?.();
      if (answers) printLines([[], ...answerLines(last, answers, { terminal: terminal(), foldNames })], deps);
      printLines(
        [...endingLines(last, { terminal: terminal(), foldNames }), ...nextLines(last, deps.nextOptions)],
        deps,
      );
    },
    aside(question) {
      gathered.flush();
      return queue.run(async () => {
        animation.stop();
        area.clear();
        return question().finally(animation.start);
      });
    },
  };
}

/** While a batch runs, what is not ok is shown at once; what is ok waits for its like. */
function isWorthNow({ status }: Ended): boolean {
  return status !== 'ok' && status !== 'skipped';
}

/** Looks at the answers from time to time, one look after the other. */
function watchAnswers(ask: AskAnswers | undefined): {
  start: () => void;
  stop: () => void;
  latest: () => Answers | undefined;
} {
  let latest: Answers | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  const look = async (): Promise<void> => {
    latest = (await ask?.()) ?? latest;
    if (!isOver) timer = setTimeout(() => void look(), answersMs);
  };
  return {
    start: () => void (timer ??= ask && setTimeout(() => void look(), answersMs)),
    stop() {
      isOver = true;
      clearTimeout(timer);
    },
    latest: () => latest,
  };
}

function createAnimation(draw: () => void): { start: () => void; stop: () => void } {
  let frames: NodeJS.Timeout | undefined;
  const stop = (): void => clearInterval(frames);
  return {
    stop,
    start() {
      stop();
      frames = setInterval(draw, frameMs);
    },
  };
}

/** Passes on what ended within half a second together. */
function gatherEnded(pass: (batch: readonly Ended[]) => void): {
  add: (executions: readonly Ended[]) => void;
  flush: () => void;
} {
  let waiting: Ended[] = [];
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) pass(batch);
  };
  return {
    flush,
    add(executions) {
      waiting.push(...executions);
      timer ??= setTimeout(flush, foldMs);
    },
  };
}
