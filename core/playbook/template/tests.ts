import { checkRegex, compileRegex } from '../../selection/regex.ts';
import { isMap, type Value } from '../../schema/value.ts';
import { type Misfit, misfit } from './filters.ts';
import { contains, isTrue } from './values.ts';
import { kindOf } from '../../util/kindOf.ts';

/** What can be asked of a value behind `is`. */
export type ValueTest = {
  readonly least: number;
  readonly most: number;
  readonly description: string;
  readonly example: string;
  holds(value: Value, args: readonly Value[]): boolean | Misfit;
};

type Holds = ValueTest['holds'];

/** `defined` and `undefined` are asked before there is a value. */
const list: readonly [string, string, string, Holds, args?: number][] = [
  ['defined', 'Whether there is such a value.', 'vars.port is defined', () => true],
  ['undefined', 'Whether there is no such value.', 'vars.port is undefined', () => false],
  ['none', 'Whether it is nothing.', 'vars.port is none', (value) => value === null],
  ['empty', 'Whether it is an empty text, list or map, or nothing.', 'steps.ls.stdout is empty', isEmpty],
  ['true', 'Whether a condition of it holds.', 'vars.flag is true', isTrue],
  ['false', 'Whether no condition of it holds.', 'vars.flag is false', (value) => !isTrue(value)],
  ['string', 'Whether it is text.', 'vars.port is string', (value) => typeof value === 'string'],
  ['number', 'Whether it is a number.', 'vars.port is number', (value) => typeof value === 'number'],
  ['boolean', 'Whether it is true or false.', 'vars.flag is boolean', (value) => typeof value === 'boolean'],
  ['list', 'Whether it is a list.', 'vars.names is list', (value) => Array.isArray(value)],
  ['map', 'Whether it is a map.', 'vars.ports is map', (value) => isMap(value)],
  ['startswith', 'Whether a text begins with another.', "node.name is startswith('web')", begins, 1],
  ['endswith', 'Whether a text ends with another.', "node.name is endswith('.org')", ends, 1],
  ['containing', 'Whether a text, list or map has this in it.', "vars.roles is containing('db')", has, 1],
  [
    'matching',
    'Whether a regular expression matches somewhere in it.',
    "params.version is matching('^2[.]')",
    matches,
    1,
  ],
];

/** Every test there is, by name. */
export const tests: ReadonlyMap<string, ValueTest> = new Map(
  list.map(([name, description, example, holds, args = 0]) => [
    name,
    { least: args, most: args, description, example, holds },
  ]),
);

function isEmpty(value: Value): boolean {
  return value === '' || value === null || (typeof value === 'object' && !isTrue(value));
}

function begins(value: Value, [start]: readonly Value[]): boolean | Misfit {
  return typeof value === 'string' && typeof start === 'string' ? value.startsWith(start) : wantsText(value);
}

function ends(value: Value, [end]: readonly Value[]): boolean | Misfit {
  return typeof value === 'string' && typeof end === 'string' ? value.endsWith(end) : wantsText(value);
}

function has(value: Value, [part = null]: readonly Value[]): boolean | Misfit {
  return contains(value, part) ?? misfit(`finds nothing in ${kindOf(value)}`);
}

function matches(value: Value, [source]: readonly Value[]): boolean | Misfit {
  if (typeof value !== 'string' || typeof source !== 'string') return wantsText(value);
  const refusal = checkRegex(source);
  return refusal
    ? misfit(`needs another expression. ${refusal.message} ${refusal.fix}`)
    : compileRegex(source)(value);
}

function wantsText(value: Value): Misfit {
  return misfit(`takes text, and this is ${kindOf(value)}`);
}
