import * as vscode from 'vscode';
import type { BatchSummary } from '../../core/protocol/batch.ts';
import { lookOfBatch } from '../model/looks.ts';
import { withoutIcons } from '../model/plain.ts';
import { batchDescription } from '../model/historyRows.ts';
import type { BatchStore } from '../services/batchStore.ts';
import type { EngineLink } from '../services/engineLink.ts';
import { viewer } from './history/historyItem.ts';
import { showRefusal } from './showRefusal.ts';

/** Stops everything of a batch. The engine answers at once; how each process ended is seen in the panel. */
export async function cancelBatch(link: EngineLink, batch: string): Promise<void> {
  const client = await link.client();
  const answer = client.ok ? await client.value.cancel({ batch, which: 'all' }) : client;
  if (!answer.ok) await showRefusal(answer.error);
}

/** Lets a person pick one of the batches that fit. Undefined when there is none or none is picked. */
export async function pickBatch(
  link: EngineLink,
  title: string,
  fits: (batch: BatchSummary) => boolean = () => true,
): Promise<string | undefined> {
  const items = await itemsFor(link, fits);
  return items && (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.batch.id;
}

/** Lets a person tick ended batches. */
export async function pickBatches(link: EngineLink, title: string): Promise<readonly BatchSummary[]> {
  const items = await itemsFor(link, ({ status }) => status !== 'running');
  const options = { title, matchOnDescription: true, canPickMany: true } as const;
  const picked = items && (await vscode.window.showQuickPick(items, options));
  return picked?.map(({ batch }) => batch) ?? [];
}

type BatchItem = vscode.QuickPickItem & { readonly batch: BatchSummary };

/** Undefined where there is none: that is said. */
async function itemsFor(
  link: EngineLink,
  fits: (batch: BatchSummary) => boolean,
): Promise<BatchItem[] | undefined> {
  const client = await link.client();
  if (!client.ok) {
    await showRefusal(client.error);
    return undefined;
  }
  const batches = (await client.value.batches()).filter(fits);
  if (batches.length === 0) {
    void vscode.window.showInformationMessage('There is no such batch.');
    return undefined;
  }
  return batches.map((batch) => ({
    label: withoutIcons(batch.title),
    description: withoutIcons(batchDescription(batch, viewer())),
    iconPath: new vscode.ThemeIcon(lookOfBatch(batch.status).icon),
    batch,
  }));
}

/** Lets a person pick a node of a batch: gives the id of its execution. */
export async function pickExecution(batches: BatchStore, batch: string): Promise<string | undefined> {
  const state = await batches.open(batch);
  if (!state.ok) {
    await showRefusal(state.error);
    return undefined;
  }
  const items = state.value.executions.map((execution) => ({
    label: withoutIcons(execution.node),
    description: withoutIcons(`${execution.status} ${execution.lastLine}`),
    id: execution.id,
  }));
  return (
    await vscode.window.showQuickPick(items, { title: 'Open Output of Node', matchOnDescription: true })
  )?.id;
}
