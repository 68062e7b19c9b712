import * as vscode from 'vscode';
import type { BatchState } from '../../../core/run/state.ts';
import { stepPlace } from '../../../core/playbook/read/stepPlace.ts';

/** Opens the file of the playbook that a batch runs, at a step of it if one is named and still there. */
export async function openPlaybook(
  state: Pick<BatchState, 'plan'> | undefined,
  step: string | undefined,
): Promise<void> {
  if (state?.plan.action.type !== 'playbook') return;
  const { file } = state.plan.action;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const line = step === undefined ? undefined : stepPlace(file, document.getText(), step);
  const selection = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
  await vscode.window.showTextDocument(document, { preview: true, ...(selection && { selection }) });
}
