import type * as z from 'zod';
import { shapesOf } from '../../schema/shape.ts';
import type { Problem, TextPlace } from '../../util/problem.ts';
import { type Lines, linesOf } from '../../yaml/lines.ts';
import type { ParsedDocument } from '../../yaml/parseDocument.ts';
import type { Path } from '../../yaml/places.ts';
import { scalarOffsets } from '../../yaml/scalarOffsets.ts';
import type { Expression } from '../template/expression.ts';
import { type WrittenText, writtenTexts } from './writtenTexts.ts';

/** A text of a file in which expressions may stand. */
export type TemplateText = {
  readonly path: Path;
  readonly role: WrittenText['role'];
  readonly expressions: readonly Expression[];
  /** As it was read: the same object for as long as the entry that it stands in is written the same. */
  readonly written: WrittenText;
  /** What is wrong with it by itself. */
  readonly problems: readonly Problem[];
  /** A problem at a place of the text, as a problem of the file. */
  at(place: TextPlace, problem: Omit<Problem, 'range'>): Problem;
};

export type TemplateSource = {
  readonly text: string;
  readonly schema: z.core.$ZodType;
  readonly document: ParsedDocument<unknown>;
};

/** What was found in a document, for as long as somebody has it: the parser, the editor's facts and its checks all ask. */
const known = new WeakMap<TemplateSource['document'], readonly TemplateText[]>();

/** Every text of a file in which expressions may stand, as its schema says. */
export function templateTexts(source: TemplateSource): readonly TemplateText[] {
  const texts = known.get(source.document) ?? findTexts(source);
  known.set(source.document, texts);
  return texts;
}

function findTexts(source: TemplateSource): readonly TemplateText[] {
  let lines: Lines | undefined;
  const where: Where = { source, lines: () => (lines ??= linesOf(source.text)) };
  return writtenTexts(source.document.writtenAt([]), shapesOf(source.schema)).map(({ path, text }) =>
    textAt(path, text, where),
  );
}

type Where = { readonly source: TemplateSource; readonly lines: () => Lines };

function textAt(path: Path, written: WrittenText, { source, lines }: Where): TemplateText {
  let offset: ((at: number) => number) | undefined;
  const at: TemplateText['at'] = (place, problem) => {
    offset ??= offsetsAt(path, written.value, source);
    const start = offset(place.start);
    return { ...problem, range: lines().range(start, Math.max(start + 1, offset(place.end))) };
  };
  const { role, expressions } = written;
  const problems = written.problems.map(({ start, end, ...problem }) =>
    at({ start, end }, { ...problem, severity: 'error' }),
  );
  return { path, role, expressions, written, problems, at };
}

/** Offsets in the file of those in the text. */
function offsetsAt(path: Path, value: string, { document, text }: TemplateSource): (at: number) => number {
  const { start, end } = document.rangeOf(path, 'value');
  const inside = scalarOffsets(text.slice(start, end), value);
  return (at) => start + inside(at);
}
