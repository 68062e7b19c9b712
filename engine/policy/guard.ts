import { join } from 'node:path';
import type { InventoryIndex } from '../../core/inventory/model.ts';
import type { SourceRef } from '../../core/inventory/source.ts';
import { type Approval, unmet } from '../../core/policy/approval.ts';
import type { Asked } from '../../core/policy/asked.ts';
import {
  authorize,
  protectedNodes,
  type Rules,
  type Subject,
  usualWarnings,
} from '../../core/policy/authorize.ts';
import { hostsToResolve } from '../../core/policy/hostsToResolve.ts';
import type { Decision } from '../../core/policy/verdict.ts';
import type { ClientContext } from '../../core/protocol/context.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { messageOf, type Refusal, type Result } from '../../core/util/errors.ts';
import { createDenials, type Denial, type Denials } from './denials.ts';
import type { ResolveHosts } from './resolveHosts.ts';
import { type PolicyPlaces, readPolicies } from './readPolicies.ts';

/** Something that is asked for, by whom, among which nodes. */
export type GuardRequest = {
  readonly asked: Asked;
  readonly context: ClientContext;
  readonly held: Subject['held'];
  readonly sources: readonly SourceRef[];
  readonly index: InventoryIndex;
};

type Decided = {
  readonly decision: Decision;
  readonly warnings: readonly string[];
  /** Names of the nodes that are protected. */
  readonly isProtected: readonly string[];
};

/** The one gate: everything that acts asks here first. Rules are read anew each time. */
export type Guard = {
  /** What the rules say now. Nothing is remembered. */
  decide(request: GuardRequest): Promise<Decided>;
  /** Refuses what the rules do not let start with this approval, and writes it down. */
  permit(request: GuardRequest, approval: Approval): Promise<Result<null>>;
};

export type GuardDeps = PolicyPlaces & {
  readonly resolveHosts: ResolveHosts;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
};

/** Characters of a command or a list of nodes in the log. */
const mostLogged = 2000;

/** The log of denied attempts of a data folder. */
export function denialsIn(dataDir: string): Denials {
  return createDenials(join(dataDir, 'denied.jsonl'));
}

export function createGuard(deps: GuardDeps): Guard {
  const denials = denialsIn(deps.dataDir);
  const decide: Guard['decide'] = (request) => decideWith(deps, request);
  return {
    decide,
    async permit(request, approval) {
      const { decision } = await decide(request);
      const message = unmet(decision, approval);
      if (message === undefined) return { ok: true, value: null };
      const note = await denials.add(denialOf(request, decision, deps.now())).then(
        () => '',
        (error: unknown) => `\nThe log of denied attempts can not be written: ${messageOf(error)}.`,
      );
      const isHeld = request.held.length > 0;
      const code = request.context.trusted && !isHeld ? 'DENIED' : 'UNTRUSTED';
      const error: Refusal = { code, message: message + note, details: decision };
      return { ok: false, error: isHeld ? { ...error, command: ['trust'] } : error };
    },
  };
}

async function decideWith(
  { resolveHosts, now, ...places }: GuardDeps,
  { asked, context, held, sources, index }: GuardRequest,
): Promise<Decided> {
  const { policies } = await readPolicies(places, context, sources);
  const rules: Rules = { policies, index, now: now(), addresses: new Map() };
  const subject: Subject = { user: context.user, as: context.as, trusted: context.trusted, held };
  const warnings = usualWarnings(asked.nodes.length, policies);
  const decision = authorize(asked, subject, rules);
  // What is denied by names alone needs no addresses.
  const hosts = decision.verdict === 'deny' ? [] : hostsToResolve(asked, rules);
  if (hosts.length === 0) return { decision, warnings, isProtected: protectedNodes(asked, rules) };
  const found: Rules = { ...rules, addresses: await resolveHosts(hosts) };
  return { decision: authorize(asked, subject, found), warnings, isProtected: protectedNodes(asked, found) };
}

function denialOf({ asked, context }: GuardRequest, decision: Decision, at: number): Denial {
  const names = asked.nodes.map(({ name }) => name);
  return {
    at,
    user: context.user,
    ...(context.as && { as: context.as }),
    capability: asked.capability,
    what: (asked.action?.texts ?? []).join('\n').slice(0, mostLogged),
    nodes: foldForDisplay(names).slice(0, mostLogged),
    count: names.length,
    verdict: decision.verdict,
    reasons: decision.reasons.map(({ message }) => message),
  };
}
