import type { BatchState } from '../../core/run/state.ts';
import { createLiveArea } from '../terminal/liveArea.ts';
import { type BlockDeps, printFolded, printLines, type TextDeps } from './blocks.ts';
import type { Columns } from './ended.ts';
import { endingLines } from './ending.ts';
import { headLine, liveLines } from './live.ts';
import { createQueue, type Printer } from './printer.ts';
import type { Ended } from './result.ts';

/** Milliseconds: at most ten frames a second; what ends within half a second and alike is one block. */
const frameMs = 100;
const foldMs = 500;
const columns: Columns = { name: 16, word: 11 };

/** Text on a terminal: ended nodes scroll up, folded while they arrive together, above lines that are redrawn. */
export function livePrinter(deps: TextDeps & { now: () => number; stopping: () => boolean }): Printer {
  const area = createLiveArea(deps.terminal, deps.streams.out);
  const queue = createQueue();
  const above: BlockDeps = { ...deps, columns, streams: { ...deps.streams, out: area.print } };
  let state: BatchState | undefined;
  let waiting: Ended[] = [];
  let folding: NodeJS.Timeout | undefined;
  const draw = (): void => {
    if (state)
      area.draw(liveLines(state, { now: deps.now(), terminal: deps.terminal(), stopping: deps.stopping() }));
  };
  let frames: NodeJS.Timeout | undefined;
  const animate = (): void => void (frames = setInterval(draw, frameMs));
  const flush = (): void => {
    clearTimeout(folding);
    folding = undefined;
    const batch = waiting;
    waiting = [];
    if (batch.length > 0) queue.add(() => printFolded(batch, above));
  };
  const still = (): void => {
    clearInterval(frames);
    area.clear();
  };
  return {
    live: true,
    started(first) {
      state = first;
      printLines([headLine(first, deps.foldNames), []], deps);
      animate();
    },
    ended(executions) {
      waiting.push(...executions);
      folding ??= setTimeout(flush, foldMs);
    },
    changed: (next) => void (state = next),
    async finish(last) {
      flush();
      await queue.idle();
      still();
      printLines(endingLines(last, { terminal: deps.terminal(), foldNames: deps.foldNames }), deps);
    },
    async aside(question) {
      still();
      const answer = await question();
      animate();
      return answer;
    },
  };
}
