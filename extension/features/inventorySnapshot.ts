import * as vscode from 'vscode';
import type { LanguageClient } from 'vscode-languageclient/node';
import type { Inventory } from '../../core/inventory/model.ts';
import type { SourceState } from '../../core/inventory/source.ts';
import { type InventorySnapshot, inventorySnapshot } from '../../core/protocol/languageServer.ts';
import { languageOf } from '../../core/schema/languages.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';

export type SnapshotDeps = {
  readonly inventory: InventoryStore;
  readonly link: EngineLink;
  readonly log: vscode.LogOutputChannel;
};

/** Tells the language server what the engine knows of sources that are no files of ours, now and when that changes. */
export function sendSnapshots(client: LanguageClient, deps: SnapshotDeps): Disposable {
  const { inventory, log } = deps;
  const send = async (): Promise<void> => {
    const state = await inventory.load();
    await client.sendNotification(inventorySnapshot, await snapshotOf(state.index.inventory, deps));
  };
  const report = (error: unknown): void =>
    log.warn(`The language server has no live inventory: ${String(error)}`);
  void send().catch(report);
  return inventory.onDidChange(() => void send().catch(report));
}

async function snapshotOf(known: Inventory, { inventory, link }: SnapshotDeps): Promise<InventorySnapshot> {
  const others = known.sources.filter(isForeign);
  const sources = known.sources
    .filter(({ status, shownAsOf }) => status === 'ok' && shownAsOf === undefined)
    .map(({ id }) => id);
  if (others.length === 0) return { nodes: [], groups: [], sources };
  const engine = await link.client();
  if (!engine.ok) return { nodes: [], groups: [], sources: [] };
  const refs = inventory.state?.sources ?? [];
  const { nodes, groups } = await engine.value.inventory({ sources: refs, vars: true });
  const ids = new Set(others.map(({ id }) => id));
  const isOfOthers = (each: { readonly sources: readonly string[] }): boolean =>
    each.sources.some((id) => ids.has(id));
  return { nodes: nodes.filter(isOfOthers), groups: groups.filter(isOfOthers), sources };
}

/** The server reads the inventories of the workspace itself, also while they are edited. */
function isForeign({ type, ref }: SourceState): boolean {
  const uri = vscode.Uri.file(ref.path);
  const isOurs = type === 'muster' && languageOf(uri.toString()) !== undefined;
  return !isOurs || vscode.workspace.getWorkspaceFolder(uri) === undefined;
}
