import type { ApprovalRequest } from '../inventory/source.ts';
import { warnAbove } from '../run/plan.ts';
import { foldForDisplay } from '../selection/nodeset.ts';
import { type Asked, askedNodes } from './asked.ts';
import { lowest, protectedTags } from './limits.ts';
import { type Actor, type Caught, matchRule, type RuleContext, sameNodes } from './matchRule.ts';
import type { Policies, Policy } from './policy.ts';
import { frozenReason, manyNodes, protectedReason, ruleReason } from './reasons.ts';
import { type Decision, decisionOf, formatPlace, type Reason, strictest } from './verdict.ts';

/** Who asks, as far as rules care. */
export type Subject = Actor & {
  readonly trusted: boolean;
  /** Targets that would act on this machine in a way that nobody has allowed yet, and what it is. */
  readonly held: readonly { readonly node: string; readonly request: ApprovalRequest }[];
};

/** Everything that a decision is made from. */
export type Rules = Omit<RuleContext, 'actor'> & {
  readonly policies: Policies;
  /** Milliseconds since the epoch. */
  readonly now: number;
};

/**
 * The one place where something is allowed or not; every start passes it, from wherever it comes. Every file decides on
 * its own, and so do trust, the freeze, protected tags and the limits; the strictest stands.
 */
export function authorize(asked: Asked, subject: Subject, rules: Rules): Decision {
  const count = asked.nodes.length;
  const trust = trustReasons(subject);
  if (trust.length > 0) return decisionOf(trust, count);
  const context = { ...rules, actor: subject };
  const reasons = [
    ...rules.policies.broken,
    ...freezeReasons(rules),
    ...rules.policies.policies.flatMap((policy) => policyReasons(policy, asked, context)),
    ...protectedReasons(asked, rules),
    ...countReasons(count, rules.policies),
  ];
  const isRun = asked.capability === 'run';
  return decisionOf(isRun ? reasons : reasons.filter(({ verdict }) => verdict === 'deny'), count);
}

/** What a person should know about the number of nodes where no file has a limit of its own. */
export function usualWarnings(count: number, policies: Policies): readonly string[] {
  return lowest(policies, 'confirmAbove') || count <= warnAbove ? [] : [manyNodes(count, warnAbove)];
}

function trustReasons({ trusted, held }: Subject): readonly Reason[] {
  if (!trusted) {
    const message = 'Restricted Mode: nothing connects and nothing runs until you trust this folder.';
    return [{ verdict: 'deny', message }];
  }
  return held.length > 0 ? [{ verdict: 'deny', message: heldReason(held) }] : [];
}

/** What denies everything now: a person's freeze and those of files. */
export function freezeReasons({
  policies: { freeze, policies },
  now,
}: Pick<Rules, 'policies' | 'now'>): readonly Reason[] {
  const isOn = ({ until }: { until?: number | undefined }): boolean => until === undefined || until > now;
  const inFiles = policies.flatMap((policy) => {
    const own = policy.settings.freeze;
    return own && isOn(own) ? [frozenReason(own, policy.placeOf('freeze'))] : [];
  });
  return [...(freeze && isOn(freeze) ? [frozenReason(freeze)] : []), ...inFiles];
}

/** What the rules of one file say; its default stands for nodes for which none of them speaks. */
function policyReasons(policy: Policy, asked: Asked, context: RuleContext): readonly Reason[] {
  const spoken = new Set<string>();
  const reasons = policy.rules.flatMap((rule): readonly Reason[] => {
    const caught = matchRule(rule, asked, context);
    if (!caught) return [];
    for (const { name } of caught) spoken.add(name);
    return rule.decision === 'allow' ? [] : [ruleReason(rule, rule.decision, caught)];
  });
  const verdict = policy.settings.default ?? 'allow';
  const silent = asked.nodes.map(({ name }) => name).filter((name) => !spoken.has(name));
  if (verdict === 'allow' || asked.capability !== 'run' || silent.length === 0) return reasons;
  const place = policy.placeOf('default');
  const message = `No rule speaks for ${foldForDisplay(silent)}, and the default is ${verdict} (${formatPlace(place)}).`;
  return [...reasons, { verdict, message, place }];
}

function protectedReasons(asked: Asked, rules: Rules): readonly Reason[] {
  return protectedAmong(asked, rules).map(({ tag, caught, place }) => protectedReason(tag, caught, place));
}

/** Names of the nodes that are protected, by themselves or because they are a machine that is. */
export function protectedNodes(asked: Asked, rules: Rules): readonly string[] {
  return [...new Set(protectedAmong(asked, rules).flatMap(({ caught }) => caught.map(({ name }) => name)))];
}

function protectedAmong(asked: Asked, { policies, index, addresses }: Rules) {
  return protectedTags(policies).flatMap(({ value: tag, place }) => {
    const meant = askedNodes(index.tags.get(tag) ?? [], index);
    const tagged = asked.nodes.filter(({ tags }) => tags.includes(tag));
    const caught: readonly Caught[] = sameNodes(asked.nodes, [...meant, ...tagged], addresses);
    return caught.length > 0 ? [{ tag, caught, place }] : [];
  });
}

function countReasons(count: number, policies: Policies): readonly Reason[] {
  const limits = {
    'typed-confirm': lowest(policies, 'typedAbove'),
    confirm: lowest(policies, 'confirmAbove'),
  };
  const verdicts = (['typed-confirm', 'confirm'] as const).filter((verdict) => {
    const limit = limits[verdict];
    return limit !== undefined && count > limit.value;
  });
  const verdict = strictest(verdicts);
  if (verdict === 'allow' || verdict === 'deny') return [];
  const limit = limits[verdict];
  const where = limit?.place ? ` (${formatPlace(limit.place)})` : '';
  const asks = verdict === 'confirm' ? 'a yes is asked for' : 'their number has to be typed';
  const message = `${manyNodes(count, limit?.value ?? 0).replace(/\.$/, '')}: ${asks}${where}.`;
  return [{ verdict, message, ...(limit?.place && { place: limit.place }) }];
}

/** What waits for a person's yes, by what it is: `build runs on this machine (.muster/inventory.yaml)`. */
function heldReason(held: Subject['held']): string {
  const byRequest = new Map<string, { request: ApprovalRequest; nodes: string[] }>();
  for (const { node, request } of held) {
    const name = JSON.stringify([request.id, request.what]);
    const known = byRequest.get(name) ?? { request, nodes: [] };
    known.nodes.push(node);
    byRequest.set(name, known);
  }
  const parts = [...byRequest.values()].map(({ request, nodes }) => {
    const names = foldForDisplay(nodes);
    if (request.kind === 'local-nodes') return `${names} would run on this machine (${request.path})`;
    if (request.kind === 'ssh-config') {
      return `${names} would be reached by an ssh that runs ${JSON.stringify(request.what)} on this machine (${request.path})`;
    }
    return `${names} would be reached by a command on this machine, ${JSON.stringify(request.what)} (${request.path})`;
  });
  return `${parts.join('; ')}. Nobody has allowed that yet: run "muster trust".`;
}
