import { createHash, randomInt } from 'node:crypto';
import type { Config } from '../core/config/config.ts';
import { indexInventory, type InventoryIndex } from '../core/inventory/model.ts';
import { askedOf } from '../core/policy/asked.ts';
import type { ClientContext } from '../core/protocol/context.ts';
import type { PlanPreview, StartRequest, StartResult } from '../core/protocol/start.ts';
import { loadedOf } from '../core/run/loadedPlaybook.ts';
import { changedFilesNotes } from '../core/run/fromOrigin.ts';
import type { Plan, PlanRequest } from '../core/run/plan.ts';
import { blastRadius } from '../core/run/blastRadius.ts';
import { planBatch, type Planned } from '../core/run/planBatch.ts';
import { templateMistakes } from '../core/run/planMistakes.ts';
import { fetchClash } from '../core/run/steps/fetchClash.ts';
import { pauseIn } from '../core/run/steps/pauses.ts';
import { refuse, type Result } from '../core/util/errors.ts';
import { formatProblem, hasErrors } from '../core/util/problem.ts';
import { refuseProblems } from '../core/util/refuseProblems.ts';
import { userConfigFile } from './config/configFiles.ts';
import { NotSaved, type BatchDeps, type RunningBatch, startBatch } from './batch.ts';
import { planFiles } from './files/planFiles.ts';
import { unwritable } from './history/unwritable.ts';
import { loadPlaybook } from './playbook/loadPlaybook.ts';
import { secretValues } from './playbook/secretValues.ts';
import type { GuardRequest } from './policy/guard.ts';
import { originOf } from './rerun.ts';
import { readerIn } from './sources/selectionFiles.ts';
import { stdinFor } from './stdin.ts';
import { type HeldTarget, heldTargets } from './trust/heldTargets.ts';
import { secretApproval, type SecretCommand, secretNotes } from './trust/secretCommands.ts';
import { createSshExecutes } from './trust/sshExecutes.ts';
import { codeOf } from './codeOf.ts';
import type { World } from './world.ts';

/** Resolves a request to the exact plan that would run, and says what speaks against it. Contacts no node. */
export async function preview(
  world: World,
  context: ClientContext,
  request: PlanRequest,
): Promise<Result<PlanPreview>> {
  const resolved = await resolvePlan(world, context, request);
  if (!resolved.ok) return resolved;
  const { plan: current, notes } = resolved.value;
  const { decision, isProtected, ...usual } = await world.guard.decide(guardRequest(context, resolved.value));
  const denials = decision.reasons.filter(({ verdict }) => verdict === 'deny');
  const denied = denials.length > 0 ? { denied: denials.map(({ message }) => message).join('\n') } : {};
  const asks = decision.reasons.filter(({ verdict }) => verdict !== 'deny').map(({ message }) => message);
  const warnings = [...usual.warnings, ...asks];
  const blast = blastRadius(current, resolved.value.index, isProtected);
  return { ok: true, value: { plan: current, notes: [...notes], warnings, blast, decision, ...denied } };
}

/** The only way to a running batch: the plan is resolved and authorised again, whoever brings it. */
export async function start(
  world: World,
  context: ClientContext,
  { plan: wanted, stdin, secrets, debug = false, debugSsh = false, ...approval }: StartRequest,
): Promise<Result<StartResult>> {
  const resolved = await resolvePlan(world, context, wanted.request);
  if (!resolved.ok) return resolved;
  const { plan: current, config } = resolved.value;
  if (current.hash !== wanted.hash) {
    return refuse(
      'PLAN_STALE',
      'The inventory, or a file that the plan is about, has changed since it was made. Look at the plan again, then run.',
    );
  }
  const permitted = await world.guard.permit(guardRequest(context, resolved.value), approval);
  if (!permitted.ok) return permitted;
  const unanswered = unansweredBarrier(current, context);
  if (unanswered) return unanswered;
  const room = world.limits.reserve(current.executions.length, config);
  if (!room.ok) return room;
  try {
    const given = stdinFor(current.action, stdin);
    if (!given.ok) return given;
    const mayRun = await mayRunFor(world, context);
    const values = await secretValues(current.action, { given: secrets, mayRun });
    if (!values.ok) return values;
    const begun = await begin(world, context, {
      plan: current,
      stdin: given.value,
      secretValues: values.value,
      debugSsh: debugSsh || debug,
      stacks: debug,
    }).catch((error: unknown) => notBegun(world, error));
    if ('ok' in begun) return begun;
    const batch = begun;
    for (const message of resolved.value.notes)
      world.log.note({ level: 'info', event: 'planned', batch: batch.id, message });
    return { ok: true, value: { batch: batch.id, executions: current.executions.map((each) => each.id) } };
  } finally {
    room.value.dispose();
  }
}

/** What the system refused is the disk's; anything else is a bug, and is told as one. */
function notBegun({ layout }: World, error: unknown): Result<never> {
  if (codeOf(error) === undefined && !(error instanceof NotSaved)) throw error;
  return refuse('HISTORY_UNWRITABLE', unwritable(layout.batches, error));
}

/** A whole number for shuffles and samples that nobody gave a seed. */
export function newSeed(): number {
  return randomInt(2 ** 32);
}

type Resolved = Planned & {
  readonly held: readonly HeldTarget[];
  readonly index: InventoryIndex;
  readonly config: Config;
};

async function resolvePlan(
  world: World,
  context: ClientContext,
  request: PlanRequest,
): Promise<Result<Resolved>> {
  const { inventory } = await world.loader.load(request.sources, context);
  const index = indexInventory(inventory);
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  const { folder = world.home } = context;
  const files = context.folder === undefined ? {} : { files: readerIn(context.folder) };
  const config = world.limits.config({ folder: context.folder, sources: request.sources });
  if (!config.ok) return config;
  const playbook =
    request.action.type === 'playbook'
      ? loadPlaybook({ ...request.action, items: request.items }, context.folder, config.value)
      : undefined;
  if (playbook && !playbook.ok) return playbook;
  const origin = request.origin && (await originOf(world, request.origin.batch));
  const planned = planBatch(request, {
    index,
    hash,
    seed: newSeed(),
    config: config.value,
    folder,
    ...files,
    ...(origin && { origin }),
    ...(playbook && { playbook: playbook.value }),
  });
  if (!planned.ok) return planned;
  const complete = await planFiles(planned.value, context, hash);
  if (!complete.ok) return complete;
  const { plan, notes } = complete.value;
  const clash = fetchClash(plan);
  if (clash !== undefined) return refuse('INPUT_INVALID', clash);
  const unfit = templateMistakes(plan, playbook?.value.places);
  if (hasErrors(unfit)) return refuseProblems('INPUT_INVALID', unfit);
  const changed = origin ? changedSince(plan, origin) : [];
  return {
    ok: true,
    value: {
      plan,
      notes: [...notes, ...unfit.map(formatProblem), ...changed, ...secretNotes(plan.action)],
      held: heldTargets([...plan.targets, ...(plan.delegates ?? [])], index, createSshExecutes(world.home)),
      index,
      config: config.value,
    },
  };
}

/** Files of this machine, and those of a playbook, that are not what they were. */
function changedSince(
  now: About,
  { id: batch, plan: before }: { id: string; plan: About },
): readonly string[] {
  const read = ({ action }: About): { from: string; sha256: string }[] | undefined =>
    loadedOf(action)?.files.map(({ path: from, sha256 }) => ({ from, sha256 }));
  return [
    ...changedFilesNotes(read(now), read(before), { batch, did: 'ran' }),
    ...changedFilesNotes(now.files, before.files, { batch }),
  ];
}

type About = Pick<Plan, 'action' | 'files'>;

/** In a trusted window commands for secrets run; elsewhere those of the person, and those that somebody said yes to. */
async function mayRunFor({ trust, home }: World, { localNodes }: ClientContext) {
  const approved = await trust.approved();
  const own = userConfigFile(process.env, home);
  return (command: SecretCommand): boolean =>
    localNodes === 'allowed' || command.file === own || approved.has(secretApproval(command).id);
}

function guardRequest(context: ClientContext, { plan: current, held, index }: Resolved): GuardRequest {
  return { asked: askedOf(current), context, held, index, sources: current.request.sources };
}

/** A batch that waits for a person whom nobody can reach would wait for ever. */
function unansweredBarrier(plan: Plan, { canPrompt }: ClientContext): Result<never> | undefined {
  if (canPrompt) return undefined;
  const pause = pauseIn(plan);
  if (pause) {
    const { path, title, tags = [] } = pause;
    const without =
      tags.length > 0
        ? `or leave it out: --skip-tags ${tags.join(',')}`
        : 'or give the step tags, and leave it out by --skip-tags';
    const step = path === title ? `The step "${path}"` : `The step "${title}" (${path})`;
    const message = `${step} pauses to ask a person, and nobody is here to answer; --yes does not answer it. Run it at a terminal or in VS Code, ${without}.`;
    return refuse('USAGE', message);
  }
  if (plan.strategy.barrier?.type !== 'ask') return undefined;
  const message = 'This run asks a person between its waves, and nobody is here to answer.';
  return refuse('USAGE', `${message} Run it at a terminal or in VS Code, or without that question.`);
}

type Begin = Pick<BatchDeps, 'plan' | 'stdin' | 'debugSsh' | 'stacks' | 'secretValues'>;

async function begin(world: World, context: ClientContext, given: Begin): Promise<RunningBatch> {
  const id = world.newId();
  const set = world.transports.for(context);
  const batch = await startBatch({
    id,
    ...given,
    context,
    onOutput: world.onOutput,
    layout: world.layout,
    claimant: world.elsewhere.claimant,
    clock: world.batchClock(),
    transports: set.transports,
    trust: set.trust,
    shared: world.limits.shared,
    outputLimits: world.limits.output,
    secrets: world.secrets,
    services: world.services,
    announce: (events) => world.events.fire(events),
    unsaved: world.unsaved,
  });
  world.batches.set(id, batch);
  world.elsewhere.hear();
  void batch.done.then(() => world.batches.delete(id));
  return batch;
}
