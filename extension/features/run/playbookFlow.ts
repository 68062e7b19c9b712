import * as vscode from 'vscode';
import type { FileWants } from '../../../core/protocol/newRunFiles.ts';
import { kindOfFile } from '../../../core/playbook/kindOfFile.ts';
import type { PlaybookAction } from '../../../core/run/action.ts';
import { emptyForm } from '../../../core/run/form/emptyForm.ts';
import { baseName } from '../../../core/util/baseName.ts';
import type { Refusal } from '../../../core/util/errors.ts';
import { plainText } from '../../model/plain.ts';
import type { PlaybookFiles } from '../../services/playbookFiles.ts';
import { readWants, unsaved } from '../newRun/fileWants.ts';
import type { NewRun } from '../newRun/newRunPanel.ts';
import { showRefusal } from '../showRefusal.ts';
import { type ChosenTargets, tickedExpression } from './chooseTargets.ts';
import { chooseWhere, loadWhere, previewAndStart, requestFor, type RunDeps } from './runFlow.ts';

/** How a playbook is run, as links in files and other extensions say it. */
export type PlaybookOptions = {
  /** Shows what would run and runs nothing. */
  readonly dryRun?: boolean;
  /** Runs on the nodes what supports a dry run; other steps say what they would do. */
  readonly dryRunOnNodes?: boolean;
  /** Runs on what is ticked, not on the targets of the playbook. */
  readonly onTicked?: boolean;
  /** Does the step of this id alone. */
  readonly only?: string;
};

export type PlaybookDeps = RunDeps & {
  readonly newRun: NewRun;
  readonly playbooks: PlaybookFiles;
};

/**
 * Runs a playbook or task: the file that the command was called on, the one in the editor, or one that is chosen. What
 * it wants to be given is asked for in the form of New Run; where it wants nothing, its preview comes at once.
 */
export async function runPlaybook(deps: PlaybookDeps, args: readonly unknown[]): Promise<void> {
  const file = fileIn(args) ?? inEditor() ?? (await choose(deps.playbooks));
  if (!file) return;
  const options = optionsIn(args);
  // What runs is what is on disk, and a person means what they see.
  const open = unsaved(file);
  if (open && !(await open.save())) return;
  const read = await readWants(file, deps);
  if (!read.ok) return showBroken(file, read.error);
  const wants = read.value;
  const dryRun = options.dryRunOnNodes === true;
  const onTicked = options.onTicked === true || wants.targets === undefined;
  if (options.dryRun && !missing(wants)) return showPlan(deps, wants, onTicked);
  if (options.only === undefined && wants.params.length + wants.secrets.length > 0)
    return openForm(deps, wants, { onTicked, dryRun });
  await quickRun(deps, wants, { onTicked, dryRun, only: options.only });
}

/** Whether something has to be given before there is a plan; secrets are not in plans. */
function missing({ params }: FileWants): boolean {
  return params.some(
    ({ required, sensitive, default: usual }) => required && !sensitive && usual === undefined,
  );
}

async function openForm(
  deps: PlaybookDeps,
  { file }: FileWants,
  { onTicked, dryRun }: Omit<Way, 'only'>,
): Promise<void> {
  // Refuses in Restricted Mode, and where there is no inventory.
  const where = await loadWhere(deps, () => Promise.resolve(ownTargets));
  if (!where) return;
  const selection = onTicked ? tickedExpression(deps, where.inventory.index) : '';
  await deps.newRun.open({ ...emptyForm, kind: kindOfFile(file) ?? 'playbook', file, selection, dryRun });
}

type Way = { readonly onTicked: boolean; readonly dryRun: boolean; readonly only: string | undefined };

async function quickRun(
  deps: PlaybookDeps,
  wants: FileWants,
  { onTicked, dryRun, only }: Way,
): Promise<void> {
  const where = await whereOf(deps, onTicked);
  if (!where) return;
  const choice = { ...(only !== undefined && { only }), ...(dryRun && { dryRun }) };
  const action = { ...actionOf(wants), ...choice };
  const request = requestFor(deps.settings, { ...where, action });
  await previewAndStart(deps, { request, settings: {}, inventory: where.inventory, step: 'only' });
}

async function showPlan(deps: PlaybookDeps, wants: FileWants, onTicked: boolean): Promise<void> {
  const where = await whereOf(deps, onTicked);
  if (!where) return;
  const client = await deps.link.client();
  if (!client.ok) return showRefusal(client.error);
  const planned = await client.value.plan(requestFor(deps.settings, { ...where, action: actionOf(wants) }));
  if (!planned.ok) return showRefusal(planned.error);
  await deps.plans.open(planned.value);
}

function whereOf(deps: PlaybookDeps, onTicked: boolean): ReturnType<typeof chooseWhere> {
  return onTicked ? chooseWhere(deps, []) : loadWhere(deps, () => Promise.resolve(ownTargets));
}

/** What is secret comes beside the plan, if at all. */
function actionOf({ file, params }: FileWants): PlaybookAction {
  const withheld = params.flatMap(({ name, sensitive }) => (sensitive ? [name] : []));
  return { type: 'playbook', file, params: {}, withheld };
}

/** The file says itself where it runs. */
const ownTargets: ChosenTargets = { expression: '', nodes: [] };

async function showBroken(file: string, refusal: Refusal): Promise<void> {
  if (refusal.code !== 'INPUT_INVALID') return showRefusal(refusal);
  const open = 'Open';
  if ((await vscode.window.showErrorMessage(plainText(refusal.message), open)) === open)
    await vscode.window.showTextDocument(vscode.Uri.file(file));
}

/** The first argument: a file of the explorer, a row of the tree, or the address of a document as links have it. */
function fileIn([clicked]: readonly unknown[]): string | undefined {
  if (clicked instanceof vscode.Uri) return clicked.fsPath;
  if (typeof clicked === 'string') return vscode.Uri.parse(clicked).fsPath;
  const file =
    typeof clicked === 'object' && clicked !== null && 'file' in clicked ? clicked.file : undefined;
  return typeof file === 'string' ? file : undefined;
}

/** From the explorer and trees the second argument is what is selected: then nothing is asked for. */
function optionsIn([, given]: readonly unknown[]): PlaybookOptions {
  if (typeof given !== 'object' || given === null) return {};
  return {
    dryRun: 'dryRun' in given && given.dryRun === true,
    dryRunOnNodes: 'dryRunOnNodes' in given && given.dryRunOnNodes === true,
    onTicked: 'onTicked' in given && given.onTicked === true,
    ...('only' in given && typeof given.only === 'string' && { only: given.only }),
  };
}

function inEditor(): string | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri?.scheme === 'file' && kindOfFile(uri.path) ? uri.fsPath : undefined;
}

/** One of the playbooks and tasks of the workspace. */
async function choose(playbooks: PlaybookFiles): Promise<string | undefined> {
  const { files } = await playbooks.list();
  if (files.length === 0) {
    void vscode.window.showInformationMessage(
      'No playbook here yet. One is a file whose name ends in .playbook.yaml; tasks end in .task.yaml.',
    );
    return undefined;
  }
  const items = files.map(({ file, path, name, description = '' }) => ({
    label: plainText(name ?? baseName(path)),
    description: plainText(path),
    detail: plainText(description),
    file,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: 'Run Playbook',
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return picked?.file;
}
