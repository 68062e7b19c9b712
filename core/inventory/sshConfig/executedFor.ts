import { blocksFor } from './blocks.ts';
import { executedBy, executedBySetting, execText, openIncludes, type Setting } from './executes.ts';
import { readJump } from './jump.ts';
import { isUnsure } from './match.ts';
import { matchesList } from './patterns.ts';
import { connectName, type Won } from './resolve.ts';
import type { Condition, Statement } from './statements.ts';

/** A host as ssh is asked for it. */
export type AskedHost = {
  /** The name on ssh's command line. */
  readonly name: string;
  readonly localUser: string;
  /** What is given ahead of the configuration, and so wins over it. */
  readonly user?: string | undefined;
  readonly hostName?: string | undefined;
  /** Whether the way to it is given ahead too, so that no ProxyCommand or ProxyJump of the configuration counts. */
  readonly isLed: boolean;
};

type Verdict = 'yes' | 'no' | 'maybe';

type Walk = {
  readonly asked: AskedHost;
  /** The lines that have won for sure. */
  readonly first: Map<string, Won>;
  readonly found: Set<string>;
  readonly jumps: Set<string>;
  /** Whether a block that may apply could have set what later conditions ask for. */
  isOpen: boolean;
};

/**
 * What of a configuration ssh could execute on this machine on its way to one host: blocks that are for other hosts do
 * not count, those of which only ssh can tell do. Nothing is executed or looked up.
 */
export function executedFor(
  statements: readonly Statement[],
  asked: AskedHost,
  seen: ReadonlySet<string> = new Set(),
): readonly string[] {
  // Then ssh looks again with a name that only the DNS knows.
  if (has(statements, canonicalizes)) return executedBy(statements);
  const { name, user, hostName, isLed } = asked;
  const ahead = { user, hostname: hostName, proxycommand: isLed ? 'given' : undefined };
  const walk: Walk = {
    asked,
    first: new Map(
      Object.entries(ahead).flatMap(([key, value]) => (value === undefined ? [] : [[key, won(value)]])),
    ),
    found: new Set(),
    jumps: new Set(),
    isOpen: has(statements, looksTwice),
  };
  goThrough(statements, 'yes', walk);
  const known = new Set([...seen, name]);
  for (const jump of walk.jumps) {
    if (known.has(jump)) continue;
    const hop = { name: jump, localUser: asked.localUser, isLed: false };
    for (const each of executedFor(statements, hop, known)) walk.found.add(each);
  }
  return [...walk.found];
}

function won(value: string): Won {
  return { values: [value], file: '', range: { start: 0, end: 0, line: 1, column: 1 } };
}

function has(statements: readonly Statement[], test: (statement: Statement) => boolean): boolean {
  return statements.some(
    (each) => test(each) || (each.type === 'include' && each.files.some((file) => has(file, test))),
  );
}

function canonicalizes(statement: Statement): boolean {
  return (
    statement.type === 'set' &&
    statement.keyword === 'canonicalizehostname' &&
    !/^(?:no|false|none)$/i.test(statement.values[0] ?? '')
  );
}

/** The second time all values of the first are set. */
function looksTwice(statement: Statement): boolean {
  return statement.type === 'match' && statement.conditions.some(({ name }) => name === 'final');
}

function goThrough(statements: readonly Statement[], outer: Verdict, walk: Walk): void {
  for (const { head, lines } of blocksFor(statements, walk.asked.name)) {
    const own = !head
      ? 'yes'
      : head.type === 'match'
        ? matched(head.conditions, walk)
        : named(head.patterns, walk);
    const verdict = both(outer, own);
    if (verdict === 'no') continue;
    for (const line of lines) {
      if (line.type === 'set') take(line, verdict, walk);
      if (line.type !== 'include') continue;
      for (const each of openIncludes(line)) walk.found.add(each);
      for (const file of line.files) goThrough(file, verdict, walk);
    }
    if (verdict === 'maybe') walk.isOpen = true;
  }
}

function named(patterns: readonly string[], { asked }: Walk): Verdict {
  return matchesList(asked.name, patterns) ? 'yes' : 'no';
}

/** ssh goes from left to right, and executes nothing once a condition does not hold. */
function matched(conditions: readonly Condition[], walk: Walk): Verdict {
  let verdict: Verdict = 'yes';
  for (const condition of conditions) {
    if (condition.name === 'exec' && verdict !== 'no') walk.found.add(execText(condition.patterns));
    verdict = both(verdict, condition.isNegated ? opposite(holds(condition, walk)) : holds(condition, walk));
  }
  return verdict;
}

function holds({ name, patterns }: Condition, { asked, first, isOpen }: Walk): Verdict {
  const matches = (text: string): Verdict => (matchesList(text, patterns) ? 'yes' : 'no');
  if (name === 'all') return 'yes';
  if (name === 'originalhost') return matches(asked.name);
  if (name === 'localuser') return matches(asked.localUser);
  if (isOpen || isUnsure(name) || name === 'canonical' || name === 'final') return 'maybe';
  if (name === 'user') return matches(first.get('user')?.values[0] ?? asked.localUser);
  if (name === 'tagged') return matches(first.get('tag')?.values[0] ?? '');
  return matches(connectName({ first }, asked.name));
}

function take(setting: Setting, verdict: Verdict, { first, found, jumps }: Walk): void {
  const { keyword, values } = setting;
  const jump = first.get('proxyjump')?.values[0] ?? 'none';
  // Whichever of the two comes first decides about the other; only ProxyJump none leaves a command its place.
  if (first.has(keyword) || (keyword === 'proxyjump' && first.has('proxycommand'))) return;
  if (keyword === 'proxycommand' && jump.toLowerCase() !== 'none') return;
  if (verdict === 'yes') first.set(keyword, setting);
  for (const each of executedBySetting(setting)) found.add(each);
  if (keyword !== 'proxyjump') return;
  for (const hop of readJump(values[0] ?? '') ?? []) jumps.add(hopName(hop));
}

/** The name in `[user@]host[:port]`. */
function hopName(hop: string): string {
  const place = hop.slice(hop.lastIndexOf('@') + 1);
  return /^\[([^\]]+)\]/.exec(place)?.[1] ?? place.replace(/:\d+$/, '');
}

function both(one: Verdict, other: Verdict): Verdict {
  if (one === 'no' || other === 'no') return 'no';
  return one === 'maybe' || other === 'maybe' ? 'maybe' : 'yes';
}

function opposite(verdict: Verdict): Verdict {
  if (verdict === 'maybe') return verdict;
  return verdict === 'yes' ? 'no' : 'yes';
}
