import { parseAddress, type Address } from '../inventory/address.ts';
import type { InventoryIndex, InventoryNode } from '../inventory/model.ts';
import type { Connection } from '../inventory/settings.ts';
import type { SshHop } from '../plugin/options.ts';
import { parseSelection } from '../selection/parse.ts';
import { resolveSelection } from '../selection/resolve.ts';
import type { ErrorCode, Result } from '../util/errors.ts';
import { canonicalJson } from '../util/json.ts';
import { formatProblem, hasErrors, type Problem } from '../util/problem.ts';
import { Action } from './action.ts';
import {
  defaultConcurrency,
  defaultLimits,
  defaultMaxTargets,
  type Plan,
  type PlanRequest,
  type Target,
} from './plan.ts';
import type { Strategy } from './strategy.ts';

export type PlanContext = {
  index: InventoryIndex;
  /** A digest of a text, such as SHA-256 in hex. */
  hash: (text: string) => string;
};

/** Resolves a request to the exact plan that would run. Pure: the same request and inventory give the same plan. */
export function planBatch(request: PlanRequest, context: PlanContext): Result<Plan> {
  const { index } = context;
  const action = Action.safeParse(request.action);
  if (!action.success) return { ok: false, error: { code: 'USAGE', message: firstIssue(action.error) } };
  if (hasErrors(index.inventory.problems)) {
    return refuse(
      'INPUT_INVALID',
      index.inventory.problems,
      'The inventory has problems: nothing in it can run.',
    );
  }
  const parsed = parseSelection(request.selection);
  if (!parsed.selection || hasErrors(parsed.problems)) return refuse('SELECTION_SYNTAX', parsed.problems);
  const order = request.strategy?.mode === 'sequential' ? 'selection' : 'inventory';
  const resolved = resolveSelection(parsed.selection, index, { order });
  if (hasErrors(resolved.problems)) return refuse('SELECTION_UNKNOWN', resolved.problems);
  const count = resolved.nodes.length;
  if (count === 0) return noTargets(request.selection, index);
  const limit = request.maxTargets ?? defaultMaxTargets;
  if (count > limit) return tooMany(count, limit);

  const targets = resolved.nodes.flatMap((name) => {
    const node = index.nodes.get(name);
    return node ? [targetOf(node, request, index)] : [];
  });
  const unhashed: Omit<Plan, 'hash'> = {
    version: 1,
    request,
    action: action.data,
    targets,
    executions: targets.map(({ node }, at) => ({ id: `e${at + 1}`, node })),
    strategy: strategyOf(request, count),
    limits: {
      timeoutMs: request.limits?.timeoutMs ?? defaultLimits.timeoutMs,
      connectTimeoutMs: request.limits?.connectTimeoutMs ?? defaultLimits.connectTimeoutMs,
    },
  };
  return { ok: true, value: { ...unhashed, hash: context.hash(canonicalJson(unhashed)) } };
}

function strategyOf(request: PlanRequest, count: number): Strategy {
  const { mode, concurrency, failFast } = request.strategy ?? {};
  return {
    mode: mode ?? 'parallel',
    concurrency: Math.min(count, concurrency ?? defaultConcurrency),
    failFast: failFast ?? false,
  };
}

/** Copies what running on the node needs; jump nodes are looked up here, so that nothing is later. */
function targetOf(node: InventoryNode, request: PlanRequest, index: InventoryIndex): Target {
  const { connection } = node;
  return {
    node: node.name,
    transport: connection.transport,
    options:
      connection.transport === 'local'
        ? localOptionsOf(connection)
        : sshOptionsOf(connection, request, index),
    connectTimeoutMs:
      request.limits?.connectTimeoutMs ?? connection.connectTimeoutMs ?? defaultLimits.connectTimeoutMs,
    tags: node.tags,
    vars: node.vars,
  };
}

function localOptionsOf(connection: Connection): Target['options'] {
  return { cwd: connection.cwd ?? '.' };
}

function sshOptionsOf(
  connection: Connection,
  request: PlanRequest,
  index: InventoryIndex,
): Target['options'] {
  const knownHosts = request.knownHosts === undefined ? connection.knownHosts : [request.knownHosts];
  const proxyCommand = proxyCommandOf(connection, index);
  const known = knownHosts !== undefined && { knownHosts };
  const isAsked = request.knownHosts !== undefined;
  const login: SshHop = { ...loginOf(connection), ...known };
  return {
    ...login,
    ...(proxyCommand !== undefined && { proxyCommand }),
    via: hopsOf(connection, index).map((hop) => ({ ...hop, ...(isAsked && known) })),
  };
}

function loginOf(connection: Connection): SshHop {
  const { host, port, user, identityFiles, identitiesOnly, knownHosts, hostKeyAlias, auth } = connection;
  return {
    host,
    port,
    auth,
    identityFiles,
    ...(user !== undefined && { user }),
    ...(identitiesOnly !== undefined && { identitiesOnly }),
    ...(knownHosts !== undefined && { knownHosts }),
    ...(hostKeyAlias !== undefined && { hostKeyAlias }),
  };
}

/** The way to a node, the first hop to connect to first. A jump node may itself have jumps. */
function hopsOf(
  connection: Connection,
  index: InventoryIndex,
  seen: ReadonlySet<string> = new Set(),
): SshHop[] {
  return connection.jump.flatMap((jump) => {
    if (seen.has(jump)) return [];
    const node = index.nodes.get(jump);
    if (!node) return [hostHop(jump, connection)];
    return [
      ...hopsOf(node.connection, index, new Set([...seen, jump])),
      { ...loginOf(node.connection), name: jump },
    ];
  });
}

/** The command that carries the connection to the first hop: that hop's own, else the node's. */
function proxyCommandOf(
  { jump, proxyCommand }: Connection,
  index: InventoryIndex,
  seen: ReadonlySet<string> = new Set(),
): string | undefined {
  const [first] = jump;
  const hop = first === undefined || seen.has(first) ? undefined : index.nodes.get(first);
  if (first === undefined || !hop) return proxyCommand;
  return proxyCommandOf(hop.connection, index, new Set([...seen, first])) ?? proxyCommand;
}

/**
 * `[user@]host[:port]` that no inventory knows: reached with the node's own keys and verified against its known_hosts.
 * One that can not be read stays as it is, and the transport refuses it.
 */
function hostHop(text: string, { auth, identityFiles, identitiesOnly, knownHosts }: Connection): SshHop {
  const address = parseAddress(text);
  const { host, port = 22, user }: Address = 'host' in address ? address : { host: text };
  return {
    host,
    port,
    auth,
    identityFiles,
    ...(user !== undefined && { user }),
    ...(identitiesOnly !== undefined && { identitiesOnly }),
    ...(knownHosts !== undefined && { knownHosts }),
  };
}

function refuse(code: ErrorCode, problems: readonly Problem[], lead?: string): Result<never> {
  const errors = problems.filter((problem) => problem.severity === 'error');
  const message = [...(lead ? [lead] : []), ...errors.map(formatProblem)].join('\n');
  return { ok: false, error: { code, message, details: errors } };
}

function firstIssue(error: { issues: readonly { message: string }[] }): string {
  return error.issues[0]?.message ?? 'The action is not valid.';
}

function noTargets(selection: string, index: InventoryIndex): Result<never> {
  const local = index.inventory.nodes.some((node) => node.connection.transport === 'local');
  const hint = local ? ' `all` leaves out local nodes: name them, or write `*`.' : '';
  const message = selection.trim()
    ? `No node is selected by ${selection}.${hint}`
    : 'No node selected. Tick nodes, or write a selection such as `all` or `web[01-20]`.';
  return { ok: false, error: { code: 'SELECTION_EMPTY', message } };
}

function tooMany(count: number, limit: number): Result<never> {
  const message = `${count.toLocaleString('en')} nodes, the limit is ${limit.toLocaleString('en')}. Select fewer, or raise the limit.`;
  return { ok: false, error: { code: 'TOO_MANY_TARGETS', message, details: { count, limit } } };
}
