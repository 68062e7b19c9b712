import { type OutputStream, outputStreams } from '../progress.ts';
import type { Answer, AnswerLine } from './answer.ts';
import { align } from './align.ts';

/** A piece of a line; `differs` where the largest answer says something else. */
export type Part = { readonly text: string; readonly differs: boolean };

/** A line of an answer as it is shown. */
export type ShownLine = {
  /** Counts from 1, in this answer; 0 for a line that only the largest answer has. */
  readonly number: number;
  readonly stream: OutputStream;
  readonly parts: readonly Part[];
  /** What the largest answer says in the place of what differs. */
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
  const numbered = answer.lines.map((line, at) => ({ ...line, number: at + 1 }));
  const lines: ShownLine[] = [];
  let equal = 0;
  let inTokens = true;
  for (const stream of outputStreams) {
    const own = numbered.filter((line) => line.stream === stream);
    const other = majority.lines.filter((line) => line.stream === stream);
    for (const pair of pairs(own, other)) {
      if (pair.own?.text === pair.other?.text) {
        equal++;
        continue;
      }
      const compared = compareLines(pair, stream);
      inTokens &&= compared.inTokens;
      lines.push(compared.line);
    }
  }
  return { lines: lines.toSorted((a, b) => a.number - b.number), equal, inTokens };
}

type Numbered = AnswerLine & { readonly number: number };
type Pair = { readonly own: Numbered | undefined; readonly other: AnswerLine | undefined };

/** As many lines: each with the one in its place. Otherwise with those that are equal in between. */
function pairs(own: readonly Numbered[], other: readonly AnswerLine[]): readonly Pair[] {
  if (own.length === other.length) return own.map((line, at) => ({ own: line, other: other[at] }));
  const texts = { own: own.map(({ text }) => text), other: other.map(({ text }) => text) };
  return align(texts.own, texts.other).map(([a, b]) => ({ own: own[a], other: other[b] }));
}

type Compared = { readonly line: ShownLine; readonly inTokens: boolean };

function compareLines({ own, other }: Pair, stream: ShownLine['stream']): Compared {
  if (!own) {
    const line = { number: 0, stream, parts: [], majority: other?.text ?? '' };
    return { line, inTokens: false };
  }
  const { number } = own;
  if (!other)
    return { line: { number, stream, parts: [{ text: own.text, differs: true }] }, inTokens: false };
  const { parts, majority, inTokens } = compareTokens(own.text, other.text);
  return { line: { number, stream, parts, majority }, inTokens };
}

/** Most tokens of a line that are compared; a longer one differs as a whole. */
const mostTokens = 200;

/** Words with their dots, as version numbers and host names are; spaces; every other character. */
const token = /[\p{L}\p{N}_.]+|\s+|[^\p{L}\p{N}_.\s]/gu;

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
