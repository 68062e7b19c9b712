import * as vscode from 'vscode';
import type { Plan, PlanRequest } from '../../../core/run/plan.ts';
import { type Choice, choicesOf } from '../../model/howItRuns.ts';

type ChoiceItem = vscode.QuickPickItem & { readonly choice: Choice };

/** Asks for one change of how the plan runs. The request as it was when it is left with Escape. */
export async function chooseHow(request: PlanRequest, plan: Plan): Promise<PlanRequest> {
  const items = choicesOf(plan).map((choice): ChoiceItem => {
    const { label, description } = choice;
    return { label, description, choice };
  });
  const picked = await vscode.window.showQuickPick(items, {
    title: 'How It Runs',
    placeHolder: 'Choose what to change; the preview comes again',
    ignoreFocusOut: true,
  });
  if (!picked) return request;
  const { asks } = picked.choice;
  if (!asks) return picked.choice.with(request, '') ?? request;
  const text = await vscode.window.showInputBox({
    title: picked.label,
    prompt: asks.prompt,
    value: asks.value,
    ignoreFocusOut: true,
    validateInput: (value) => (picked.choice.with(request, value) ? undefined : `${asks.prompt}.`),
  });
  return text === undefined ? request : (picked.choice.with(request, text) ?? request);
}
