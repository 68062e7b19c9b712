import { isFollowed } from '../../../core/run/actionText.ts';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import type { Checked, ToNewRun } from '../../../core/protocol/newRun.ts';
import type { FieldProblem, RunForm } from '../../../core/run/form/form.ts';
import { type FormRequest, readForm } from '../../../core/run/form/readForm.ts';
import type { PlanRequest } from '../../../core/run/plan.ts';
import { orderText } from '../../../core/run/waveText.ts';
import { parseSelection } from '../../../core/selection/parse.ts';
import { resolveSelection } from '../../../core/selection/resolve.ts';
import { hasErrors, sentenceOf } from '../../../core/util/problem.ts';
import { previewWarnings } from '../../model/previewText.ts';
import type { InventoryState } from '../../services/inventoryStore.ts';
import { askTyped } from '../run/askTyped.ts';
import type { RunDeps } from '../run/runFlow.ts';
import { startPlan } from '../run/startPlan.ts';

/** What a form would do now: every field read, the expression resolved, the plan made. Contacts no node. */
export async function checkForm(form: RunForm, id: number, deps: RunDeps): Promise<Checked> {
  const inventory = await deps.inventory.load();
  const selection = checkSelection(form.selection, inventory.index);
  const read = readForm(form);
  const problems = [...selection.problems, ...read.problems];
  const checked = { id, problems, selected: selection.nodes, how: '', warnings: [] };
  if (!read.request || problems.length > 0) return checked;
  const client = await deps.link.client();
  if (!client.ok) return { ...checked, refusal: client.error.message };
  const planned = await client.value.plan(requestOf(read.request, inventory, deps));
  if (!planned.ok) return { ...checked, refusal: planned.error.message };
  const { plan, denied } = planned.value;
  return {
    ...checked,
    selected: plan.executions.map(({ node }) => node),
    how: plan.executions.length > 1 ? orderText(plan.strategy) : '',
    warnings: previewWarnings(planned.value, deps.settings.warnAbove),
    ...(denied !== undefined && { refusal: denied }),
  };
}

/** Nodes that an expression stands for; none where it is not right. */
export function selectedBy(expression: string, index: InventoryIndex): readonly string[] {
  return checkSelection(expression, index).nodes;
}

function checkSelection(
  text: string,
  index: InventoryIndex,
): { nodes: readonly string[]; problems: readonly FieldProblem[] } {
  if (text.trim() === '') {
    return { nodes: [], problems: [{ field: 'selection', message: 'No node selected.' }] };
  }
  const { selection, problems } = parseSelection(text);
  // Files that `file:` names are read by the engine.
  if (/\bfile:/.test(text)) return { nodes: [], problems: [] };
  const resolved = selection ? resolveSelection(selection, index) : { nodes: [], problems };
  const all = selection ? resolved.problems : problems;
  if (hasErrors(all)) {
    const errors = all.filter(({ severity }) => severity === 'error');
    return {
      nodes: [],
      problems: errors.map((problem) => ({ field: 'selection', message: sentenceOf(problem) })),
    };
  }
  if (resolved.nodes.length > 0) return { nodes: resolved.nodes, problems: [] };
  return { nodes: [], problems: [{ field: 'selection', message: 'No node is selected by this.' }] };
}

/** What the settings of this window say counts where the form leaves it open. */
function requestOf(asked: FormRequest, { sources }: InventoryState, { settings }: RunDeps): PlanRequest {
  const { concurrency, timeoutMs, connectTimeoutMs, knownHosts } = settings;
  const follow = isFollowed(asked.action);
  return {
    ...asked,
    sources: [...sources],
    strategy: {
      ...(concurrency !== undefined && asked.strategy?.mode !== 'sequential' && !follow && { concurrency }),
      ...asked.strategy,
    },
    limits: {
      ...(timeoutMs !== undefined && !follow && { timeoutMs }),
      ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
      ...asked.limits,
    },
    maxTargets: settings.maxTargets,
    ...(knownHosts !== undefined && { knownHosts }),
  };
}

type Running = RunDeps & { readonly post: (message: ToNewRun) => void; readonly close: () => void };

/** Starts what the form shows, and closes it; where the start is refused, the form stays as it is. */
export async function runForm(form: RunForm, deps: Running): Promise<void> {
  const idle = (message: string): void => deps.post({ type: 'idle', message });
  const inventory = await deps.inventory.load();
  const { request } = readForm(form);
  const client = await deps.link.client();
  if (!client.ok) return idle(client.error.message);
  if (!request) return idle('');
  const planned = await client.value.plan(requestOf(request, inventory, deps));
  if (!planned.ok) return idle(planned.error.message);
  const { debug, sshDebugLog: debugSsh } = deps.settings;
  const started = await startPlan(client.value, planned.value, { askTyped, debug, debugSsh });
  if (!started) return idle('');
  if (!started.ok) return idle(started.error.message);
  deps.history.add(form.command);
  deps.close();
  deps.started(started.value.batch);
}
