import * as vscode from 'vscode';
import type { BatchState } from '../../../core/run/state.ts';
import { stepLine } from '../../model/stepLine.ts';

/** Opens the file of the playbook that a batch runs, at a step of it if one is named and still there. */
export async function openPlaybook(
  state: Pick<BatchState, 'plan' | 'executions'> | undefined,
  step: string | undefined,
): Promise<void> {
  if (state?.plan.action.type !== 'playbook') return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(state.plan.action.file));
  const wanted = step === undefined ? undefined : { path: step, title: titleOf(state, step) };
  const line = wanted && stepLine(document.getText(), wanted);
  const selection = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(document, { preview: true, ...(selection && { selection }) });
}

function titleOf({ executions }: Pick<BatchState, 'executions'>, step: string): string {
  for (const { steps = [] } of executions) {
    const found = steps.find((each) => each.step === step);
    if (found) return found.title;
  }
  return step;
}
