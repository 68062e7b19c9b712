import type { Asked, AskedNode } from './asked.ts';
import type { Rules } from './authorize.ts';
import { addressBits, canonicalHost } from './hostAddress.ts';
import { protectedTags } from './limits.ts';
import { meantNodes } from './matchRule.ts';
import { askedNodes } from './asked.ts';

/**
 * Names whose addresses a decision may turn on: of what is asked for and of the nodes that rules are about. None where no
 * rule is about particular nodes.
 */
export function hostsToResolve(asked: Asked, rules: Rules): readonly string[] {
  const { policies, index } = rules;
  const strict = policies.policies.flatMap((policy) =>
    policy.rules.filter(({ decision }) => decision !== 'allow'),
  );
  const meant: readonly AskedNode[] = [
    ...protectedTags(policies).flatMap(({ value }) => askedNodes(index.tags.get(value) ?? [], index)),
    ...strict.filter(({ targets, tags }) => targets ?? tags).flatMap((rule) => meantNodes(rule, index)),
  ];
  if (meant.length === 0 && !strict.some(({ hosts }) => hosts)) return [];
  const hosts = [...asked.nodes, ...meant].flatMap(({ host }) =>
    host === undefined ? [] : canonicalHost(host),
  );
  return [...new Set(hosts)].filter((host) => !addressBits(host));
}
