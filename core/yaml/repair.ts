import { byPlace, errorsIn, type Problem, type TextPlace } from '../util/problem.ts';
import { compose } from './compose.ts';
import { blank, withoutConflicts } from './conflicts.ts';
import { entryAround, lineStart, topEntryAround } from './entries.ts';
import { reindented, untabbed } from './indents.ts';
import { linesOf } from './lines.ts';
import { type Change, changed, type OffsetMap, offsetMapOf } from './offsetMap.ts';
import { slipAt } from './slips.ts';

/** A text that does not parse, as it is read instead: for what can be said of the rest of it, never for running it. */
export type Repaired = OffsetMap & {
  readonly text: string;
  /** Entries of the original text in which something was changed: nothing is said of what they mean. */
  readonly damaged: readonly TextPlace[];
  /** What was changed, as places of the original text. */
  readonly changes: readonly TextPlace[];
  /** Whether everything that was written is still there, so that what is missing was never there. */
  readonly isWhole: boolean;
  /** What was wrong, in the order in which it was mended; places are those of the original text. */
  readonly mistakes: readonly Problem[];
};

/** UTF-16 units: a larger text is not parsed again and again while somebody types. */
const largest = 512 * 1024;
/** Errors; whatever has more is not being typed. */
const mostErrors = 500;
/** Small repairs of lines, one after the other; each is kept only if there are fewer errors then. */
const mostRepairs = 3;
/** UTF-16 units that are parsed altogether, but at least four times: nobody waits longer than that. */
const mostParsed = 2 * 1024 * 1024;
const fewestReads = 4;
/** Entries that are left out where small repairs do not help. */
const mostLeftOut = 4;

/**
 * Repairs a text at most seven times, each time at its first error, and parses it as often. Undefined where it has no
 * error of form, or could not be made to parse.
 */
export function repair(written: string, problemsOf: ProblemsOf = problemsIn): Repaired | undefined {
  if (written.length > largest) return undefined;
  const { text } = withoutConflicts(written, linesOf(written));
  let left = Math.max(fewestReads, Math.floor(mostParsed / text.length));
  const read: Read = (changes, mistakes) =>
    (left -= 1) < 0 ? undefined : readChanged(text, { changes, mistakes }, problemsOf);
  let state = readChanged(text, { changes: [], mistakes: [] }, problemsOf);
  if (state.errors.length === 0 || state.errors.length > mostErrors) return undefined;
  let isWhole = true;
  for (let round = 0; round < mostRepairs && state.errors.length > 0; round += 1) {
    const next = mended(text, state, read);
    if (!next) break;
    state = next;
  }
  for (let round = 0; round < mostLeftOut && state.errors.length > 0; round += 1) {
    const next = leftOut(text, state, read);
    if (!next) return undefined;
    isWhole = false;
    state = next;
  }
  if (state.errors.length > 0) return undefined;
  return {
    text: state.text,
    damaged: state.changes.flatMap(({ start, isSure }) => (isSure ? [] : entryAround(text, start))),
    changes: state.changes,
    isWhole,
    mistakes: state.mistakes,
    ...state.map,
  };
}

/** A text without the tabs that it is indented with, each as so many spaces as leave the fewest mistakes. */
export function withoutTabs(text: string): readonly Change[] {
  const ways = untabbed(text, 0);
  const judged = ways.map((changes) => ({ changes, errors: errorsAround(text, changes) }));
  const [best] = judged.toSorted((a, b) => a.errors - b.errors);
  return best?.changes ?? [];
}

/** A tab may have torn what belongs together. */
function withTheOneBefore(text: string, { start, end }: TextPlace): TextPlace {
  return { start: entryAround(text, Math.max(0, start - 1)).start, end };
}

/** UTF-16 units of entries that are parsed to see which way of mending them is the best. */
const mostJudged = 64 * 1024;

/** Mistakes of form in the entries that are changed. */
function errorsAround(text: string, changes: readonly Change[]): number {
  let errors = 0;
  let parsed = 0;
  let end = 0;
  for (const each of changes) {
    if (each.start < end) continue;
    const entry = withTheOneBefore(text, entryAround(text, each.start));
    end = entry.end;
    parsed += entry.end - entry.start;
    if (parsed > mostJudged) return 0;
    const inside = changes
      .filter(({ start }) => entry.start <= start && start < entry.end)
      .map((change) => ({ ...change, start: change.start - entry.start, end: change.end - entry.start }));
    errors += errorsIn(problemsIn(changed(text.slice(entry.start, entry.end), inside))).length;
  }
  return errors;
}

type State = {
  readonly text: string;
  readonly changes: readonly Change[];
  readonly map: OffsetMap;
  /** From the beginning of the text to its end. */
  readonly errors: readonly Problem[];
  /** Errors that the changes mended, at places of the original. */
  readonly mistakes: readonly Problem[];
};

/** Undefined where enough was parsed. */
type Read = (changes: readonly Change[], mistakes: readonly Problem[]) => State | undefined;

/** What the YAML library says of a text. */
export type ProblemsOf = (text: string) => readonly Problem[];

const problemsIn: ProblemsOf = (text) => compose(text, linesOf(text)).problems;

function readChanged(
  original: string,
  { changes, mistakes }: Pick<State, 'changes' | 'mistakes'>,
  problemsOf: ProblemsOf,
): State {
  const text = changed(original, changes);
  const errors = errorsIn(problemsOf(text));
  return { text, changes, map: offsetMapOf(changes), errors: errors.toSorted(byPlace), mistakes };
}

/** The text with the first error mended that can be, if there are fewer errors then, or only those that it had hidden. */
function mended(original: string, state: State, read: Read): State | undefined {
  for (const error of state.errors.slice(0, mostRepairs)) {
    for (const changes of repairsOf(error, state.text)) {
      const next = read(withChanges(original, state, changes), told(error, state));
      if (next && (next.errors.length < state.errors.length || isUncovered(error, state, next))) return next;
    }
  }
  return undefined;
}

/** Whether a quote that had no end was closed: what came behind it is only looked at since then. */
function isUncovered({ range }: Problem, state: State, { errors }: State): boolean {
  const start = range?.start ?? 0;
  const isQuote = /["']/.test(state.text[start] ?? '');
  return isQuote && (errors[0]?.range?.start ?? 0) > lineEnd(state.text, start);
}

function told({ range, ...error }: Problem, { map, mistakes }: State): readonly Problem[] {
  if (!range) return mistakes;
  const place = { ...range, start: map.toOriginal(range.start), end: map.toOriginal(range.end) };
  return [...mistakes, { ...error, range: place }];
}

/** The text without the entry of the first error: the innermost one, or all of that key of the top. */
function leftOut(original: string, state: State, read: Read): State | undefined {
  const [error] = state.errors;
  const at = error?.range?.start ?? 0;
  for (const around of [entryAround, topEntryAround]) {
    const { start, end } = around(state.text, Math.min(at, state.text.trimEnd().length));
    const written = state.text.slice(start, end);
    if (written.trim() === '') continue;
    const change = { start, end, text: blank(written) };
    const next = read(withChanges(original, state, [change]), error ? told(error, state) : []);
    if (next && next.errors.length < state.errors.length) return next;
  }
  return undefined;
}

/** Changes of the text as it is now, as those of the original. */
function withChanges(
  original: string,
  { changes, map, text: now }: State,
  fresh: readonly Change[],
): readonly Change[] {
  const made = fresh.map((change): Change => {
    const start = map.toOriginal(change.start);
    const end = Math.max(start, map.toOriginal(change.end));
    const isGone = change.text.trim() === '' && now.slice(change.start, change.end).trim() !== '';
    return { ...change, start, end, text: isGone ? blank(original.slice(start, end)) : change.text };
  });
  const kept = changes.filter((other) =>
    made.every(({ start, end }) => other.end <= start || other.start >= end),
  );
  return [...kept, ...made].toSorted((a, b) => a.start - b.start);
}

/** What may be missing where an error is: one way to mend it after the other. */
function repairsOf(error: Problem, text: string): readonly (readonly Change[])[] {
  const at = error.range?.start ?? 0;
  if (error.code === 'yaml/tab-as-indent') return untabbed(text, at);
  const slip = slipAt(text, at);
  const others = singleRepairs(error, text).map((change) => [change]);
  return slip && slip.message === error.message ? [slip.changes, ...others] : others;
}

function singleRepairs({ code, range }: Problem, text: string): readonly Change[] {
  const at = range?.start ?? 0;
  const end = lineEnd(text, at);
  const braces = braced(text, at);
  if (braces.length > 0) return braces;
  switch (code) {
    case 'yaml/multiline-implicit-key':
    case 'yaml/missing-char': {
      const quote = /["']/.exec(text[at] ?? '')?.[0];
      if (quote !== undefined) return [insertion(end, quote)];
      const before = lineEnd(text, lineStart(text, at) - 1);
      return [...closing(text, at), insertion(end, ':'), insertion(before, ':')];
    }
    case 'yaml/bad-indent':
      return [...reindented(text, at), ...closing(text, at), insertion(end, ':')];
    case 'yaml/bad-dq-escape':
      return [{ ...insertion(at, '\\'), isSure: true }];
    case 'yaml/second-document':
      return [{ start: at, end: text.length, text: blank(text.slice(at)) }];
    case 'yaml/unexpected-token':
    case 'yaml/block-in-flow':
      return closing(text, at);
    case 'yaml/block-as-implicit-key':
    case 'yaml/bad-scalar-start':
      return quoting(text, at);
    default:
      return [];
  }
}

function insertion(at: number, text: string): Change {
  return { start: Math.max(0, at), end: Math.max(0, at), text };
}

/** Lines above an error in which the bracket may stand that is not closed. */
const mostAbove = 3;

/** The brackets that a line leaves open, closed at its end: the line of the error, and those above it. */
function closing(text: string, at: number): readonly Change[] {
  const found: Change[] = [];
  for (let start = lineStart(text, at), above = 0; above <= mostAbove; above += 1) {
    const end = lineEnd(text, start);
    const open = openBrackets(text.slice(start, end));
    if (open !== '') found.push(insertion(end, open));
    found.push(...openQuote(text, start, end));
    if (start === 0) break;
    start = lineStart(text, start - 1);
  }
  return found;
}

/** A quote that a line opens and does not close, closed before the brackets at its end. */
function openQuote(text: string, start: number, end: number): readonly Change[] {
  const line = text.slice(start, end);
  if (!/(?:^|[\s:[{,-])"[^"]*$/.test(line) || (line.match(/"/g) ?? []).length % 2 === 0) return [];
  const brackets = /[\s}\]]*$/.exec(line)?.[0].length ?? 0;
  return [insertion(end - brackets, '"')];
}

/** What closes the brackets of a line, from the innermost on; those in quotes and in templates are none. */
function openBrackets(line: string): string {
  const open: string[] = [];
  for (const character of line.replaceAll(/"[^"]*"|'[^']*'|\{\{.*?\}\}/g, '').replace(/\s#.*$/, '')) {
    if (character === '[') open.push(']');
    else if (character === '{') open.push('}');
    else if (character === open.at(-1)) open.pop();
  }
  return open.toReversed().join('');
}

/** A value of a line that begins with `{{`, which YAML reads as a map in a map. */
function braced(text: string, at: number): readonly Change[] {
  const line = text.slice(lineStart(text, at), lineEnd(text, at));
  return /^\s*(?:- )*(?:[^\s:'"{}[\]]+:\s+)?\{\{/.test(line) ? quoting(text, at) : [];
}

/** The rest of the line behind the first `: ` or `- `, as one quoted text. */
function quoting(text: string, at: number): readonly Change[] {
  const start = lineStart(text, at);
  const line = text.slice(start, lineEnd(text, at));
  const before = /^\s*(?:- )*(?:[^\s:'"{}[\]]+:\s+)?/.exec(line)?.[0].length ?? 0;
  const value = line.slice(before);
  if (value === '') return [];
  const quoted = `'${value.replaceAll("'", "''")}'`;
  return [{ start: start + before, end: start + line.length, text: quoted }];
}

/** Where the text of the line around an offset ends, without its line break. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', Math.max(0, offset));
  const last = end === -1 ? text.length : end;
  return text[last - 1] === '\r' ? last - 1 : last;
}
