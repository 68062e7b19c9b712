import { meantOr, type TextPlace } from '../../util/problem.ts';
import { nearest } from '../../util/nearest.ts';
import type { BinaryOperator, Expression, TemplateProblem } from './expression.ts';
import { filters } from './filters.ts';
import { lex, type Token } from './lex.ts';
import { tests } from './tests.ts';

export type ParsedExpression =
  | { readonly ok: true; readonly expression: Expression; readonly end: number }
  | { readonly ok: false; readonly problem: TemplateProblem; readonly end: number };

/** Expressions inside expressions. */
const deepest = 50;
/** Tokens of one expression: a chain of so many operators is as deep as it is long. */
const longest = 1000;

/** Parses a condition such as `steps.install.changed and vars.port > 1024`: the whole text is one expression. */
export function parseExpression(source: string): ParsedExpression {
  return parseFrom(source, 0);
}

/** Parses the expression that begins at `from`, up to `until` or the end of the text. */
export function parseFrom(source: string, from: number, until?: '}}'): ParsedExpression {
  const { tokens, problem, end } = lex(source, from, until);
  if (problem) return { ok: false, problem, end };
  const last = tokens[longest];
  if (last) return { ok: false, problem: tooLong(last), end };
  const reader: Reader = { tokens, at: 0, depth: 0 };
  const expression = choice(reader);
  if ('code' in expression) return { ok: false, problem: expression, end };
  const rest = peek(reader);
  if (rest.type !== 'end') return { ok: false, problem: unexpected(rest), end };
  return { ok: true, expression, end };
}

type Reader = { readonly tokens: readonly Token[]; at: number; depth: number };
type Read = Expression | TemplateProblem;

const nowhere: Token = { type: 'end', start: 0, end: 0 };

function peek(reader: Reader): Token {
  return reader.tokens[reader.at] ?? reader.tokens.at(-1) ?? nowhere;
}

/** Takes the next token if it is this word or symbol. */
function take(reader: Reader, text: string): boolean {
  const token = peek(reader);
  const isIt = (token.type === 'name' || token.type === 'symbol') && token.text === text;
  if (isIt) reader.at += 1;
  return isIt;
}

/** `a if b else c`; anything else is looser than nothing. */
function choice(reader: Reader): Read {
  if (reader.depth >= deepest) return tooDeep(peek(reader));
  reader.depth += 1;
  const then = binary(reader, 0);
  if ('code' in then || !take(reader, 'if')) return left(reader, then);
  const condition = binary(reader, 0);
  if ('code' in condition) return condition;
  if (!take(reader, 'else')) return missing('else', peek(reader));
  const otherwise = choice(reader);
  if ('code' in otherwise) return otherwise;
  return left(reader, {
    type: 'choice',
    condition,
    value: then,
    otherwise,
    start: then.start,
    end: otherwise.end,
  });
}

function left(reader: Reader, read: Read): Read {
  reader.depth -= 1;
  return read;
}

/** Operators by how tightly they bind, the loosest first. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['or'],
  ['and'],
  ['==', '!=', '<=', '>=', '<', '>', 'not in', 'in'],
  ['+', '-', '~'],
  ['*', '//', '/', '%'],
];
const levelOfNot = 2;

function binary(reader: Reader, level: number): Read {
  const operators = levels[level];
  if (!operators) return unary(reader);
  let first = level === levelOfNot ? negation(reader) : binary(reader, level + 1);
  for (;;) {
    if ('code' in first) return first;
    const operator = takeOperator(reader, operators);
    if (!operator) return first;
    const right = binary(reader, level + 1);
    if ('code' in right) return right;
    first = { type: 'binary', operator, left: first, right, start: first.start, end: right.end };
  }
}

function takeOperator(reader: Reader, operators: readonly BinaryOperator[]): BinaryOperator | undefined {
  for (const operator of operators) {
    if (operator !== 'not in') {
      if (take(reader, operator)) return operator;
      continue;
    }
    const before = reader.at;
    if (take(reader, 'not') && take(reader, 'in')) return operator;
    reader.at = before;
  }
  return undefined;
}

function negation(reader: Reader): Read {
  const { start } = peek(reader);
  if (!take(reader, 'not')) return binary(reader, levelOfNot + 1);
  if (reader.depth >= deepest) return tooDeep(peek(reader));
  reader.depth += 1;
  const of = binary(reader, levelOfNot);
  reader.depth -= 1;
  return 'code' in of ? of : { type: 'unary', operator: 'not', of, start, end: of.end };
}

function unary(reader: Reader): Read {
  const { start } = peek(reader);
  if (!take(reader, '-')) return postfix(reader);
  const of = postfix(reader);
  return 'code' in of ? of : { type: 'unary', operator: '-', of, start, end: of.end };
}

/** `.key`, `[key]`, `| filter(…)` and `is test` behind a value, as often as they come. */
function postfix(reader: Reader): Read {
  let of = primary(reader);
  for (;;) {
    if ('code' in of) return of;
    if (take(reader, '.')) of = memberNamed(reader, of);
    else if (take(reader, '[')) of = memberAt(reader, of);
    else if (take(reader, '|')) of = filtered(reader, of);
    else if (take(reader, 'is')) of = tested(reader, of);
    else return of;
  }
}

function memberNamed(reader: Reader, of: Expression): Read {
  const token = peek(reader);
  if (token.type !== 'name') return missing('a name after the dot', token);
  reader.at += 1;
  const { start, end } = token;
  return {
    type: 'member',
    of,
    key: { type: 'literal', value: token.text, start, end },
    start: of.start,
    end,
  };
}

function memberAt(reader: Reader, of: Expression): Read {
  const key = choice(reader);
  if ('code' in key) return key;
  const { end } = peek(reader);
  if (!take(reader, ']')) return missing(']', peek(reader));
  return { type: 'member', of, key, start: of.start, end };
}

function filtered(reader: Reader, of: Expression): Read {
  const called = call(reader, { kind: 'filter', known: filters });
  return 'code' in called ? called : { type: 'filter', of, ...called, start: of.start };
}

function tested(reader: Reader, of: Expression): Read {
  const isNegated = take(reader, 'not');
  const called = call(reader, { kind: 'test', known: tests });
  return 'code' in called ? called : { type: 'test', of, isNegated, ...called, start: of.start };
}

type Callable = ReadonlyMap<string, { readonly least: number; readonly most: number }>;
type Call = { readonly name: string; readonly args: readonly Expression[]; readonly end: number };

/** Name and arguments of a filter or test that there is, with as many arguments as it takes. */
function call(reader: Reader, { kind, known }: { kind: string; known: Callable }): Call | TemplateProblem {
  const token = peek(reader);
  if (token.type === 'symbol' && token.text === '|')
    return {
      code: 'template/syntax',
      message: '"||" means nothing here.',
      fix: 'Write "or" between two conditions.',
      ...place(token),
    };
  if (token.type !== 'name') return missing(`the name of a ${kind}`, token);
  reader.at += 1;
  const callable = known.get(token.text);
  if (!callable) {
    const near = nearest(token.text, [...known.keys()]);
    return {
      code: `template/unknown-${kind}`,
      message: `There is no ${kind} "${token.text}".`,
      ...meantOr(near, `There are: ${[...known.keys()].join(', ')}.`),
      ...place(token),
    };
  }
  const args = take(reader, '(') ? listUntil(reader, ')') : { items: [], end: token.end };
  if ('code' in args) return args;
  const { least, most } = callable;
  if (args.items.length >= least && args.items.length <= most)
    return { name: token.text, args: args.items, end: args.end };
  const wanted = least === most ? String(least) : `${least} to ${most}`;
  const message = `The ${kind} "${token.text}" takes ${wanted} arguments, here are ${args.items.length}.`;
  return { code: 'template/arguments', message, start: token.start, end: args.end };
}

function primary(reader: Reader): Read {
  const token = peek(reader);
  reader.at += 1;
  if (token.type === 'number' || token.type === 'string')
    return { type: 'literal', value: token.value, ...place(token) };
  if (token.type === 'name') return word(token.text, place(token));
  if (token.type === 'symbol' && token.text === '[') {
    const list = listUntil(reader, ']');
    return 'code' in list ? list : { type: 'list', items: list.items, start: token.start, end: list.end };
  }
  if (token.type !== 'symbol' || token.text !== '(') return unexpected(token);
  const inner = choice(reader);
  if ('code' in inner) return inner;
  const { end } = peek(reader);
  if (!take(reader, ')')) return missing(')', peek(reader));
  return { ...inner, start: token.start, end };
}

/** Words that mean something by themselves, as in Jinja and as in YAML. */
const constants: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
  ['null', null],
]);
const reserved = new Set(['if', 'else', 'and', 'or', 'not', 'in', 'is']);

function word(name: string, at: TextPlace): Read {
  const value = constants.get(name);
  if (value !== undefined) return { type: 'literal', value, ...at };
  if (!reserved.has(name)) return { type: 'name', name, ...at };
  return { code: 'template/syntax', message: `A value is missing before "${name}".`, ...at };
}

function listUntil(
  reader: Reader,
  closing: ')' | ']',
): { items: readonly Expression[]; end: number } | TemplateProblem {
  const items: Expression[] = [];
  for (;;) {
    const { end } = peek(reader);
    if (take(reader, closing)) return { items, end };
    if (items.length > 0 && !take(reader, ',')) return missing(`, or ${closing}`, peek(reader));
    const item = choice(reader);
    if ('code' in item) return item;
    items.push(item);
  }
}

function place({ start, end }: TextPlace): TextPlace {
  return { start, end };
}

function missing(what: string, token: Token): TemplateProblem {
  return { code: 'template/syntax', message: `Expected ${what} here.`, ...place(token) };
}

function unexpected(token: Token): TemplateProblem {
  const at = place(token);
  if (token.type === 'end')
    return { code: 'template/syntax', message: 'The expression ends too early.', ...at };
  const text = token.type === 'number' || token.type === 'string' ? String(token.value) : token.text;
  const fix = 'Write a value, an operator, or a filter after |.';
  return { code: 'template/syntax', message: `"${text}" is not expected here.`, fix, ...at };
}

function tooLong(token: Token): TemplateProblem {
  const message = `An expression has at most ${longest} words and signs.`;
  return { code: 'template/too-long', message, fix: 'Write a shorter one.', ...place(token) };
}

function tooDeep(token: Token): TemplateProblem {
  const message = `Expressions go at most ${deepest} deep.`;
  return { code: 'template/too-deep', message, fix: 'Write a simpler one.', ...place(token) };
}
