import * as vscode from 'vscode';
import { Decision } from '../../core/policy/verdict.ts';
import type { ErrorCode, Refusal } from '../../core/util/errors.ts';
import type { CommandId } from '../commandIds.ts';
import { plainText } from '../model/plain.ts';

/** A button under a message, and what it does. */
type NextStep = { readonly title: string; readonly command: string; readonly arguments?: readonly unknown[] };

/** Says what was refused and offers the next step. */
export async function showRefusal(refusal: Refusal): Promise<void> {
  const steps = [...nextSteps(refusal.code), ...ruleSteps(refusal)];
  const chosen = await vscode.window.showErrorMessage(
    plainText(refusal.message),
    ...steps.map((step) => step.title),
  );
  const step = steps.find((each) => each.title === chosen);
  if (step) await vscode.commands.executeCommand(step.command, ...(step.arguments ?? []));
}

/** Says that nothing runs in Restricted Mode, and leads to the way out of it. */
export async function refuseUntrusted(): Promise<void> {
  const message = 'Restricted Mode: nothing connects and nothing runs until you trust this folder.';
  await showRefusal({ code: 'UNTRUSTED', message });
}

/** Says that a command has no node to work on. */
export async function refuseEmpty(): Promise<void> {
  const message = 'No node selected. Tick nodes in the tree, or call this on a row.';
  await showRefusal({ code: 'SELECTION_EMPTY', message });
}

function nextSteps(code: ErrorCode): readonly NextStep[] {
  const own = (title: string, command: CommandId): NextStep => ({ title, command });
  switch (code) {
    case 'UNTRUSTED':
      return vscode.workspace.isTrusted
        ? [own('Allow…', 'muster.allowSources')]
        : [{ title: 'Manage Workspace Trust', command: 'workbench.trust.manage' }];
    case 'TOO_MANY_TARGETS':
      return [setting('muster.maxTargets')];
    case 'HISTORY_UNWRITABLE':
      return [setting('muster.dataFolder')];
    case 'INPUT_INVALID':
      return [own('Go to Problem', 'muster.goToInventoryProblem')];
    case 'INPUT_MISSING':
      return [own('Create inventory.yaml', 'muster.createInventory')];
    case 'SELECTION_SYNTAX':
    case 'SELECTION_UNKNOWN':
    case 'SELECTION_EMPTY':
      return [own('Select by Expression…', 'muster.selectByExpression')];
    case 'ENGINE_GONE':
      return [own('Show Log', 'muster.showLog')];
    case 'QUEUE_FULL':
    case 'USAGE':
    case 'PLAN_STALE':
    case 'DENIED':
    case 'NOT_FOUND':
    case 'FILE_EXISTS':
    case 'FILE_UNWRITABLE':
      return [];
  }
}

function setting(id: string): NextStep {
  return { title: 'Open Setting', command: 'workbench.action.openSettings', arguments: [id] };
}

/** Opens the rule that speaks against it, at its line. */
function ruleSteps({ details }: Refusal): readonly NextStep[] {
  const decision = Decision.safeParse(details);
  const place = decision.data?.reasons.find((reason) => reason.place)?.place;
  if (!place) return [];
  const line = Math.max(0, (place.range?.line ?? 1) - 1);
  const selection = new vscode.Range(line, 0, line, 0);
  const title = line > 0 ? 'Open Rule' : 'Open Policy File';
  return [{ title, command: 'vscode.open', arguments: [vscode.Uri.file(place.file), { selection }] }];
}
