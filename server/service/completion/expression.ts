import { CompletionItemKind } from 'vscode-languageserver-types';
import { batchFields, nodeFields, resultFields, stepFields } from '../../../core/playbook/template/fields.ts';
import { filters } from '../../../core/playbook/template/filters.ts';
import { tests } from '../../../core/playbook/template/tests.ts';
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
    return { start, offers: words(['and', 'or', 'in', 'is', 'if', 'else'], CompletionItemKind.Keyword) };
  return { start, offers: namesIn(scope) };
}

/** Is the end of this inside of a text in quotes? */
function isInText(before: string): boolean {
  return /['"]/.test(before.replaceAll(/'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"/gs, ''));
}

type Callable = ReadonlyMap<string, { readonly least: number; readonly description: string }>;

function called(type: 'filter' | 'test', known: Callable): readonly Offer[] {
  return [...known].map(([name, { least, description }]) => ({
    label: name,
    kind: CompletionItemKind.Function,
    detail: description,
    ...(least > 0 && { text: `${name}($1)$0`, isSnippet: true }),
    about: { type, name },
  }));
}

function keysBelow(path: readonly string[], scope: Scope): readonly Offer[] {
  const [root, name = ''] = path;
  const isRoot = path.length === 1;
  if (root === 'vars' && isRoot) return listed(scope.vars, CompletionItemKind.Variable);
  if (root === 'vars') return scope.results.has(name) && path.length === 2 ? words(resultFields) : [];
  if (root === 'steps') return isRoot ? listed(scope.steps, CompletionItemKind.Reference) : stepKeysAt(path);
  if (!isRoot) return [];
  if (root === 'params') return listed(scope.params, CompletionItemKind.Variable);
  if (root === 'secret') return listed(scope.secrets, CompletionItemKind.Constant);
  if (root === 'node') return words(nodeFields);
  if (root === 'batch') return words(batchFields);
  return root === 'result' && scope.isOfResult ? words(resultFields) : [];
}

function stepKeysAt(path: readonly string[]): readonly Offer[] {
  return path.length === 2 ? words(stepFields) : [];
}

/** Whole names first, the nearest above: what a person means by `po` is `params.port` or `vars.http_port`. */
function namesIn(scope: Scope): readonly Offer[] {
  const own = scope.isInLoop ? words(['item', 'index'], CompletionItemKind.Variable) : [];
  const result = scope.isOfResult ? words(['result'], CompletionItemKind.Variable) : [];
  const below = (root: string, names: readonly ScopeName[], kind: CompletionItemKind): readonly Offer[] =>
    names.map(({ name, detail }) => ({ label: `${root}.${name}`, kind, detail }));
  return [
    ...result,
    ...own,
    ...below('params', scope.params, CompletionItemKind.Variable),
    ...below('vars', scope.vars, CompletionItemKind.Variable),
    ...below('steps', scope.steps, CompletionItemKind.Reference),
    ...below('secret', scope.secrets, CompletionItemKind.Constant),
    ...words(nodeFields.map((key) => `node.${key}`)),
    ...words(['vars', 'params', 'node', 'steps', 'secret', 'batch'], CompletionItemKind.Module),
  ].map((offer, rank) => ({ ...offer, rank }));
}

function listed(names: readonly ScopeName[], kind: CompletionItemKind): readonly Offer[] {
  return names.map(({ name, detail }, rank) => ({ label: name, kind, detail, rank }));
}

function words(
  labels: readonly string[],
  kind: CompletionItemKind = CompletionItemKind.Field,
): readonly Offer[] {
  return labels.map((label, rank) => ({ label, kind, rank }));
}
