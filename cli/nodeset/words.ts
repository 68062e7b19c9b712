import { parseArgs } from 'node:util';
import type { Command, Option } from 'commander';
import type { Operator } from '../../core/selection/calculator/scan.ts';
import type { Result } from '../../core/util/errors.ts';

/** One operand as it was written, and what is to be done with it; `-` stands for stdin. */
export type WrittenOperation = { readonly operator: Operator; readonly text: string };

/** A command line of the calculator. */
export type Words = {
  /** In the order of the command line. */
  readonly operations: readonly WrittenOperation[];
  /** Operations that stand before the first node set. */
  readonly leading: readonly WrittenOperation[];
  /** Values of the other options by name, in order; `''` for those that have none. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
};

const operators: ReadonlyMap<string, Operator> = new Map([
  ['exclude', '!'],
  ['intersect', '&'],
  ['xor', '^'],
]);

/** Reads words with the options that the command declares; `--` ends the options. */
export function readWords(command: Command, argv: readonly string[]): Result<Words> {
  const options = Object.fromEntries(command.options.map((option) => [nameOf(option), settingOf(option)]));
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const operations: WrittenOperation[] = [];
  const leading: WrittenOperation[] = [];
  const flags = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') operations.push({ operator: ',', text: token.value });
    if (token.kind !== 'option') continue;
    const wrong = problemOf(token, options[token.name]?.type);
    if (wrong !== undefined) return { ok: false, error: { code: 'USAGE', message: wrong } };
    const operator = operators.get(token.name);
    const value = token.value ?? '';
    if (operator) (operations.length === 0 ? leading : operations).push({ operator, text: value });
    else flags.set(token.name, [...(flags.get(token.name) ?? []), value]);
  }
  return { ok: true, value: { operations, leading, flags } };
}

type OptionToken = { readonly rawName: string; readonly value: string | undefined };

function problemOf(
  { rawName, value }: OptionToken,
  type: 'string' | 'boolean' | undefined,
): string | undefined {
  if (type === undefined)
    return `Unknown option ${rawName}. Write "--" before node sets that begin with "-". See muster nodeset --help.`;
  if (type === 'string' && value === undefined) return `The option ${rawName} needs a value.`;
  return type === 'boolean' && value !== undefined ? `The option ${rawName} takes no value.` : undefined;
}

function nameOf({ long, short }: Option): string {
  return long?.slice(2) ?? short?.slice(1) ?? '';
}

function settingOf({ required, short }: Option): { type: 'string' | 'boolean'; short?: string } {
  const type = required ? 'string' : 'boolean';
  return short === undefined ? { type } : { type, short: short.slice(1) };
}
