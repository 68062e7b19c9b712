import type { InventoryIndex } from '../inventory/model.ts';
import { parseSelection } from '../selection/parse.ts';
import { compileRegex } from '../selection/regex.ts';
import { resolveSelection } from '../selection/resolve.ts';
import { hasErrors } from '../util/problem.ts';
import { type Asked, type AskedNode, askedNodes } from './asked.ts';
import { canonicalHost } from './hostAddress.ts';
import { matchesHost } from './hostPattern.ts';
import type { Policy } from './policy.ts';
import { type Addresses, sameMachine } from './sameMachine.ts';

/** Who asks: a person, or an agent or timer that acts for one. */
export type Actor = { readonly user: string; readonly as?: 'ai' | 'schedule' | undefined };

export type RuleContext = {
  readonly actor: Actor;
  readonly index: InventoryIndex;
  /** Addresses that the hosts of the inventory stand for. */
  readonly addresses: Addresses;
};

/** A node that a rule is about; `as` is the node of the rule that it is by another name. */
export type Caught = { readonly name: string; readonly as?: string };

type Rule = Policy['rules'][number];

/** UTF-16 units of a command that are searched; a longer one is taken for one that a stricter rule means. */
const mostText = 64 * 1024;

/**
 * The nodes for which a rule speaks; undefined where it does not speak at all. What makes things stricter is read
 * widely (an agent is also its person, a node also its other names), what allows is read narrowly.
 */
export function matchRule(rule: Rule, asked: Asked, context: RuleContext): readonly Caught[] | undefined {
  const capabilities = rule.capability ?? ['run', 'terminal'];
  if (!capabilities.includes(asked.capability)) return undefined;
  if (rule.subject && !isSubject(rule.subject, rule, context)) return undefined;
  if (rule.action && !isAction(rule.action, rule, asked)) return undefined;
  if (rule.command !== undefined && !isCommand(rule.command, rule, asked)) return undefined;
  const isAny = rule.targets === undefined && rule.tags === undefined && rule.hosts === undefined;
  if (isAny) return asked.nodes.map(({ name }) => ({ name }));
  const caught = caughtNodes(rule, asked, context);
  return caught.length > 0 ? caught : undefined;
}

function isSubject(
  subjects: readonly string[],
  { decision }: Rule,
  { actor: { user, as } }: RuleContext,
): boolean {
  if (as === undefined) return subjects.includes(user);
  return subjects.includes(as) || (decision !== 'allow' && subjects.includes(user));
}

function isAction(wanted: NonNullable<Rule['action']>, { decision }: Rule, { action }: Asked): boolean {
  if (!action) return false;
  const { type, kinds = [] } = action;
  return wanted.includes(type) || (decision !== 'allow' && kinds.some((kind) => wanted.includes(kind)));
}

function isCommand(pattern: string, { decision }: Rule, { action }: Asked): boolean {
  if (!action) return false;
  const allows = decision === 'allow';
  const matches = compileRegex(pattern);
  const isMatch = (text: string): boolean => (text.length > mostText ? !allows : matches(text));
  return allows ? action.texts.every(isMatch) : action.texts.some(isMatch);
}

function caughtNodes(rule: Rule, { nodes }: Asked, context: RuleContext): readonly Caught[] {
  const found =
    rule.targets === undefined && rule.tags === undefined ? undefined : meantNodes(rule, context.index);
  const byHost = nodes.filter((node) => isHost(rule, node, context));
  if (!found) return byHost.map(({ name }) => ({ name }));
  return sameNodes(byHost, found, rule.decision === 'allow' ? undefined : context.addresses);
}

/** Nodes that are among those meant: by name and, with addresses, by where they are. */
export function sameNodes(
  nodes: readonly AskedNode[],
  meant: readonly AskedNode[],
  addresses: Addresses | undefined,
): readonly Caught[] {
  const names = new Set(meant.map(({ name }) => name));
  // Comparing addresses costs more than comparing names, and mostly the names are enough.
  const isWhole = nodes.every(({ name }) => names.has(name));
  const machine = addresses && !isWhole ? sameMachine(meant, addresses) : undefined;
  return nodes.flatMap((node): Caught[] => {
    if (names.has(node.name)) return [{ name: node.name }];
    const as = machine?.(node);
    return as === undefined ? [] : [{ name: node.name, as }];
  });
}

/** The nodes that selection and tags of a rule stand for. What can not be resolved stands for all of them. */
export function meantNodes({ targets, tags, decision }: Rule, index: InventoryIndex): readonly AskedNode[] {
  const all = [...index.nodes.keys()];
  const selected = targets === undefined ? all : selectedNodes(targets, index);
  const names = selected ?? (decision === 'allow' ? [] : all);
  const nodes = askedNodes(names, index);
  return tags ? nodes.filter((node) => tags.some((tag) => node.tags.includes(tag))) : nodes;
}

function selectedNodes(targets: string, index: InventoryIndex): readonly string[] | undefined {
  const { selection } = parseSelection(targets);
  if (!selection) return undefined;
  const { nodes, problems } = resolveSelection(selection, index, { unknown: 'none' });
  return hasErrors(problems) ? undefined : nodes;
}

function isHost({ hosts, decision }: Rule, { host }: AskedNode, { addresses }: RuleContext): boolean {
  if (!hosts) return true;
  if (host === undefined) return false;
  const found = decision === 'allow' ? [] : (addresses.get(canonicalHost(host)) ?? []);
  return [host, ...found].some((each) => hosts.some((pattern) => matchesHost(pattern, each)));
}
