import type { OutputClient, SearchHit, SearchPage, SearchPlace } from '../../core/protocol/search.ts';
import { createLineFinder } from '../../core/run/find/lineFinder.ts';
import { createMatcher, type Matcher } from '../../core/run/find/matcher.ts';
import type { ExecutionState } from '../../core/run/state.ts';
import type { OutputReading } from './outputReading.ts';

/** Milliseconds that one query reads; what is left comes with the next. */
const budgetMs = 400;
/** Bytes that are read at once. */
const pageBytes = 262_144;
/** Lines of one execution, and lines after which a page ends. */
const most = { ofOne: 100, ofPage: 200 };

/** Looks through all output of a batch, in the order of the plan. */
export function searchMethod({ snapshot, readBytes, now }: OutputReading): OutputClient['search'] {
  return async ({ batch, after, ...wanted }) => {
    const match = createMatcher(wanted);
    if (!match.ok) return match;
    const found = await snapshot(batch);
    if (!found.ok) return found;
    const { executions } = found.value;
    const until = now() + budgetMs;
    const hits: SearchHit[] = [];
    const cut: string[] = [];
    let at: SearchPlace = after ?? { place: 0, offset: 0, lines: 0 };
    const page = (next?: SearchPlace): SearchPage => ({
      batch,
      hits,
      cut,
      searched: Math.min(at.place, executions.length),
      ...(next && { next }),
    });
    for (; at.place < executions.length; at = { place: at.place + 1, offset: 0, lines: 0 }) {
      if (hits.length >= most.ofPage || now() > until) return { ok: true, value: page(at) };
      const execution = executions[at.place];
      if (!execution || execution.stdoutBytes + execution.stderrBytes === 0) continue;
      const one = await searchOne(execution, at, { match: match.value, until, now, read: readBytes(batch) });
      hits.push(...one.hits);
      if (one.isCut) cut.push(execution.id);
      if (one.next) return { ok: true, value: page(one.next) };
    }
    return { ok: true, value: page() };
  };
}

type One = { hits: readonly SearchHit[]; isCut: boolean; next?: SearchPlace };

type Search = {
  readonly match: Matcher;
  readonly until: number;
  readonly now: () => number;
  readonly read: ReturnType<OutputReading['readBytes']>;
};

async function searchOne(
  { id }: ExecutionState,
  { place, offset, lines }: SearchPlace,
  { match, until, now, read }: Search,
): Promise<One> {
  const finder = createLineFinder(match, lines);
  const hits: SearchHit[] = [];
  const take = (): void => void hits.push(...finder.take().map((line) => ({ execution: id, ...line })));
  for (let from = offset; ;) {
    const part = await read(id, { from, limit: pageBytes });
    let at = part.from;
    for (const { stream, bytes } of part.pieces) {
      finder.add(stream, bytes, at);
      at += bytes.length;
    }
    take();
    if (hits.length > most.ofOne) return { hits: hits.slice(0, most.ofOne), isCut: true };
    if (part.next >= part.total || part.next === from) break;
    from = part.next;
    const pending = finder.pending(from);
    // A line that is longer than a page is not begun again.
    if (now() > until && pending.offset > offset) return { hits, isCut: false, next: { place, ...pending } };
  }
  finder.end();
  take();
  return { hits: hits.slice(0, most.ofOne), isCut: hits.length > most.ofOne };
}
