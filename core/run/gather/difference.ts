import { type OutputStream, outputStreams } from '../progress.ts';
import type { Answer, AnswerLine } from './answer.ts';
import { align } from './align.ts';

/** A piece of a line; `differs` where the largest answer says something else. */
export type Part = { readonly text: string; readonly differs: boolean };

/** A line of an answer as it is shown. */
export type ShownLine = {
  /** Counts from 1, in this answer; 0 for lines that only the largest answer has. */
  readonly number: number;
  /** The first and the last of such lines, as the largest answer counts them. */
  readonly missing?: readonly [first: number, last: number];
  readonly stream: OutputStream;
  readonly parts: readonly Part[];
  /** What the largest answer says in the place of what differs; of several lines that are missing, the first. */
  readonly majority?: string;
};

export type Difference = {
  readonly lines: readonly ShownLine[];
  /** Lines that both have. */
  readonly equal: number;
  /** Whether all lines that differ do so in some of their tokens only. */
  readonly inTokens: boolean;
};

/** Compares an answer with the largest one, line by line. Streams are compared each with its own. */
export function difference(answer: Answer, majority: Answer): Difference {
  const [all, others] = [answer, majority].map(numbered);
  const lines: Placed[] = [];
  let equal = 0;
  let inTokens = true;
  for (const stream of outputStreams) {
    const own = all?.filter((line) => line.stream === stream) ?? [];
    const other = others?.filter((line) => line.stream === stream) ?? [];
    let after: number | undefined;
    for (const pair of pairs(own, other)) {
      after = pair.own?.number ?? after;
      if (pair.own?.text === pair.other?.text) {
        equal++;
        continue;
      }
      const compared = compareLines(pair, stream);
      inTokens &&= compared.inTokens;
      // What is missing stands below the line before it, else where the largest answer has it.
      if (!pair.own) after ??= Math.min(own[0]?.number ?? Infinity, pair.other?.number ?? 1) - 1;
      lines.push({ place: pair.own?.number ?? (after ?? 0) + 0.5, line: compared.line });
    }
  }
  return { lines: foldMissing(lines.toSorted((a, b) => a.place - b.place)), equal, inTokens };
}

/** How many lines of an answer, or of the largest one, are shown as one. */
export function linesIn({ missing: [first, last] = [1, 1] }: ShownLine): number {
  return last - first + 1;
}

type Numbered = AnswerLine & { readonly number: number };
type Pair = { readonly own: Numbered | undefined; readonly other: Numbered | undefined };
/** `place`: where the line stands among those of its answer. */
type Placed = { readonly place: number; readonly line: ShownLine };

function numbered({ lines }: Answer): readonly Numbered[] {
  return lines.map((line, at) => ({ ...line, number: at + 1 }));
}

/** Lines that are missing one after the other are one. */
function foldMissing(placed: readonly Placed[]): readonly ShownLine[] {
  const folded: ShownLine[] = [];
  let at: number | undefined;
  for (const { place, line } of placed) {
    const before = folded.at(-1);
    const joins = place === at && before?.stream === line.stream;
    if (joins && before?.missing && line.missing?.[0] === before.missing[1] + 1)
      folded[folded.length - 1] = { ...before, missing: [before.missing[0], line.missing[1]] };
    else folded.push(line);
    at = place;
  }
  return folded;
}

/** As many lines: each with the one in its place. Otherwise with those that are equal in between. */
function pairs(own: readonly Numbered[], other: readonly Numbered[]): readonly Pair[] {
  if (own.length === other.length) return own.map((line, at) => ({ own: line, other: other[at] }));
  const texts = { own: own.map(({ text }) => text), other: other.map(({ text }) => text) };
  return align(texts.own, texts.other).map(([a, b]) => ({ own: own[a], other: other[b] }));
}

type Compared = { readonly line: ShownLine; readonly inTokens: boolean };

function compareLines({ own, other }: Pair, stream: ShownLine['stream']): Compared {
  if (!own) {
    const { number = 0, text = '' } = other ?? {};
    return {
      line: { number: 0, missing: [number, number], stream, parts: [], majority: text },
      inTokens: false,
    };
  }
  const { number } = own;
  if (!other)
    return { line: { number, stream, parts: [{ text: own.text, differs: true }] }, inTokens: false };
  const { parts, majority, inTokens } = compareTokens(own.text, other.text);
  return { line: { number, stream, parts, majority }, inTokens };
}

/** Most tokens of a line that are compared; a longer one differs as a whole. */
const mostTokens = 200;

/** What a mask put there; words with their dots, as version numbers and host names are; spaces; every other character. */
const token = /‹[^‹›]{1,40}›|[\p{L}\p{N}_.]+|\s+|[^\p{L}\p{N}_.\s]/gu;

function compareTokens(
  own: string,
  other: string,
): { parts: readonly Part[]; majority: string; inTokens: boolean } {
  const whole = { parts: [{ text: own, differs: true }], majority: other, inTokens: false };
  const a = own.match(token) ?? [];
  const b = other.match(token) ?? [];
  if (a.length > mostTokens || b.length > mostTokens) return whole;
  const aligned = align(a, b);
  const same = aligned.filter(([x, y]) => x >= 0 && y >= 0 && a[x] === b[y]);
  const words = same.filter(([x]) => /[\p{L}\p{N}]/u.test(a[x] ?? ''));
  if (words.length === 0) return whole;
  const kept = new Set(same.map(([x]) => x));
  const theirs = new Set(same.map(([, y]) => y));
  const parts = joined(a.map((text, at) => ({ text, differs: !kept.has(at) })));
  const majority = joined(b.map((text, at) => ({ text, differs: !theirs.has(at) })))
    .filter(({ differs }) => differs)
    .map(({ text }) => text.trim())
    .filter((text) => text !== '');
  return { parts, majority: majority.join(' … '), inTokens: true };
}

function joined(parts: readonly Part[]): readonly Part[] {
  const all: { text: string; differs: boolean }[] = [];
  for (const { text, differs } of parts) {
    const last = all.at(-1);
    if (last?.differs === differs) last.text += text;
    else all.push({ text, differs });
  }
  return all;
}
