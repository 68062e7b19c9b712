import { CompletionItemKind } from 'vscode-languageserver-types';
import { batchFields, nodeFields, resultFields, stepFields } from '../../../core/playbook/template/fields.ts';
import { filters } from '../../../core/playbook/template/filters.ts';
import { tests } from '../../../core/playbook/template/tests.ts';
import { fieldText, rootTexts } from '../../../core/playbook/template/fieldTexts.ts';
import { argumentsText } from '../describe/callable.ts';
import type { Offer } from './item.ts';
import type { Scope, ScopeName } from './scope.ts';

/** What may follow at the end of the written part of an expression, and where the word begins that it replaces. */
export type ExpressionOffers = { readonly start: number; readonly offers: readonly Offer[] };

/** Names, their keys behind a dot, filters behind a bar, tests behind `is`. */
export function expressionOffers(written: string, scope: Scope): ExpressionOffers {
  const [word = ''] = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(written) ?? [];
  const start = written.length - word.length;
  const before = written.slice(0, start);
  if (isInText(before)) return { start, offers: [] };
  if (/\|\s*$/.test(before)) return { start, offers: called('filter', filters) };
  if (/\bis\s+(?:not\s+)?$/.test(before)) return { start, offers: called('test', tests) };
  const path = /((?:[\p{L}_][\p{L}\p{N}_]*\.)+)$/u.exec(before)?.[1]?.split('.').slice(0, -1);
  if (path) return { start, offers: keysBelow(path, scope) };
  if (/[\p{L}\p{N}_)\]'"]\s+$/u.test(before) && !/\b(?:and|or|not|in|if|else)\s+$/.test(before))
    return { start, offers: words(joining, CompletionItemKind.Keyword) };
  return { start, offers: namesIn(scope) };
}

/** What may stand between two values. */
const joining: readonly Word[] = [
  ['and', 'both hold'],
  ['or', 'one of them holds'],
  ['in', 'is one of a list, or a part of a text'],
  ['is', 'a test: is defined, is empty'],
  ['not in', 'is none of a list'],
  ['if', 'this value if a condition holds'],
  ['else', 'another value if it does not'],
];

/** Is the end of this inside of a text in quotes? */
function isInText(before: string): boolean {
  return /['"]/.test(before.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs, ''));
}

type Callable = ReadonlyMap<
  string,
  { readonly least: number; readonly most: number; readonly description: string }
>;

/** With the places of the arguments that have to be given. */
function called(type: 'filter' | 'test', known: Callable): readonly Offer[] {
  return [...known].map(([name, { least, most, description }], rank) => {
    const places = Array.from({ length: least }, (_, at) => `$${at + 1}`).join(', ');
    return {
      label: name,
      kind: CompletionItemKind.Function,
      detail: most === 0 ? description : `${argumentsText(least, most)} · ${description}`,
      ...(least > 0 && { text: `${name}(${places})$0`, isSnippet: true }),
      rank,
      about: { type, name },
    };
  });
}

function keysBelow(path: readonly string[], scope: Scope): readonly Offer[] {
  const [root = '', name = ''] = path;
  const isRoot = path.length === 1;
  if (root === 'vars' && isRoot) return listed(scope.vars, CompletionItemKind.Variable);
  if (root === 'vars') return scope.results.has(name) && path.length === 2 ? fields(root, resultFields) : [];
  if (root === 'steps' && isRoot) return listed(scope.steps, CompletionItemKind.Reference);
  if (root === 'steps') return path.length === 2 ? fields(root, stepFields) : [];
  if (root === 'node' && name === 'facts') return factsBelow(path.slice(2), scope);
  if (!isRoot) return [];
  if (root === 'params') return listed(scope.params, CompletionItemKind.Variable);
  if (root === 'secret') return listed(scope.secrets, CompletionItemKind.Constant);
  if (root === 'node') return fields(root, nodeFields);
  if (root === 'batch') return fields(root, batchFields);
  if (root === 'item') return words(scope.itemKeys.map((key) => [key, 'key of the items']));
  return root === 'result' && scope.isOfResult ? fields(root, resultFields) : [];
}

/** The next part of the dotted names of facts. */
function factsBelow(above: readonly string[], { facts }: Scope): readonly Offer[] {
  const start = above.map((part) => `${part}.`).join('');
  const below = facts.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
  return words([...new Set(below.map((name) => name.split('.')[0] ?? ''))].map((name) => [name, 'fact']));
}

/** Whole names first, the nearest above: what a person means by `po` is `params.port` or `vars.http_port`. */
function namesIn(scope: Scope): readonly Offer[] {
  const below = (root: string, names: readonly ScopeName[], kind: CompletionItemKind): readonly Offer[] =>
    names.map(({ name, detail }) => ({ label: `${root}.${name}`, kind, detail }));
  const roots = ['vars', 'params', 'node', 'steps', 'secret', 'batch'] as const;
  return [
    ...(scope.isOfResult ? named(['result'], CompletionItemKind.Variable) : []),
    ...(scope.isInLoop ? named(['item', 'index'], CompletionItemKind.Variable) : []),
    ...below('params', scope.params, CompletionItemKind.Variable),
    ...below('vars', scope.vars, CompletionItemKind.Variable),
    ...below('steps', scope.steps, CompletionItemKind.Reference),
    ...below('secret', scope.secrets, CompletionItemKind.Constant),
    ...fields('node', nodeFields).map((offer) => ({ ...offer, label: `node.${offer.label}` })),
    ...named(roots, CompletionItemKind.Module),
    ...words([['not', 'the opposite']], CompletionItemKind.Keyword),
  ].map((offer, rank) => ({ ...offer, rank }));
}

function listed(names: readonly ScopeName[], kind: CompletionItemKind): readonly Offer[] {
  return words(
    names.map(({ name, detail }) => [name, detail]),
    kind,
  );
}

function fields(root: string, names: readonly string[]): readonly Offer[] {
  return words(names.map((name) => [name, fieldText(root, name) ?? '']));
}

function named(roots: readonly (keyof typeof rootTexts)[], kind: CompletionItemKind): readonly Offer[] {
  return words(
    roots.map((name) => [name, rootTexts[name]]),
    kind,
  );
}

type Word = readonly [label: string, detail?: string];

function words(each: readonly Word[], kind: CompletionItemKind = CompletionItemKind.Field): readonly Offer[] {
  return each.map(([label, detail], rank) => ({
    label,
    kind,
    rank,
    ...(detail !== undefined && { detail }),
  }));
}
