import * as vscode from 'vscode';
import { isFollowed } from '../../../core/run/actionText.ts';
import type { InventoryIndex } from '../../../core/inventory/model.ts';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { Checked, ToNewRun } from '../../../core/protocol/newRun.ts';
import type { PlanPreview } from '../../../core/protocol/start.ts';
import type { FieldProblem, RunForm } from '../../../core/run/form/form.ts';
import { type FormRequest, readForm } from '../../../core/run/form/readForm.ts';
import type { PlanRequest } from '../../../core/run/plan.ts';
import { orderText } from '../../../core/run/waveText.ts';
import { parseSelection } from '../../../core/selection/parse.ts';
import { resolveSelection } from '../../../core/selection/resolve.ts';
import { baseName } from '../../../core/util/baseName.ts';
import { refuse, type Result } from '../../../core/util/errors.ts';
import { errorsIn, hasErrors, sentenceOf } from '../../../core/util/problem.ts';
import { previewWarnings } from '../../model/previewText.ts';
import type { InventoryState } from '../../services/inventoryStore.ts';
import { askTyped } from '../run/askTyped.ts';
import type { RunDeps } from '../run/runFlow.ts';
import { startPlan } from '../run/startPlan.ts';
import { readStdin, type StdinFile } from '../run/stdinFile.ts';
import { fileWants, unsaved } from './fileWants.ts';

/** A form, and the secrets that a person typed beside it. */
export type Filled = { readonly form: RunForm; readonly secrets: Readonly<Record<string, string>> };

/** What a form would do now: every field read, the expression resolved, the plan made. Contacts no node. */
export async function checkForm(filled: Filled, id: number, deps: RunDeps): Promise<Checked> {
  const inventory = await deps.inventory.load();
  const { file, selection, read } = await readFilled(filled, inventory.index, deps);
  const problems = [...selection.problems, ...read.problems];
  const checked: Checked = {
    id,
    problems,
    selected: selection.nodes,
    how: '',
    warnings: [],
    ...(file?.ok && { wants: file.value }),
  };
  if (!read.request || problems.length > 0) return checked;
  const client = await deps.link.client();
  if (!client.ok) return { ...checked, refusal: client.error.message };
  const planned = await client.value.plan(requestOf(read.request, inventory, deps));
  if (!planned.ok) return { ...checked, refusal: planned.error.message };
  const { plan, denied } = planned.value;
  const open = file?.ok && unsaved(file.value.file) ? [notSaved(file.value.file)] : [];
  return {
    ...checked,
    selected: plan.executions.map(({ node }) => node),
    how: plan.executions.length > 1 ? orderText(plan.strategy) : '',
    warnings: [...open, ...previewWarnings(planned.value, deps.settings.warnAbove)],
    ...(denied !== undefined && { refusal: denied }),
  };
}

function notSaved(file: string): string {
  return `${baseName(file)} has changes that are not saved: Run saves it first.`;
}

/** The form with what its task or playbook wants; that may say itself where it runs. */
async function readFilled({ form, secrets }: Filled, index: InventoryIndex, deps: RunDeps) {
  const file = await fileWants(form, deps);
  const own = form.selection.trim() === '' && file?.ok ? file.value.targets : undefined;
  const selection = checkSelection(own ?? form.selection, index);
  const stdin = await stdinOf(form);
  const read = readForm(form, { wanted: file?.ok ? file.value : undefined, secrets, stdin });
  if (!file || file.ok) return { file, selection, read, stdin: stdin?.content };
  const problems = [{ field: 'file' as const, message: file.error.message }, ...read.problems];
  return { file, selection, read: { ...read, request: undefined, problems }, stdin: undefined };
}

/** The file that a command or script reads, as it is now. */
async function stdinOf({ kind, stdin }: RunForm): Promise<StdinFile | undefined> {
  const file = stdin.trim();
  if ((kind !== 'command' && kind !== 'script') || file === '') return undefined;
  return readStdin(vscode.Uri.file(file));
}

/** What is selected: by the form, else by its playbook. */
export async function selectionOfForm(form: RunForm, deps: RunDeps): Promise<string> {
  if (form.selection.trim() !== '') return form.selection;
  const file = await fileWants(form, deps);
  return (file?.ok ? file.value.targets : undefined) ?? '';
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
    const errors = errorsIn(all);
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

type Running = RunDeps & {
  readonly post: (message: ToNewRun) => void;
  readonly close: () => void;
  used(selection: string): void;
};

/** Starts what the form shows, and closes it; where the start is refused, the form stays as it is. */
export async function runForm(filled: Filled, deps: Running): Promise<void> {
  const idle = (message: string): void => deps.post({ type: 'idle', message });
  const { form } = filled;
  const open = unsaved(form.file);
  if (open && !(await open.save())) return idle(`${baseName(form.file)} could not be saved.`);
  const planned = await planForm(filled, deps);
  if (!planned.ok) return idle(planned.error.message);
  const { client, preview, secrets, stdin } = planned.value;
  const { debug, sshDebugLog: debugSsh } = deps.settings;
  const started = await startPlan(client, { ...preview, secrets, stdin }, { askTyped, debug, debugSsh });
  if (!started) return idle('');
  if (!started.ok) return idle(started.error.message);
  if (form.kind === 'command') deps.history.add(form.command);
  if (form.selection.trim() !== '') deps.used(form.selection.trim());
  deps.close();
  deps.started(started.value.batch);
}

type Planned = {
  readonly client: EngineClient;
  readonly preview: PlanPreview;
  readonly secrets: Filled['secrets'];
  /** Base64. */
  readonly stdin: string | undefined;
};

/** The plan of a form as it is now; refused where a field has a problem. */
export async function planForm(filled: Filled, deps: RunDeps): Promise<Result<Planned>> {
  const inventory = await deps.inventory.load();
  const { selection, read, stdin } = await readFilled(filled, inventory.index, deps);
  const [problem] = [...selection.problems, ...read.problems];
  if (!read.request || problem) return refuse('USAGE', problem?.message ?? 'The form is not filled in.');
  const client = await deps.link.client();
  if (!client.ok) return client;
  const planned = await client.value.plan(requestOf(read.request, inventory, deps));
  if (!planned.ok) return planned;
  return { ok: true, value: { client: client.value, preview: planned.value, secrets: read.secrets, stdin } };
}
