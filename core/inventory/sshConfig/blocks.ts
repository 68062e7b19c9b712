import { isPlainName } from './patterns.ts';
import type { Statement } from './statements.ts';

/** Lines below a Host or Match, or those before the first one. */
export type Block = {
  readonly head?: Extract<Statement, { type: 'host' | 'match' }>;
  readonly lines: readonly Statement[];
};

type Index = {
  readonly blocks: readonly Block[];
  /** Places of blocks with patterns, Match blocks, and the lines before the first block: these concern every host. */
  readonly general: readonly number[];
  /** Places of blocks that only name hosts. */
  readonly named: ReadonlyMap<string, readonly number[]>;
};

const known = new WeakMap<readonly Statement[], Index>();

/**
 * The blocks of a file that may concern a host, in their order. Those that name other hosts are not even looked at:
 * thousands of hosts would otherwise take the square of their number.
 */
export function blocksFor(statements: readonly Statement[], host: string): readonly Block[] {
  const { blocks, general, named } = indexOf(statements);
  const own = named.get(host);
  const places = own ? [...general, ...own].toSorted((a, b) => a - b) : general;
  return places.flatMap((at) => blocks[at] ?? []);
}

/** Lines of a file, and of what it includes, that are looked at for every host. */
export function generalLines(statements: readonly Statement[]): number {
  const { blocks, general } = indexOf(statements);
  let count = 0;
  for (const at of general) {
    for (const line of blocks[at]?.lines ?? []) {
      count++;
      if (line.type === 'include') for (const file of line.files) count += generalLines(file);
    }
    count += 1;
  }
  return count;
}

function indexOf(statements: readonly Statement[]): Index {
  const before = known.get(statements);
  if (before) return before;
  const blocks = blocksIn(statements);
  const general: number[] = [];
  const named = new Map<string, number[]>();
  for (const [at, { head }] of blocks.entries()) {
    if (head?.type !== 'host' || !head.patterns.every(isPlainName)) general.push(at);
    else {
      for (const name of new Set(head.patterns)) {
        const list = named.get(name);
        if (list) list.push(at);
        else named.set(name, [at]);
      }
    }
  }
  const index = { blocks, general, named };
  known.set(statements, index);
  return index;
}

function blocksIn(statements: readonly Statement[]): readonly Block[] {
  let lines: Statement[] = [];
  const blocks: Block[] = [{ lines }];
  for (const statement of statements) {
    if (statement.type === 'host' || statement.type === 'match') {
      lines = [];
      blocks.push({ head: statement, lines });
    } else lines.push(statement);
  }
  return blocks;
}
