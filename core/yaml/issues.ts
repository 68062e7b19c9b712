import { type Advice, didYouMean } from '../util/problem.ts';
import type * as z from 'zod';
import { aliasOf, wordFor } from '../schema/aliases.ts';
import { docsOfKeys } from '../schema/docs.ts';
import { foreignAdvice } from '../schema/foreign.ts';
import { nearest } from '../util/nearest.ts';
import { shapesAt } from '../schema/shape.ts';
import type { Shape } from '../schema/shape.ts';
import { at } from './data.ts';
import { keysOf, knownHere, meantAsList, meantByForm, meantByWhole } from './meant.ts';
import { clip } from './scalar.ts';

type Issue = z.core.$ZodIssue;
type Root = { readonly shapes: readonly Shape[]; readonly data: unknown };

/** A mistake in the data, at a path; `on` says whether the key or the value is meant. */
export type Mistake = {
  readonly path: readonly PropertyKey[];
  readonly on: 'key' | 'value';
  readonly code: string;
  readonly message: string;
  readonly fix?: string;
  /** The key that is missing. */
  readonly name?: string;
  /** The word that was meant by the one that is there. */
  readonly meant?: string;
  /** Kinds that the value may have, as Zod calls them. */
  readonly expected?: readonly string[];
  /** It is about all of what stands there, and told once of it. */
  readonly about?: readonly PropertyKey[];
};

/** What Zod found, in words for people, one mistake per unknown key. */
export function mistakesOf(issue: Issue, root: Root): readonly Mistake[] {
  const { path } = issue;
  const found = at(root.data, path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey([...path, key], root));
  if (issue.code === 'invalid_union') return unionMistakes(issue, root);
  if (issue.code === 'invalid_type') {
    if (found === undefined && isMap(at(root.data, path.slice(0, -1)))) return [missingKey(path)];
    return [{ path, on: 'value', code: 'schema/type', ...typeSaid(issue, root), expected: [issue.expected] }];
  }
  if (issue.code === 'invalid_value') {
    if (found === undefined && isMap(at(root.data, path.slice(0, -1))))
      return [missingKey(path, issue.values)];
    const said = choice(issue.values, found);
    return [{ path, on: 'value', code: 'schema/value', ...otherWord(path, root.shapes), ...said }];
  }
  const message = limitMessage(issue) ?? sentence(issue.message);
  return [{ path, on: 'value', code: 'schema/value', message, ...paramsOf(issue), ...secondOf(issue, root) }];
}

/** Of keys that exclude each other the second is wrong, in the order in which they are written. */
function secondOf(issue: Issue, { data }: Root): Partial<Mistake> {
  const oneOf: unknown = issue.code === 'custom' ? issue.params?.['oneOf'] : undefined;
  if (!Array.isArray(oneOf)) return {};
  const about = issue.path.slice(0, -1);
  const [first = '', second] = Object.keys(Object(at(data, about))).filter((key) => oneOf.includes(key));
  if (second === undefined) return {};
  const message = `${sentence(issue.message)} This one has "${clip(first)}" already.`;
  return { path: [...about, second], message, about };
}

function unknownKey(path: readonly PropertyKey[], { shapes, data }: Root): Mistake {
  const key = String(path.at(-1));
  const known = keysOf(shapesAt(shapes, path.slice(0, -1)));
  const beside = at(data, path.slice(0, -1));
  const advice = foreignAdvice(key, known, at(data, path));
  const near = advice === undefined ? (aliasOf(key, known) ?? nearest(key, known)) : undefined;
  const what = near === undefined ? { fix: advice ?? knownHere(known, beside) } : meantKey(near, beside);
  return { path, on: 'key', code: 'schema/unknown-key', message: `Unknown key "${clip(key)}".`, ...what };
}

/** A second one of that name would be a mistake as well. */
function meantKey(near: string, beside: unknown): Advice {
  const isThere = isMap(beside) && Object.hasOwn(Object(beside), near);
  return isThere
    ? { fix: `"${near}" is there already: leave one of them out.` }
    : { fix: didYouMean(near), meant: near };
}

function missingKey(path: readonly PropertyKey[], values: readonly unknown[] = []): Mistake {
  const key = String(path.at(-1));
  const message = `The key "${clip(key)}" is missing.`;
  const words = values.filter((value) => typeof value === 'string');
  const which = words.length > 0 ? ` with ${words.join(' or ')}` : '';
  const fix = `Write "${clip(key)}:"${which}.`;
  return { path, on: 'key', code: 'schema/missing-key', message, fix, name: key };
}

export function isMissingKey({ code }: Mistake): boolean {
  return code === 'schema/missing-key';
}

/** Paths of the keys that were meant by unknown ones. */
export function keysMeant(mistakes: readonly Mistake[]): readonly (readonly PropertyKey[])[] {
  return mistakes.flatMap(({ code, path, meant }) =>
    code === 'schema/unknown-key' && meant !== undefined ? [[...path.slice(0, -1), meant]] : [],
  );
}

/** What is there instead of what is expected; for a list of Ansible, and a map with one key that has to be, the way to write it. */
function typeSaid(
  { path, expected }: Extract<Issue, { code: 'invalid_type' }>,
  { shapes, data }: Root,
): { message: string; fix?: string } {
  const found = at(data, path);
  const here = shapesAt(shapes, path);
  const hasSteps = here.some((shape) => shape.kind === 'object' && Object.hasOwn(shape.keys, 'steps'));
  if (hasSteps && Array.isArray(found) && ['hosts', 'tasks'].some((key) => at(found, [0, key]) !== undefined))
    return {
      message: 'This is a playbook of Ansible.',
      fix: 'A step of a playbook here runs it: "ansible: { playbook: ./FILE }".',
    };
  const message = typeMessage(expected, found);
  const meant =
    meantByWhole(path, found, keysOf(here)) ??
    meantByForm(expected, found, keysOf(here)) ??
    meantAsList(found, here);
  if (meant !== undefined) return { message, fix: meant };
  const needed = docsOfKeys(here).filter(({ isRequired }) => isRequired);
  const [only] = needed;
  const isScalar = typeof found === 'string' || typeof found === 'number';
  if (!only || needed.length > 1 || !isScalar) return { message };
  return { message, fix: `Write { ${only.key}: ${clip(String(found))} }.` };
}

/** The key that other tools have such a value under. */
function otherWord(path: readonly PropertyKey[], shapes: readonly Shape[]): { fix?: string } {
  const key = String(path.at(-1));
  const beside = docsOfKeys(shapesAt(shapes, path.slice(0, -1))).map((each) => each.key);
  const meant = aliasOf(key, beside);
  return meant === undefined ? {} : { fix: `What other tools have under "${key}" is "${meant}" here.` };
}

/** The library's own words for what is too small or too large are no sentence for people. */
function limitMessage(issue: Issue): string | undefined {
  if (!/^Too (?:small|big):/.test(issue.message)) return undefined;
  if (issue.code !== 'too_small' && issue.code !== 'too_big') return undefined;
  const limit =
    issue.code === 'too_small' ? `at least ${String(issue.minimum)}` : `at most ${String(issue.maximum)}`;
  const unit = new Map([
    ['string', ' characters'],
    ['array', ' entries'],
  ]).get(issue.origin);
  return `Expected ${limit}${unit ?? ''}.`;
}

function isMap(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Of a union only the branch is judged that the written value chose by its kind. */
function unionMistakes(issue: Extract<Issue, { code: 'invalid_union' }>, root: Root): readonly Mistake[] {
  const { path } = issue;
  const isAbsent = path.length > 0 && at(root.data, path) === undefined;
  if (isAbsent && isMap(at(root.data, path.slice(0, -1)))) return [missingKey(path)];
  const branches = issue.errors.map((inner) =>
    inner.map((each) => ({ ...each, path: [...path, ...each.path] })),
  );
  const chosen = branches.filter((branch) => !branch.some((each) => isKindError(each, path)));
  const [branch] = chosen.toSorted((a, b) => a.length - b.length);
  if (branch) return branch.flatMap((each) => mistakesOf(each, root));
  const kinds = [
    ...new Set(branches.flat().flatMap((each) => (each.code === 'invalid_type' ? [each.expected] : []))),
  ];
  const words = branches.flat().flatMap((each) => (each.code === 'invalid_value' ? each.values : []));
  if (words.length > 0)
    return [{ path, on: 'value', code: 'schema/value', ...choice(words, at(root.data, path)) }];
  const message = typeMessage(kinds, at(root.data, path));
  return [{ path, on: 'value', code: 'schema/type', message, expected: kinds }];
}

function isKindError(issue: Issue, path: readonly PropertyKey[]): boolean {
  const isHere = issue.path.length === path.length;
  return isHere && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function choice(values: readonly unknown[], found: unknown): { message: string } & Partial<Advice> {
  const words = values.filter((value) => typeof value === 'string');
  const near = typeof found === 'string' ? (wordFor(found, words) ?? nearest(found, words)) : undefined;
  const message = `Expected ${values.map(describe).join(' or ')}, found ${describe(found)}.`;
  return near === undefined ? { message } : { message, fix: didYouMean(near), meant: near };
}

const kindNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a map of keys',
  record: 'a map of keys',
  map: 'a map of keys',
  array: 'a list',
  null: 'nothing',
};

function typeMessage(expected: string | readonly string[], found: unknown): string {
  const kinds = [...new Set([expected].flat().map((kind) => kindNames[kind] ?? kind))];
  return `Expected ${kinds.join(' or ')}, found ${describe(found)}.`;
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a map of keys';
  return typeof value === 'string' ? `"${clip(value)}"` : JSON.stringify(value);
}

function sentence(message: string): string {
  return /[.?!]$/.test(message) ? message : `${message}.`;
}

/** What a refinement says beside its message: what to do, a code of its own, and that the key is meant. */
function paramsOf(issue: Issue): Partial<Pick<Mistake, 'fix' | 'code' | 'on'>> {
  const { fix, code, on }: Record<string, unknown> = (issue.code === 'custom' && issue.params) || {};
  return {
    ...(typeof fix === 'string' && { fix }),
    ...(typeof code === 'string' && { code }),
    ...(on === 'key' && { on }),
  };
}
