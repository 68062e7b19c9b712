import type { SshConfig } from './readConfig.ts';
import { type Block, blocksFor } from './blocks.ts';
import { isUnsure } from './match.ts';
import { matchesList } from './patterns.ts';
import type { Condition, LinePlace, Statement, UnsureCondition } from './statements.ts';

/** The line that won for a keyword. */
export type Won = LinePlace & { readonly values: readonly string[] };

/** What a configuration says about one host. The first value of a keyword wins; some keep all. */
export type Resolved = {
  readonly first: ReadonlyMap<string, Won>;
  /** All lines of keywords that add up: IdentityFile, CertificateFile. */
  readonly all: ReadonlyMap<string, readonly Won[]>;
  /** What leaves the result open: `Match exec`, which is never run here, or names that need the DNS. */
  readonly unsure?: LinePlace & { readonly what: `Match ${UnsureCondition}` | 'CanonicalizeHostname' };
  /** Why ssh itself would not connect. */
  readonly refused?: LinePlace & { readonly message: string };
};

/** Who connects; `user` is one that was asked for with the host, which wins over every line. */
export type Person = { readonly localUser: string; readonly user?: string };

const accumulating: readonly string[] = ['identityfile', 'certificatefile'];

type State = {
  readonly host: string;
  readonly person: Person;
  readonly isFinal: boolean;
  readonly first: Map<string, Won>;
  readonly all: Map<string, Won[]>;
  wantsFinal: boolean;
  unsure: Resolved['unsure'];
};

/**
 * What `ssh HOST` would use of a configuration (ssh_config(5)). Nothing is executed and nothing looked up: where that
 * would decide, the result is unsure.
 */
export function resolveHost({ statements }: SshConfig, host: string, person: Person): Resolved {
  const state: State = {
    host,
    person,
    isFinal: false,
    first: new Map(),
    all: new Map(),
    wantsFinal: false,
    unsure: undefined,
  };
  if (person.user !== undefined) state.first.set('user', { values: [person.user], ...nowhere });
  evaluate(statements, state);
  if (state.wantsFinal) evaluate(statements, { ...state, isFinal: true, first: state.first, all: state.all });
  const unsure = state.unsure ?? undecided(state.first);
  const refused = refusedBy(state.first);
  return { first: state.first, all: state.all, ...(unsure && { unsure }), ...(refused && { refused }) };
}

const nowhere: LinePlace = { file: '', range: { start: 0, end: 0, line: 1, column: 1 } };

/** What stands in the way of any connection, whatever else the lines say. */
function refusedBy(first: State['first']): Resolved['refused'] {
  const refused = first.get('refuseconnection');
  if (refused) return { ...refused, message: `RefuseConnection: ${refused.values.join(' ')}` };
  const name = first.get('hostname');
  const odd = name && /%(?![%h]).?/.exec(withoutTokens(name.values[0] ?? ''))?.[0];
  if (odd !== undefined)
    return { ...(name ?? nowhere), message: `HostName takes %h and %%: ssh refuses "${odd}".` };
  return undefined;
}

function undecided(first: State['first']): Resolved['unsure'] {
  const canonical = first.get('canonicalizehostname');
  if (!canonical || !/^(?:yes|true|always)$/i.test(canonical.values[0] ?? '')) return undefined;
  return { file: canonical.file, range: canonical.range, what: 'CanonicalizeHostname' };
}

function withoutTokens(hostName: string): string {
  return hostName.replaceAll(/%[%h]/g, '');
}

/** Goes through the blocks of one file that may apply. */
function evaluate(statements: readonly Statement[], state: State): void {
  for (const block of blocksFor(statements, state.host)) {
    if (!applies(block, state)) continue;
    for (const statement of block.lines) {
      if (statement.type === 'set') set(statement, state);
      else if (statement.type === 'include') for (const file of statement.files) evaluate(file, state);
    }
  }
}

function applies({ head }: Block, state: State): boolean {
  if (!head) return true;
  return head.type === 'host' ? matchesList(state.host, head.patterns) : matches(head, state);
}

function set({ keyword, values, file, range }: Statement & { type: 'set' }, state: State): void {
  const won: Won = { values, file, range };
  if (accumulating.includes(keyword)) {
    const list = state.all.get(keyword) ?? [];
    if (!list.some((each) => each.values[0] === values[0])) list.push(won);
    state.all.set(keyword, list);
    return;
  }
  // Whichever of the two comes first also decides about the other; only ProxyJump none leaves a command its place.
  if (keyword === 'proxyjump' && state.first.has('proxycommand')) return;
  const jump = state.first.get('proxyjump')?.values[0];
  if (keyword === 'proxycommand' && jump !== undefined && jump.toLowerCase() !== 'none') return;
  if (!state.first.has(keyword)) state.first.set(keyword, won);
}

function matches(statement: Statement & { type: 'match' }, state: State): boolean {
  let result = true;
  for (const condition of statement.conditions) {
    if (isUnsure(condition.name)) {
      // ssh asks only where everything before it holds.
      if (result)
        state.unsure ??= {
          file: statement.file,
          range: statement.range,
          what: `Match ${condition.name}`,
        };
      result = false;
      continue;
    }
    if (holds(condition, state) === condition.isNegated) result = false;
  }
  return result;
}

function holds({ name, patterns }: Condition, state: State): boolean {
  switch (name) {
    case 'all':
      return true;
    case 'canonical':
      return state.isFinal;
    case 'final':
      state.wantsFinal = true;
      return state.isFinal;
    case 'host':
      return matchesList(hostNameOf(state), patterns);
    case 'originalhost':
      return matchesList(state.host, patterns);
    case 'user':
      return matchesList(state.first.get('user')?.values[0] ?? state.person.localUser, patterns);
    case 'localuser':
      return matchesList(state.person.localUser, patterns);
    case 'tagged':
      return matchesList(state.first.get('tag')?.values[0] ?? '', patterns);
    case 'exec':
    case 'localnetwork':
    case 'version':
    case 'sessiontype':
    case 'command':
      return false;
  }
}

/** The HostName with %h filled in, or the name that was asked for. */
function hostNameOf({ host, first }: Pick<State, 'host' | 'first'>): string {
  const written = first.get('hostname')?.values[0];
  return written === undefined
    ? host
    : written.replace(/%([%h])/g, (_, token) => (token === 'h' ? host : '%'));
}

/** The name to connect to, in lower case as ssh has it. */
export function connectName(resolved: Pick<Resolved, 'first'>, host: string): string {
  return hostNameOf({ host, first: new Map(resolved.first) }).toLowerCase();
}
