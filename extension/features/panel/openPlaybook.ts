import * as vscode from 'vscode';
import { placeOfStep } from '../../../core/run/loadedPlaybook.ts';
import type { BatchState } from '../../../core/run/state.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { plainText } from '../../model/plain.ts';

/** Opens the file of the playbook that a batch runs; with a step, the file and the line in which that is written. */
export async function openPlaybook(
  state: Pick<BatchState, 'plan'> | undefined,
  step: string | undefined,
): Promise<void> {
  if (state?.plan.action.type !== 'playbook') return;
  const { action } = state.plan;
  const place = step === undefined ? undefined : placeOfStep(action, step);
  const file = place?.file ?? action.file;
  try {
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    const line = place && Math.min(place.line, document.lineCount) - 1;
    const selection = line === undefined ? undefined : new vscode.Range(line, 0, line, 0);
    await vscode.window.showTextDocument(document, { preview: true, ...(selection && { selection }) });
  } catch (error) {
    const text = `${file} can not be opened: ${messageOf(error)}`;
    void vscode.window.showErrorMessage(plainText(text));
  }
}
