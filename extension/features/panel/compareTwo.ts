import * as vscode from 'vscode';
import { executionName } from '../../../core/run/executionName.ts';
import { executionLook } from '../../../core/run/format.ts';
import type { ExecutionState } from '../../../core/run/state.ts';
import { withoutIcons } from '../../model/plain.ts';
import type { Acting } from './acting.ts';

type Item = vscode.QuickPickItem & { readonly execution: ExecutionState };

/** Opens the diff editor on the outputs of two executions; asks which where two are not named. */
export async function compareTwo(
  named: readonly string[] | undefined,
  { batch, deps }: Pick<Acting, 'batch' | 'deps'>,
): Promise<void> {
  const all = deps.batches.states.get(batch)?.executions ?? [];
  const [left, right] = named ? all.filter(({ id }) => named.includes(id)) : await askForTwo(all);
  if (!left || !right) return;
  const title = withoutIcons(`${executionName(left)} ↔ ${executionName(right)}`).slice(0, 200);
  await deps.documents.compare(batch, { majority: left.id, execution: right.id, title });
}

async function askForTwo(all: readonly ExecutionState[]): Promise<readonly ExecutionState[]> {
  const left = await ask(all, 'Compare the Output of a Node');
  if (!left) return [];
  const others = all.filter((each) => each !== left);
  const right = await ask(others, withoutIcons(`Compare ${executionName(left)} with`));
  return right ? [left, right] : [];
}

async function ask(from: readonly ExecutionState[], title: string): Promise<ExecutionState | undefined> {
  const items = from.map((execution): Item => ({
    label: withoutIcons(executionName(execution)),
    description: withoutIcons(`${executionLook(execution).word} · ${execution.lastLine}`),
    execution,
  }));
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  return picked?.execution;
}
