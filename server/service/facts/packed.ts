import type { Range } from 'vscode-languageserver-types';
import type { InventoryPart } from '../../../core/inventory/part.ts';
import type { Problem } from '../../../core/util/problem.ts';
import type { Pattern } from '../../../core/selection/nodeset/pattern.ts';
import type { Path } from '../../../core/yaml/places.ts';
import type { Facts, Occurrence, SymbolKind } from './occurrence.ts';

/**
 * Facts of a file that is not open, in a tenth of the memory, and as plain data that can be sent: each text and each step
 * of a path once, and a row of numbers for each name.
 */
export type PackedFacts = {
  readonly uri: string;
  readonly languageId: string;
  readonly texts: readonly string[];
  readonly kinds: readonly (readonly SymbolKind[])[];
  readonly patterns: readonly Pattern[];
  /** Pairs: the step before, from 1, or 0; a text by its place, or a position in a list as -1 - position. */
  readonly steps: Int32Array;
  readonly rows: Int32Array;
};

/** What is kept of a file that is not open; plain data, which can be sent. */
export type FileFacts = {
  readonly facts: PackedFacts;
  /** What an inventory says; absent in a file of another kind. */
  readonly part?: InventoryPart;
  /** What is wrong with a large file, as far as anybody reads on. */
  readonly problems: readonly Problem[];
};

/** Numbers of a row: name, kinds, role and surroundings, four of the range, path, scope and pattern from 1. */
const width = 10;
const roles = ['declaration', 'reference'] as const;
const surroundings = ['text', 'selection', 'expression'] as const;

export function packFacts({ uri, languageId, occurrences }: Facts): PackedFacts {
  const texts = numbered<string>();
  const kinds = numbered<string>();
  const steps = numbered<string>();
  const patterns: Pattern[] = [];
  const pairs: number[] = [];
  const stepOf = (path: Path): number =>
    path.reduce((before: number, key) => {
      const step = typeof key === 'number' ? -1 - key : texts.of(key);
      const at = steps.of(`${before} ${step}`);
      if (at === pairs.length / 2) pairs.push(before, step);
      return at + 1;
    }, 0);
  const rows = new Int32Array(occurrences.length * width);
  for (const [at, each] of occurrences.entries()) {
    const { start, end } = each.range;
    if (each.pattern) patterns.push(each.pattern);
    rows.set(
      [
        texts.of(each.name),
        kinds.of(each.kinds.join(' ')),
        roles.indexOf(each.role) + 2 * surroundings.indexOf(each.within),
        start.line,
        start.character,
        end.line,
        end.character,
        stepOf(each.path),
        each.scope === undefined ? 0 : texts.of(each.scope) + 1,
        each.pattern ? patterns.length : 0,
      ],
      at * width,
    );
  }
  return {
    uri,
    languageId,
    texts: texts.all(),
    kinds: kinds.all().map((each) => each.split(' ') as SymbolKind[]),
    patterns,
    steps: Int32Array.from(pairs),
    rows,
  };
}

export function unpackFacts(packed: PackedFacts): Facts {
  const { uri, languageId, rows } = packed;
  const count = rows.length / width;
  const occurrences = Array.from({ length: count }, (_none, at) => new PackedOccurrence(packed, at * width));
  return { uri, languageId, occurrences };
}

/** A row, read when it is asked for. A class: what all of them can do is there once, and each is two words. */
class PackedOccurrence implements Occurrence {
  readonly #facts: PackedFacts;
  readonly #row: number;

  constructor(facts: PackedFacts, row: number) {
    this.#facts = facts;
    this.#row = row;
  }

  #number(column: number): number {
    return this.#facts.rows[this.#row + column] ?? 0;
  }

  get uri(): string {
    return this.#facts.uri;
  }

  get name(): string {
    return this.#facts.texts[this.#number(0)] ?? '';
  }

  get kinds(): readonly SymbolKind[] {
    return this.#facts.kinds[this.#number(1)] ?? [];
  }

  get role(): Occurrence['role'] {
    return roles[this.#number(2) & 1] ?? 'reference';
  }

  get within(): Occurrence['within'] {
    return surroundings[this.#number(2) >> 1] ?? 'text';
  }

  get range(): Range {
    const at = (column: number) => ({ line: this.#number(column), character: this.#number(column + 1) });
    return { start: at(3), end: at(5) };
  }

  get path(): Path {
    const { steps, texts } = this.#facts;
    const path: (string | number)[] = [];
    for (let at = this.#number(7); at > 0; at = steps[2 * at - 2] ?? 0) {
      const step = steps[2 * at - 1] ?? 0;
      path.unshift(step < 0 ? -1 - step : (texts[step] ?? ''));
    }
    return path;
  }

  get scope(): string | undefined {
    return this.#facts.texts[this.#number(8) - 1];
  }

  get pattern(): Pattern | undefined {
    return this.#facts.patterns[this.#number(9) - 1];
  }
}

/** Values by the order in which they are first seen. */
function numbered<T>(): { of(value: T): number; all(): readonly T[] } {
  const numbers = new Map<T, number>();
  return {
    of(value) {
      const known = numbers.get(value);
      if (known !== undefined) return known;
      numbers.set(value, numbers.size);
      return numbers.size - 1;
    },
    all: () => [...numbers.keys()],
  };
}
