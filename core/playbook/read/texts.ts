import type * as z from 'zod';
import { shapesOf } from '../../schema/shape.ts';
import type { Problem, TextPlace, TextRange } from '../../util/problem.ts';
import { remembered } from '../../util/remembered.ts';
import { type Lines, linesOf } from '../../yaml/lines.ts';
import type { ParsedDocument } from '../../yaml/parseDocument.ts';
import type { Path } from '../../yaml/places.ts';
import { scalarOffsets } from '../../yaml/scalarOffsets.ts';
import type { Expression } from '../template/expression.ts';
import { type FoundText, type WrittenText, writtenTexts, writtenTextsOf } from './writtenTexts.ts';

/** A text of a file in which expressions may stand. */
export type TemplateText = {
  readonly path: Path;
  /** The last step of its path. */
  readonly key: string | number | undefined;
  readonly role: WrittenText['role'];
  readonly expressions: readonly Expression[];
  /** As it was read: the same object for as long as the entry that it stands in is written the same. */
  readonly written: WrittenText;
  /** What is wrong with it by itself. */
  readonly problems: readonly Problem[];
  /** A place of the text, in the file. */
  rangeOf(place: TextPlace): TextRange;
  /** A problem at a place of the text, as a problem of the file. */
  at(place: TextPlace, problem: Omit<Problem, 'range'>): Problem;
};

export type TemplateSource = {
  readonly text: string;
  readonly schema: z.core.$ZodType;
  readonly document: ParsedDocument<unknown>;
};

/** Every text of a file in which expressions may stand, as its schema says. */
export function templateTexts(source: TemplateSource): readonly TemplateText[] {
  return textsOf(source.document, source);
}

/** The parser, the editor's facts and its checks all ask. */
const textsOf = remembered((_document: TemplateSource['document'], source: TemplateSource) =>
  findTexts(source),
);

function findTexts(source: TemplateSource): readonly TemplateText[] {
  const where = whereIn(source);
  const found: TemplateText[] = [];
  for (const { entry, texts } of writtenTexts(source.document.writtenAt([]), shapesOf(source.schema)))
    for (const text of texts) found.push(new TextOfFile(entry, text, where));
  return found;
}

/** Those of one entry: of a step, of a variable. */
export function templateTextsOf(source: TemplateSource, entry: Path): readonly TemplateText[] {
  const where = whereIn(source);
  const data = source.document.writtenAt([]);
  return writtenTextsOf(data, shapesOf(source.schema), entry).map(
    (text) => new TextOfFile(entry, text, where),
  );
}

type Where = { readonly source: TemplateSource; readonly lines: () => Lines };

function whereIn(source: TemplateSource): Where {
  return whereOf(source.document, source);
}

const whereOf = remembered((_document: TemplateSource['document'], source: TemplateSource): Where => {
  let lines: Lines | undefined;
  return { source, lines: () => (lines ??= linesOf(source.text)) };
});

const none: readonly Problem[] = [];

/** A class: a long file has thousands, made anew with every letter, of which hardly one is asked where it stands. */
class TextOfFile implements TemplateText {
  readonly written: WrittenText;
  readonly #entry: Path;
  readonly #below: Path;
  readonly #where: Where;
  #path: Path | undefined;
  #offset: ((at: number) => number) | undefined;

  constructor(entry: Path, { path, text }: FoundText, where: Where) {
    this.written = text;
    this.#entry = entry;
    this.#below = path;
    this.#where = where;
  }

  get path(): Path {
    return (this.#path ??= [...this.#entry, ...this.#below]);
  }

  get key(): string | number | undefined {
    return this.#below.at(-1) ?? this.#entry.at(-1);
  }

  get role(): WrittenText['role'] {
    return this.written.role;
  }

  get expressions(): readonly Expression[] {
    return this.written.expressions;
  }

  get problems(): readonly Problem[] {
    const { problems } = this.written;
    if (problems.length === 0) return none;
    return problems.map(({ start, end, ...problem }) =>
      this.at({ start, end }, { ...problem, severity: 'error' }),
    );
  }

  rangeOf(place: TextPlace): TextRange {
    const { source, lines } = this.#where;
    const offset = (this.#offset ??= offsetsAt(this.path, this.written.value, source));
    const start = offset(place.start);
    return lines().range(start, Math.max(start + 1, offset(place.end)));
  }

  at(place: TextPlace, problem: Omit<Problem, 'range'>): Problem {
    return { ...problem, range: this.rangeOf(place) };
  }
}

/** Offsets in the file of those in the text. */
function offsetsAt(path: Path, value: string, { document, text }: TemplateSource): (at: number) => number {
  const { start, end } = document.rangeOf(path, 'value');
  const inside = scalarOffsets(text.slice(start, end), value);
  return (at) => start + inside(at);
}
