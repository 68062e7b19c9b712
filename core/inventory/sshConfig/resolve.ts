import type { SshConfig } from './readConfig.ts';
import { matchesList } from './patterns.ts';
import type { Condition, LinePlace, Statement } from './statements.ts';

/** The line that won for a keyword. */
export type Won = LinePlace & { readonly values: readonly string[] };

/** What a configuration says about one host. The first value of a keyword wins; some keep all. */
export type Resolved = {
  readonly first: ReadonlyMap<string, Won>;
  /** All lines of keywords that add up: IdentityFile, CertificateFile. */
  readonly all: ReadonlyMap<string, readonly Won[]>;
  /** What leaves the result open: `Match exec`, which is never run here, or names that need the DNS. */
  readonly unsure?: LinePlace & { readonly what: 'Match exec' | 'CanonicalizeHostname' };
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
  const canonical = state.first.get('canonicalizehostname');
  const isCanonical = canonical && /^(?:yes|true|always)$/i.test(canonical.values[0] ?? '');
  const unsure =
    state.unsure ??
    (isCanonical
      ? { file: canonical.file, range: canonical.range, what: 'CanonicalizeHostname' as const }
      : undefined);
  return { first: state.first, all: state.all, ...(unsure && { unsure }) };
}

const nowhere: LinePlace = { file: '', range: { start: 0, end: 0, line: 1, column: 1 } };

/** Goes through the lines of one file; a block that does not apply is passed over. */
function evaluate(statements: readonly Statement[], state: State): void {
  let isActive = true;
  for (const statement of statements) {
    switch (statement.type) {
      case 'host':
        isActive = matchesList(state.host, statement.patterns);
        break;
      case 'match':
        isActive = matches(statement, state);
        break;
      case 'include':
        if (isActive) for (const file of statement.files) evaluate(file, state);
        break;
      case 'set':
        if (isActive) set(statement, state);
    }
  }
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
    if (condition.name === 'exec') {
      // ssh runs it only where everything before it holds.
      if (result)
        state.unsure ??= {
          file: statement.file,
          range: statement.range,
          what: 'Match exec',
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
    case 'exec':
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
