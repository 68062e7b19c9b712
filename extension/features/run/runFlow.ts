import * as vscode from 'vscode';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { PlanPreview } from '../../../core/protocol/start.ts';
import type { Action } from '../../../core/run/action.ts';
import type { Plan, PlanRequest } from '../../../core/run/plan.ts';
import { selectionOf } from '../../../core/selection/write.ts';
import type { Result } from '../../../core/util/errors.ts';
import { leaveOut } from '../../model/expression.ts';
import { inMode } from '../../model/howItRuns.ts';
import { isBareFolder, type TreeElement } from '../../model/tree.ts';
import { previewTitle } from '../../model/previewText.ts';
import type { CommandHistory } from '../../services/commandHistory.ts';
import type { EngineLink } from '../../services/engineLink.ts';
import type { Reaches } from '../../services/reaches.ts';
import { silentNodes } from './silentNodes.ts';
import type { InventoryState, InventoryStore } from '../../services/inventoryStore.ts';
import type { SelectionModel } from '../../services/selectionModel.ts';
import type { Settings } from '../../settings.ts';
import { type NodesMeant, nodesMeant } from '../nodesMeant.ts';
import type { PlanDocuments } from '../planDocuments.ts';
import { refuseUntrusted, showRefusal } from '../showRefusal.ts';
import { askCommand } from './askCommand.ts';
import { chooseHow } from './chooseHow.ts';
import { askTyped } from './askTyped.ts';
import { askOptions } from './askOptions.ts';
import { type CommandSettings, withSettings } from '../../model/commandSettings.ts';
import { chooseTargets, type ChosenTargets } from './chooseTargets.ts';
import { type PreviewChoice, showPreview } from './preview.ts';
import { startPlan } from './startPlan.ts';

export type RunDeps = {
  readonly link: EngineLink;
  readonly inventory: InventoryStore;
  readonly selection: SelectionModel;
  readonly settings: Settings;
  readonly history: CommandHistory;
  readonly reaches: Reaches;
  readonly plans: PlanDocuments;
  /** Rows that are highlighted in the tree. */
  highlighted(): readonly TreeElement[];
  /** A batch was started here, and which one it runs again. */
  started(batch: string, origin?: string): void;
};

/** Asks what to run on which nodes, shows the plan, and starts exactly that. */
export async function runOnNodes(deps: RunDeps, elements: readonly TreeElement[] = []): Promise<void> {
  await runWhere(deps, await chooseWhere(deps, elements));
}

/** The same on the nodes that a lens above an inventory means. */
export async function runOnMeant(deps: RunDeps, meant: NodesMeant): Promise<void> {
  await runWhere(deps, await loadWhere(deps, () => nodesMeant(meant, deps)));
}

async function runWhere(deps: RunDeps, where: Omit<Asked, 'action'> | undefined): Promise<void> {
  if (!where) return;
  const { targets, inventory } = where;
  for (;;) {
    const command = await askCommand(deps.history, previewTitle(targets.nodes));
    if (command === undefined) return;
    const request = requestFor(deps.settings, { action: { type: 'command', command }, targets, inventory });
    const intent = { request, settings: {}, inventory, remember: command, step: 'second' } as const;
    if ((await previewAndStart(deps, intent)) !== 'back') return;
  }
}

/** The nodes, and the inventory that they are from; undefined where there is nothing to choose, or nobody did. */
export async function chooseWhere(
  deps: RunDeps,
  elements: readonly TreeElement[],
): Promise<Omit<Asked, 'action'> | undefined> {
  return loadWhere(deps, (inventory) => chooseTargets(deps, inventory, elements));
}

/** The inventory, and targets in it; undefined where nothing may run or there is none. */
export async function loadWhere(
  deps: RunDeps,
  choose: (inventory: InventoryState) => Promise<ChosenTargets | undefined>,
): Promise<Omit<Asked, 'action'> | undefined> {
  if (!vscode.workspace.isTrusted) {
    await refuseUntrusted();
    return undefined;
  }
  const inventory = await deps.inventory.load();
  if (isBareFolder(inventory.index)) {
    const message = 'No inventory in this folder yet. Muster needs to know your nodes.';
    await showRefusal({ code: 'INPUT_MISSING', message });
    return undefined;
  }
  const targets = await choose(inventory);
  return targets && { targets, inventory };
}

/** What a person wants to run, before they have seen what that is. */
export type Intent = {
  readonly request: PlanRequest;
  /** What the command gets beside its text, as the request has it. */
  readonly settings: CommandSettings;
  readonly inventory: InventoryState;
  /** A command to offer again, where a person has typed it. */
  readonly remember?: string;
  /** Values that a playbook needs and that are never written down, by name. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Said in the preview before everything else. */
  readonly notes?: readonly string[];
  /** Whether something was asked before, to which one can go back. */
  readonly step: 'second' | 'only';
};

/** The preview comes again until what it shows is what was chosen. */
export async function previewAndStart(deps: RunDeps, intent: Intent): Promise<'back' | 'done'> {
  const client = await deps.link.client();
  if (!client.ok) return refused(client);
  let { request, settings } = intent;
  for (;;) {
    const planned = await client.value.plan(request);
    if (!planned.ok) return refused(planned);
    const choice = await show(deps, client.value, { intent, preview: planned.value });
    if (choice.type === 'back') return 'back';
    if (choice.type === 'dismissed') return 'done';
    request = narrow(request, { preview: planned.value, nodes: choice.nodes, inventory: intent.inventory });
    if (choice.type === 'chooseHow') {
      request = await chooseHow(request, planned.value.plan);
      continue;
    }
    if (choice.type === 'options') {
      settings = await askOptions(settings);
      request = withSettings(request, settings, deps.settings.timeoutMs);
      continue;
    }
    if (choice.type === 'toggleStrategy') {
      request = toggled(request, planned.value.plan);
      continue;
    }
    const final = await finalPlan(client.value, { request, preview: planned.value, nodes: choice.nodes });
    if (!final.ok) return refused(final);
    if (
      final.value &&
      (await start(deps, { client: client.value, preview: final.value, intent, stdin: settings.content }))
    )
      return 'done';
    void vscode.window.showInformationMessage('The inventory has changed: this is what would run now.');
  }
}

async function show(
  deps: RunDeps,
  client: EngineClient,
  { intent, preview }: { intent: Intent; preview: PlanPreview },
): Promise<PreviewChoice> {
  const { plan, denied } = preview;
  const silent = deps.settings.checkBeforeRun ? await silentNodes(deps, client, plan) : [];
  const warnings = [
    ...(intent.notes ?? []),
    ...(denied === undefined ? [] : [denied]),
    ...preview.notes,
    ...preview.warnings,
  ];
  const { step } = intent;
  const { warnAbove } = deps.settings;
  const showPlan = (): void => void deps.plans.open(preview);
  return showPreview({ plan, warnings, silent, step, warnAbove, showPlan });
}

/** The plan that was previewed, or the same without the nodes left out. Undefined when it would be another one. */
async function finalPlan(
  client: EngineClient,
  chosen: { request: PlanRequest; preview: PlanPreview; nodes: readonly string[] },
): Promise<Result<PlanPreview | undefined>> {
  const { request, preview, nodes } = chosen;
  if (nodes.length === preview.plan.executions.length) return { ok: true, value: preview };
  const planned = await client.plan(request);
  if (!planned.ok) return planned;
  const { plan } = planned.value;
  const same =
    plan.executions.length === nodes.length && plan.executions.every((each, at) => each.node === nodes[at]);
  return { ok: true, value: same ? planned.value : undefined };
}

type Starting = {
  readonly client: EngineClient;
  readonly preview: PlanPreview;
  readonly intent: Intent;
  readonly stdin: string | undefined;
};

/** False when the plan is not what would run any more. */
async function start(deps: RunDeps, { client, preview, intent, stdin }: Starting): Promise<boolean> {
  const { debug, sshDebugLog: debugSsh } = deps.settings;
  const { secrets } = intent;
  const started = await startPlan(client, { ...preview, stdin, secrets }, { askTyped, debug, debugSsh });
  if (!started) return true;
  if (!started.ok && started.error.code === 'PLAN_STALE') return false;
  if (!started.ok) {
    await showRefusal(started.error);
    return true;
  }
  if (intent.remember !== undefined) deps.history.add(intent.remember);
  deps.started(started.value.batch, preview.plan.request.origin?.batch);
  return true;
}

type Asked = {
  readonly action: Action;
  readonly targets: ChosenTargets;
  readonly inventory: InventoryState;
};

export function requestFor(settings: Settings, { action, targets, inventory }: Asked): PlanRequest {
  const { concurrency, timeoutMs, connectTimeoutMs, knownHosts } = settings;
  return {
    action,
    selection: targets.expression,
    ...(targets.groups && targets.groups.length > 0 && { groups: [...targets.groups] }),
    sources: [...inventory.sources],
    ...(concurrency === undefined ? {} : { strategy: { concurrency } }),
    limits: {
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
      ...(connectTimeoutMs === undefined ? {} : { connectTimeoutMs }),
    },
    maxTargets: settings.maxTargets,
    ...(knownHosts === undefined ? {} : { knownHosts }),
  };
}

/** Writes the nodes that were unticked into the expression. */
function narrow(
  request: PlanRequest,
  shown: { preview: PlanPreview; nodes: readonly string[]; inventory: InventoryState },
): PlanRequest {
  const kept = new Set(shown.nodes);
  const out = shown.preview.plan.executions.map((each) => each.node).filter((node) => !kept.has(node));
  if (out.length === 0) return request;
  // What is left out of a group, or of a playbook's own targets, is written as the nodes that are left in.
  const { groups, ...rest } = request;
  if (groups || rest.selection === '')
    return { ...rest, selection: selectionOf(shown.nodes, shown.inventory.index) };
  return { ...request, selection: leaveOut(request.selection, out, shown.inventory.index) };
}

function toggled(request: PlanRequest, { strategy }: Plan): PlanRequest {
  return inMode(request, strategy.mode === 'parallel' ? 'sequential' : 'parallel');
}

async function refused(result: Extract<Result<unknown>, { ok: false }>): Promise<'done'> {
  await showRefusal(result.error);
  return 'done';
}
