import type { Answers, AnswersQuery } from '../../core/protocol/answers.ts';
import { type Answer, createAnswerReader } from '../../core/run/gather/answer.ts';
import { isStepOver, stepAnswerOf } from '../../core/run/gather/stepAnswer.ts';
import { createGathering, type Gathering } from '../../core/run/gather/gathering.ts';
import { createMask, noMask, ownOf, type OwnPattern } from '../../core/run/gather/masks.ts';
import { type BatchState, type ExecutionState, isLive } from '../../core/run/state.ts';
import type { OutputChunk } from '../../core/protocol/output.ts';
import { outputStreams } from '../../core/run/progress.ts';
import { sha256 } from '../sha256.ts';

/** Reads output of an execution: stdout and stderr as they came, a part at a time. */
export type ReadPart = (
  execution: ExecutionState,
  range: { from: number; limit: number },
) => Promise<{ next: number; total: number; chunks: readonly OutputChunk[] }>;

export type AnswerSource = {
  readonly state: BatchState;
  readonly read: ReadPart;
  readonly patterns: readonly OwnPattern[];
  /** Milliseconds, of a clock that only goes forward. */
  readonly now: () => number;
};

/** Gathers the answers of batches that somebody looks at. Each output is read once, after its execution has ended. */
export type AnswerBook = {
  answers(query: AnswersQuery, source: AnswerSource): Promise<Answers>;
};

/** Milliseconds that one query reads; what is left comes with the next. */
const budgetMs = 500;
/** Bytes that are read at once. */
const pageBytes = 262_144;
/** Batches that are remembered, each with and without masks, and by steps. */
const mostKept = 12;

type Page = { readonly gathering: Gathering; readonly patterns: string; turn: Promise<unknown> };

export function createAnswerBook(): AnswerBook {
  const pages = new Map<string, Page>();
  const pageOf = (key: string, patterns: string): Page => {
    const known = pages.get(key);
    const page =
      known?.patterns === patterns
        ? known
        : { gathering: createGathering(), patterns, turn: Promise.resolve() };
    // The one that was asked for last is the last to be forgotten.
    pages.delete(key);
    pages.set(key, page);
    for (const oldest of pages.keys()) {
      if (pages.size <= mostKept) break;
      pages.delete(oldest);
    }
    return page;
  };
  return {
    async answers({ batch, exact = false, step, lines }, source) {
      const page = pageOf(`${batch} ${exact} ${step ?? ''}`, JSON.stringify(source.patterns));
      // Two queries at once would both read what is new.
      const turn = page.turn.then(() => readNew(page.gathering, { exact, step }, source));
      page.turn = turn.catch(() => undefined);
      const unread = await turn;
      const gathered = page.gathering.gathered(source.state.executions.length, lines);
      return { ...gathered, batch, exact, step, unread };
    },
  };
}

type Wanted = { readonly exact: boolean; readonly step: string | undefined };

/** Reads what has ended since, until the time is over. Gives how many executions are left. */
async function readNew(gathering: Gathering, wanted: Wanted, source: AnswerSource): Promise<number> {
  const { state, now } = source;
  const until = now() + budgetMs;
  const fresh = state.executions
    .map((execution, place) => ({ execution, place }))
    .filter(({ execution }) => !gathering.has(execution.id) && isOver(execution, wanted.step));
  for (const [at, { execution, place }] of fresh.entries()) {
    if (at > 0 && now() > until) return fresh.length - at;
    gathering.add(execution.id, place, await answerOf(execution, wanted, source));
  }
  return 0;
}

async function answerOf(
  execution: ExecutionState,
  { exact, step }: Wanted,
  { read, patterns }: AnswerSource,
): Promise<Answer> {
  const all = { ...execution, from: 0, until: execution.stdoutBytes + execution.stderrBytes };
  const part = step === undefined ? all : (stepAnswerOf(execution, step) ?? all);
  const mask = exact ? noMask : createMask(ownOf(execution), patterns);
  const reader = createAnswerReader(mask, sha256);
  if (part.from === part.until) return reader.end(part);
  const decoders = { stdout: decoderOf(), stderr: decoderOf() };
  // What was read while it ended may be more than its counters said.
  const until = step === undefined ? Infinity : part.until;
  for (let { from } = part, total = from + 1; from < Math.min(total, until);) {
    const page = await read(execution, { from, limit: Math.min(pageBytes, until - from) });
    for (const chunk of page.chunks) reader.add(chunk.stream, decoders[chunk.stream].text(chunk));
    if (page.next === from) break;
    from = page.next;
    total = page.total;
  }
  for (const stream of outputStreams) reader.add(stream, decoders[stream].end());
  return reader.end(part);
}

function isOver(execution: ExecutionState, step: string | undefined): boolean {
  return step === undefined ? !isLive(execution.status) : isStepOver(execution, step);
}

/** The text of one stream: a character that is cut between two chunks is only whole in their bytes. */
function decoderOf() {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let isPending = false;
  return {
    text({ text, base64 }: OutputChunk): string {
      if (base64 === undefined && !isPending) return text;
      isPending = base64 !== undefined;
      return decoder.decode(Buffer.from(base64 ?? text, base64 === undefined ? 'utf8' : 'base64'), {
        stream: true,
      });
    },
    end: () => decoder.decode(),
  };
}
