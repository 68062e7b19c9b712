import { isFollowed } from './actionText.ts';
import type { Config } from '../config/config.ts';
import type { InventoryIndex, InventoryNode } from '../inventory/model.ts';
import type { Pick } from '../selection/pick.ts';
import { resolveTargets } from '../selection/resolveTargets.ts';
import type { ErrorCode, Result } from '../util/errors.ts';
import { canonicalJson } from '../util/json.ts';
import { errorsIn, formatProblem, hasErrors, type Problem } from '../util/problem.ts';
import { refuseProblems } from '../util/refuseProblems.ts';
import { Action } from './action.ts';
import { blockedProblem } from './blocked.ts';
import { classNote } from './classNote.ts';
import { commandsOf } from './itemAction.ts';
import { executionName } from './executionName.ts';
import type { Items } from './items.ts';
import { executionsFor, hereTarget } from './hereTarget.ts';
import { defaultMaxTargets, type Plan, type PlanRequest, type Target } from './plan.ts';
import { planMistakes } from './planMistakes.ts';
import { planDelegates } from './planDelegates.ts';
import { executionsToRerun } from './rerun.ts';
import type { Limits, Strategy } from './strategy.ts';
import { fromOrigin, type OriginBatch } from './fromOrigin.ts';
import { followerLimits, followerMisfit, followerStrategy, maxFollowed } from './follower.ts';
import { resolveStrategy } from './resolveStrategy.ts';
import { targetOf } from './target.ts';
import { withKnowledge } from './knowledge.ts';
import { opensshNotes } from './transportOf.ts';
import { unsafeProblem } from './unsafe.ts';
import { limitsFor, type ReadPlaybook, withPlaybook } from './withPlaybook.ts';

export type PlanContext = {
  index: InventoryIndex;
  /** A digest of a text, such as SHA-256 in hex. */
  hash: (text: string) => string;
  /** A whole number for shuffles and samples that the request gives no seed. */
  seed: number;
  /** Text of a file that `file:` names. */
  files?: (path: string) => string | undefined;
  /** Folder on this machine in which a batch without nodes runs. */
  folder?: string;
  /** What the files of a playbook say, where one was asked for. */
  playbook?: ReadPlaybook;
  /** Defaults and command classes; without it, those that are built in. */
  config?: Config;
  /** The batch that the request names as its origin. */
  origin?: OriginBatch;
};

/** A plan, and what a person should know about it before the start. */
export type Planned = {
  readonly plan: Plan;
  /** What is left out, changed or decided by how things are: no reason to ask, but to say. */
  readonly notes: readonly string[];
};

/** Resolves a request to the exact plan that would run. Pure: the same request and inventory give the same plan. */
export function planBatch(asked: PlanRequest, context: PlanContext): Result<Planned> {
  const { index } = context;
  const action = Action.safeParse(asked.action);
  if (!action.success) return { ok: false, error: { code: 'USAGE', message: firstIssue(action.error) } };
  const seeded = withSeed(asked, context);
  const request = withPlaybook({ ...seeded, action: action.data }, context.playbook);
  const misfit = isFollowed(action.data) ? followerMisfit(request) : undefined;
  if (misfit !== undefined) return refuseText('USAGE', misfit);
  const how = resolveStrategy(request, context.config);
  if (!how.ok) return how;
  const { strategy, limits, classified } = how.value;
  const { items } = request;
  const unfit = items && itemsMisfit(action.data);
  if (unfit !== undefined) return refuseText('USAGE', unfit);
  const limit = mostTargets(request);
  if (items && isNowhere(request)) return planHere({ request, seeded, how: how.value, limit }, context);
  const order = strategy.mode === 'sequential' ? 'selection' : 'inventory';
  const resolved = resolveTargets(request, index, { ...context, order });
  const { problems } = resolved;
  if (hasErrors(problems)) return notResolved(problems, index);
  const meant = meantBy(request, resolved.nodes, context);
  if (!meant.ok) return meant;
  const { nodes } = meant.value;
  if (nodes.length === 0) return noTargets(request.selection, index);
  if (nodes.length > limit) return tooMany(nodes.length, limit);
  const blocked = blockedProblem(nodes, index);
  if (blocked) return refuseProblems('INPUT_INVALID', [blocked, ...sourceErrors(index)]);

  const usual = { usualConnectTimeoutMs: limits.connectTimeoutMs };
  const reached = targetsOf(nodes, request, {
    targetFor: (node) => targetOf(node, { ...request, ...usual }, index),
    index,
  });
  if ('problem' in reached) return refuseProblems('INPUT_INVALID', [reached.problem]);
  const { found, targets, delegates } = reached;
  const made = complete({ request, seeded, targets, delegates, how: how.value, limit }, context);
  if (!made.ok) return made;
  const notes = [
    ...problems.map(formatProblem),
    ...meant.value.notes,
    ...opensshNotes(found, index),
    ...[classNote(classified, request)].flatMap((note) => note ?? []),
    ...made.value.notes,
  ];
  return { ok: true, value: { plan: made.value.plan, notes } };
}

/** Every node with every set of parameters; of a batch that runs again, those that are meant. */
function executedOf(
  targets: readonly Target[],
  { items, origin }: PlanRequest,
  { origin: found }: { origin?: OriginBatch | undefined },
): { executions: Plan['executions']; items?: Items } {
  const all = executionsFor(targets, items);
  if (!items || !origin || !found) return { executions: all, ...(items && { items }) };
  const meant = new Set(executionsToRerun(found, origin.which).map(executionName));
  return { executions: all.filter((each) => meant.has(executionName(each))), items };
}

function mostTargets({ action, maxTargets = defaultMaxTargets }: PlanRequest): number {
  return isFollowed(action) ? Math.min(maxTargets, maxFollowed) : maxTargets;
}

/** Nobody said on which nodes. */
function isNowhere({ selection, groups }: PlanRequest): boolean {
  return selection.trim() === '' && groups === undefined;
}

function itemsMisfit(action: Action): string | undefined {
  if (isFollowed(action)) return 'What runs until it is stopped takes no sets of parameters.';
  if (action.type === 'command' || action.type === 'playbook') return undefined;
  return 'Only commands, tasks and playbooks take sets of parameters.';
}

type Parts = {
  /** With what the playbook says, and as it was asked for. */
  readonly request: PlanRequest;
  readonly seeded: PlanRequest;
  readonly how: { readonly strategy: Strategy; readonly limits: Limits };
  readonly targets: readonly Target[];
  readonly delegates?: readonly Target[];
  /** Most executions. */
  readonly limit: number;
};

/** A plan for this machine: sets of parameters, and no nodes. */
function planHere(parts: Omit<Parts, 'targets'>, context: PlanContext): Result<Planned> {
  const { folder } = context;
  if (folder === undefined) return noTargets('', context.index);
  const targets = [hereTarget(folder, parts.how.limits.connectTimeoutMs)];
  const made = complete({ ...parts, targets }, context);
  if (!made.ok) return made;
  const { plan, notes } = made.value;
  return { ok: true, value: { plan, notes: ['No nodes are given: it runs on this machine.', ...notes] } };
}

function complete(
  { request, seeded, how, targets, delegates = [], limit }: Parts,
  context: PlanContext,
): Result<Planned> {
  const executed = executedOf(targets, request, context);
  const count = executed.executions.length;
  if (count > limit) return tooMany(count, limit);
  const unhashed: Omit<Plan, 'hash'> = {
    version: 1,
    request: seeded,
    action: request.action,
    targets: [...targets],
    ...(delegates.length > 0 && { delegates: [...delegates] }),
    ...executed,
    ...howOf(request.action, { ...how, count }),
  };
  const commands = commandsOf(unhashed);
  if ('message' in commands) return refuseText('INPUT_INVALID', commands.message);
  const mistakes = planMistakes(unhashed, context.playbook?.places);
  if (hasErrors(mistakes)) return refuseProblems('INPUT_INVALID', mistakes);
  const plan: Plan = { ...unhashed, hash: context.hash(canonicalJson(unhashed)) };
  return { ok: true, value: { plan, notes: mistakes.map(formatProblem) } };
}

type Reached = { found: InventoryNode[]; targets: Target[]; delegates: Target[] };

/** The targets, and the nodes that their steps are delegated to. */
function targetsOf(
  nodes: readonly string[],
  { action, items }: PlanRequest,
  { targetFor, index }: { targetFor: (node: InventoryNode) => Target; index: InventoryIndex },
): Reached | { problem: Problem } {
  const found = nodes.flatMap((name) => index.nodes.get(name) ?? []);
  const reached = found.map(targetFor);
  const targets = action.type === 'playbook' ? withKnowledge(reached, index) : reached;
  const problem = unsafeProblem(targets);
  if (problem) return { problem };
  const beside = planDelegates(
    { action, targets, executions: executionsFor(targets, items), items },
    index,
    targetFor,
  );
  return 'problem' in beside ? beside : { found, targets, delegates: [...beside.delegates] };
}

/** The nodes of the selection, as far as an origin allows. */
function meantBy(
  { origin }: PlanRequest,
  nodes: readonly string[],
  { index, origin: found }: PlanContext,
): ReturnType<typeof fromOrigin> {
  if (!origin) return { ok: true, value: { nodes, notes: [] } };
  return fromOrigin({ origin, nodes, isKnown: (node) => index.nodes.has(node) }, found);
}

type How = { strategy: Strategy; limits: Limits; count: number };

function howOf(action: Action, { strategy, limits, count }: How): Omit<How, 'count'> {
  if (isFollowed(action))
    return { strategy: followerStrategy(strategy, count), limits: followerLimits(limits) };
  const concurrency = Math.min(count, strategy.concurrency);
  return { strategy: { ...strategy, concurrency }, limits: limitsFor(action, limits) };
}

/** What was drawn by lot is written down: the same request gives the same nodes when it is resolved again. */
function withSeed(request: PlanRequest, { seed, playbook }: PlanContext): PlanRequest {
  const { pick } = withPlaybook(request, playbook);
  if (!pick || pick.seed !== undefined || !isRandom(pick)) return request;
  return { ...request, pick: { ...request.pick, seed } };
}

function isRandom({ order, sample }: Pick): boolean {
  return order === 'shuffle' || sample !== undefined;
}

/** An expression that does not parse, or names what is not there; a source with errors may be why. */
function notResolved(problems: readonly Problem[], index: InventoryIndex): Result<never> {
  const isSyntax = problems.some(({ code, severity }) => severity === 'error' && code === 'SELECTION_SYNTAX');
  const errors = sourceErrors(index);
  if (isSyntax || errors.length === 0)
    return refuseProblems(isSyntax ? 'SELECTION_SYNTAX' : 'SELECTION_UNKNOWN', problems);
  return refuseProblems('INPUT_INVALID', [...errors, ...problems]);
}

function sourceErrors({ inventory }: InventoryIndex): readonly Problem[] {
  return errorsIn(inventory.problems);
}

function refuseText(code: ErrorCode, message: string): Result<never> {
  return { ok: false, error: { code, message } };
}

function firstIssue(error: { issues: readonly { message: string }[] }): string {
  return error.issues[0]?.message ?? 'The action is not valid.';
}

function noTargets(selection: string, index: InventoryIndex): Result<never> {
  const local = index.inventory.nodes.some((node) => node.connection.transport === 'local');
  const hint = local ? ' `all` leaves out local nodes: name them, or write `*`.' : '';
  const message = selection.trim()
    ? `No node is selected by ${selection}.${hint}`
    : 'No node selected. Say which: tick them in VS Code, name them on a command line, as in --on web[01-20] or --on all, or give a playbook "targets".';
  return { ok: false, error: { code: 'SELECTION_EMPTY', message } };
}

function tooMany(count: number, limit: number): Result<never> {
  const message = `${count.toLocaleString('en')} nodes, the limit is ${limit.toLocaleString('en')}. Select fewer, or raise the limit.`;
  return { ok: false, error: { code: 'TOO_MANY_TARGETS', message, details: { count, limit } } };
}
