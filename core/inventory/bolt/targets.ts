import type { TextRange } from '../../util/problem.ts';
import { hostProblem, userProblem } from '../address.ts';
import type { Described } from '../part.ts';
import { undescribed } from '../part.ts';
import type { BoltContext } from './config.ts';
import { warnUnknown } from './config.ts';
import { describe } from './describe.ts';
import { targetKeys, transports } from './options.ts';
import { nameFinding, refusePlugin } from './refusals.ts';
import type { Branch, Tree } from './tree.ts';
import { mapOf, shown } from './tree.ts';
import type { TargetUri } from './uri.ts';
import { parseUri } from './uri.ts';
import { kindOf } from '../../util/kindOf.ts';

/** A target where a group lists it: by name or alias of another, by its address, or as a map. */
export type TargetDraft = {
  /** Name, address without password, or alias of another. */
  readonly name: string;
  /** A plain word may be the name or alias of a target that is defined elsewhere. */
  readonly isReference: boolean;
  readonly uri?: TargetUri;
  readonly aliases: readonly Alias[];
  readonly described: Described;
  readonly range: TextRange;
};

export type Alias = { readonly name: string; readonly range: TextRange };

/** What stands under `targets`, in its order. */
export function readTargets(branch: Branch, context: BoltContext): TargetDraft[] {
  const { path, value } = branch;
  if (value === undefined || refusePlugin(branch, context.tree)) return [];
  if (!Array.isArray(value)) {
    const message = `"targets" is ${kindOf(value)}; Bolt wants a list.`;
    context.tree.refuse(path, { code: 'bolt/type', message, fix: 'Write "targets: [web1, web2]".' });
    return [];
  }
  return value.flatMap(
    (each: unknown, at) => readTarget({ path: [...path, at], value: each }, context) ?? [],
  );
}

function readTarget(branch: Branch, context: BoltContext): TargetDraft | undefined {
  const { path, value } = branch;
  const { tree } = context;
  if (refusePlugin(branch, tree)) return undefined;
  const map = mapOf(value);
  if (map) return defined({ path, map }, context);
  if (typeof value !== 'string') {
    const fix =
      typeof value === 'number' ? 'Put it in quotes.' : 'Write its uri, or a map with "name" and "uri".';
    tree.refuse(path, {
      code: 'bolt/target',
      message: `A target is text or a map, not ${kindOf(value)}.`,
      fix,
    });
    return undefined;
  }
  const uri = uriOf({ path, value }, tree);
  if (!uri || !isNamed({ path, value }, tree)) return undefined;
  return {
    name: uri.name,
    isReference: true,
    uri,
    aliases: [],
    described: undescribed,
    range: tree.rangeOf(path),
  };
}

function defined(
  { path, map }: { path: Branch['path']; map: ReadonlyMap<string, unknown> },
  context: BoltContext,
): TargetDraft | undefined {
  const { tree } = context;
  for (const key of map.keys()) if (!targetKeys.includes(key)) warnUnknown(tree, [...path, key], targetKeys);
  const given: Branch = { path: [...path, 'uri'], value: map.get('uri') };
  const naming: Branch = { path: [...path, 'name'], value: map.get('name') };
  if (refusePlugin(given, tree) || refusePlugin(naming, tree)) return undefined;
  const isAddressed = given.value !== undefined && given.value !== null;
  const by = naming.value === undefined || naming.value === null ? given : naming;
  if (by === given && !isAddressed) {
    const message = 'The target has neither "name" nor "uri".';
    tree.refuse(path, { code: 'bolt/target', message, fix: 'Write "uri: web1.example.com".' });
    return undefined;
  }
  const uri = isAddressed ? uriOf(given, tree) : undefined;
  if (!isNamed(by, tree) || (isAddressed && !uri)) return undefined;
  return {
    name: by === given ? (uri?.name ?? by.value) : by.value,
    isReference: false,
    ...(uri && { uri }),
    aliases: aliasesOf({ path: [...path, 'alias'], value: map.get('alias') }, tree),
    described: describe({ path, map }, context),
    range: tree.rangeOf(by.path),
  };
}

function isNamed(branch: Branch, tree: Tree): branch is Branch & { value: string } {
  const { path, value } = branch;
  if (typeof value === 'string' && /^[!-+\--~]+$/.test(value)) return true;
  const isForeign = typeof value === 'string' && /^[^\s,]+$/.test(value);
  const finding = isForeign
    ? {
        message: `The name "${shown(value)}" has other characters than ASCII.`,
        fix: 'Bolt takes ASCII only.',
      }
    : nameFinding('target', value);
  tree.refuse(path, { code: 'bolt/name', ...finding });
  return false;
}

function uriOf({ path, value }: Branch, tree: Tree): TargetUri | undefined {
  const uri = typeof value === 'string' ? parseUri(value) : undefined;
  if (!uri) {
    const message =
      typeof value === 'string' ? 'This is no uri that Bolt can read.' : `The uri is ${kindOf(value)}.`;
    tree.refuse(path, { code: 'bolt/uri', message, fix: 'Write ssh://user@host:22, or [2001:db8::1]:22.' });
    return undefined;
  }
  if (uri.scheme !== undefined && !transports.includes(uri.scheme)) {
    const message = `There is no transport "${shown(uri.scheme)}".`;
    tree.refuse(path, { code: 'bolt/transport', message, fix: `Write one of ${transports.join(', ')}.` });
    return undefined;
  }
  const isRemote = uri.scheme === undefined || uri.scheme === 'ssh';
  const finding =
    (isRemote && uri.host !== '' ? hostProblem(uri.host) : undefined) ??
    (uri.user === undefined ? undefined : userProblem(uri.user));
  if (finding) tree.refuse(path, { code: 'bolt/uri', ...finding });
  if (uri.hasPassword) {
    const message = 'The password in the uri is not read: it is asked for where a node wants one.';
    tree.refuse(path, { code: 'bolt/password', severity: 'info', message, fix: 'Take it out of the file.' });
  }
  return finding ? undefined : uri;
}

function aliasesOf(branch: Branch, tree: Tree): Alias[] {
  const { path, value } = branch;
  if (value === undefined || refusePlugin(branch, tree)) return [];
  const isList = Array.isArray(value);
  const list: readonly unknown[] = isList ? value : [value];
  return list.flatMap((each, at) => {
    const own = isList ? [...path, at] : path;
    if (refusePlugin({ path: own, value: each }, tree)) return [];
    if (typeof each === 'string' && /^[^\s,]+$/.test(each)) return [{ name: each, range: tree.rangeOf(own) }];
    tree.refuse(own, { code: 'bolt/name', ...nameFinding('alias', each) });
    return [];
  });
}
