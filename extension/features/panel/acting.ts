import * as vscode from 'vscode';
import type { ToPanel } from '../../../core/protocol/webview.ts';
import type { CommandId } from '../../commandIds.ts';
import type { RunPanelDeps } from './runPanelDeps.ts';

export type Acting = {
  readonly batch: string;
  readonly deps: RunPanelDeps;
  readonly post: (message: ToPanel) => void;
};

export async function command(id: CommandId, ...args: readonly unknown[]): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}

/** The nodes of executions of the batch, in its order; undefined where none are named. */
export function nodesOf(
  executions: readonly string[] | undefined,
  { batch, deps }: Acting,
): readonly string[] | undefined {
  if (executions === undefined) return undefined;
  const wanted = new Set(executions);
  const all = deps.batches.states.get(batch)?.executions ?? [];
  return all.filter(({ id }) => wanted.has(id)).map(({ node }) => node);
}
