import * as vscode from 'vscode';
import type { InventoryIndex } from '../core/inventory/model.ts';
import { foldNames } from '../core/selection/nodeset.ts';
import { selectionOf } from '../core/selection/write.ts';
import type { CommandId } from './commandIds.ts';
import type { CommandDeps, Handler } from './commandDeps.ts';
import { addNote } from './features/addNote.ts';
import { askAndEdit } from './features/editInventory.ts';
import { filterInventory } from './features/filterInventory.ts';
import { createInventory, goToDefinition, goToProblem } from './features/inventoryFile.ts';
import { nodesMeant, nodesMeantIn } from './features/nodesMeant.ts';
import { checkReachability } from './features/reachability.ts';
import { askSelection } from './features/run/askSelection.ts';
import { refuseEmpty } from './features/showRefusal.ts';
import { allowSources } from './features/sources.ts';
import { useInventory } from './features/useInventory.ts';
import { openInRemoteSsh, openTerminals } from './features/terminals.ts';
import { nodesOf, setOf, setTerm } from './model/expression.ts';
import { plainText } from './model/plain.ts';
import { invertTicks, isWhole, matchTicks, toggled, viaSets } from './model/ticks.ts';
import type { FileCommandId } from './fileCommands.ts';
import { isRow, rowsOf } from './model/rowsOf.ts';
import type { Fleet } from './model/sshCommand.ts';

type Commands<Id extends CommandId> = Readonly<Record<Id, Handler>>;

type SelectionCommandId = Extract<
  CommandId,
  `muster.${string}Selection` | `muster.select${string}` | 'muster.whySelected'
>;

/** Commands that tick nodes. */
function selectionCommands(deps: CommandDeps): Commands<SelectionCommandId> {
  const { selection, saved } = deps;
  return {
    'muster.selectAll': async () => selection.change([{ names: await tickableNodes(deps), ticked: true }]),
    'muster.selectHighlighted': () => tickHighlighted(deps),
    'muster.clearSelection': () => selection.replace({}),
    'muster.invertSelection': async () =>
      selection.replace({ nodes: invertTicks(selection.ticks, await tickableNodes(deps)) }),
    'muster.selectByExpression': () => selectByExpression(deps),
    'muster.saveSelection': () => saved.save(),
    'muster.applySelection': () => saved.apply(),
    'muster.whySelected': (...args) => whySelected(deps, args),
  };
}

type ViewCommandId = Extract<
  CommandId,
  `muster.view${string}` | `muster.${string}Filter` | 'muster.filterInventory'
>;

/** Commands that change how the tree is looked at. */
function viewCommands(deps: CommandDeps): Commands<ViewCommandId> {
  const { viewState } = deps;
  const filter = (): Promise<void> => filterInventory(deps);
  return {
    'muster.viewByGroup': () => viewState.setMode('group'),
    'muster.viewByTag': () => viewState.setMode('tag'),
    'muster.viewBySource': () => viewState.setMode('source'),
    'muster.viewFlat': () => viewState.setMode('flat'),
    'muster.viewByGroup.on': () => viewState.setMode('group'),
    'muster.viewByTag.on': () => viewState.setMode('tag'),
    'muster.viewBySource.on': () => viewState.setMode('source'),
    'muster.viewFlat.on': () => viewState.setMode('flat'),
    'muster.filterInventory': filter,
    'muster.changeFilter': filter,
    'muster.clearFilter': () => viewState.setFilter(undefined),
  };
}

type NodeCommandId = Extract<
  Exclude<CommandId, FileCommandId>,
  | `muster.${'add' | 'remove' | 'check' | 'copy' | 'goToDef'}${string}`
  | `muster.open${'NodePage' | 'Terminal' | 'InRemoteSsh'}`
  | 'muster.showJournal'
  | 'muster.moreJournal'
>;

/** Commands on nodes of the tree. */
function nodeCommands(deps: CommandDeps): Commands<NodeCommandId> {
  const { inventory, pages } = deps;
  const index = async (): Promise<InventoryIndex> => (await inventory.load()).index;
  const fleet = async (): Promise<Fleet> => ({ index: await index(), knownHosts: deps.settings.knownHosts });
  const nodeOf = (args: readonly unknown[]): string | undefined => {
    const [row] = rowsOf(args);
    if (typeof args[0] === 'string') return args[0];
    return row?.kind === 'node' ? row.label : undefined;
  };
  return {
    'muster.goToDefinition': async (...args) => {
      const [row] = rowsOf(args);
      if (row) await goToDefinition(row);
    },
    'muster.openNodePage': async (...args) => {
      const node = nodeOf(args) ?? (await pickNode(deps, 'Open Node Page'));
      if (node !== undefined) await pages.open(node);
    },
    'muster.checkReachability': async (...args) => {
      const nodes = await nodesFor(deps, args);
      if (nodes) await checkReachability(nodes.length > 0 ? nodes : await shownNodes(deps), deps);
    },
    'muster.openTerminal': async (...args) => {
      const nodes = await nodesFor(deps, args);
      if (nodes?.length === 0) return refuseEmpty();
      if (nodes) await openTerminals(nodes, await fleet(), deps);
    },
    'muster.openInRemoteSsh': async (...args) => {
      const node = nodeOf(args);
      if (node !== undefined) await openInRemoteSsh(node, await fleet(), deps);
    },
    'muster.addNote': async (...args) => addNote(deps.journals, await chosenNodes(deps, args)),
    'muster.addNoteToShown': async () => {
      const { node } = deps.journalView;
      if (node !== undefined) await addNote(deps.journals, [node]);
    },
    'muster.showJournal': async (...args) => {
      const node = nodeOf(args) ?? (await pickNode(deps, 'Show Journal of Node'));
      if (node !== undefined) await deps.journalView.show(node);
    },
    'muster.moreJournal': () => deps.journalView.more(),
    'muster.addTag': async (...args) => askAndEdit('add-tag', await chosenNodes(deps, args), deps),
    'muster.removeTag': async (...args) => askAndEdit('remove-tag', await chosenNodes(deps, args), deps),
    'muster.addToGroup': async (...args) => askAndEdit('add-to-group', await chosenNodes(deps, args), deps),
    'muster.removeFromGroup': async (...args) =>
      askAndEdit('remove-from-group', await chosenNodes(deps, args), deps),
    'muster.copyNodeNames': async (...args) =>
      vscode.env.clipboard.writeText(foldNames(nodesOf(rowsOf(args), await index()))),
  };
}

/** Commands of the inventory view. */
export function inventoryCommands(
  deps: CommandDeps,
): Commands<
  | SelectionCommandId
  | ViewCommandId
  | NodeCommandId
  | 'muster.allowSources'
  | 'muster.refreshInventory'
  | 'muster.createInventory'
  | 'muster.openDemo'
  | 'muster.useInventory'
  | 'muster.goToInventoryProblem'
> {
  const { link, inventory } = deps;
  return {
    ...selectionCommands(deps),
    ...viewCommands(deps),
    ...nodeCommands(deps),
    'muster.allowSources': (row) =>
      allowSources(link, inventory, isRow(row) && row.kind === 'source' ? row.source.id : undefined),
    'muster.refreshInventory': () => inventory.refresh(),
    'muster.createInventory': () => createInventory(inventory),
    'muster.openDemo': () => deps.demo.open(),
    'muster.useInventory': (entry) => useInventory(inventory, deps.settings, entry),
    'muster.goToInventoryProblem': () => goToProblem(inventory),
  };
}

/** The highlighted node, or one that a person picks. */
async function pickNode(deps: CommandDeps, title: string): Promise<string | undefined> {
  const highlighted = deps.highlighted().find(({ kind }) => kind === 'node');
  if (highlighted) return highlighted.label;
  return vscode.window.showQuickPick(await shownNodes(deps), { title });
}

/** Nodes that the tree shows: those of the filter, else all. */
async function shownNodes({ inventory, viewState }: CommandDeps): Promise<readonly string[]> {
  const names = [...(await inventory.load()).index.nodes.keys()];
  const only = viewState.filter?.nodes;
  return only ? names.filter((name) => only.has(name)) : names;
}

/** What all nodes means: as in an expression, this computer is not among them unless nothing else is shown. */
async function tickableNodes(deps: CommandDeps): Promise<readonly string[]> {
  const { index } = await deps.inventory.load();
  const shown = await shownNodes(deps);
  const remote = shown.filter((name) => index.nodes.get(name)?.connection.transport !== 'local');
  return remote.length > 0 ? remote : shown;
}

/** What a click on the boxes of the highlighted rows would do. */
function tickHighlighted({ inventory, selection, highlighted }: CommandDeps): void {
  const { state } = inventory;
  if (!state) return;
  const changes = highlighted().map((row) => {
    const set = setOf(row);
    return toggled(row.nodes, selection.ticks, set && isWhole(set, row.nodes, state.index) ? set : undefined);
  });
  selection.change(changes.filter(({ names }) => names.length > 0));
}

/** The nodes that a lens means; undefined where it means none, or a person left a question. */
async function nodesFor(deps: CommandDeps, args: readonly unknown[]): Promise<readonly string[] | undefined> {
  const meant = nodesMeantIn(args);
  return meant ? (await nodesMeant(meant, deps))?.nodes : chosenNodes(deps, args);
}

/** The rows that a command was called on, else the ticked nodes, else the highlighted rows. */
async function chosenNodes(deps: CommandDeps, args: readonly unknown[]): Promise<readonly string[]> {
  const { index } = await deps.inventory.load();
  const [name] = args;
  if (typeof name === 'string' && index.nodes.has(name)) return [name];
  if (Array.isArray(name)) return name.filter((each) => typeof each === 'string' && index.nodes.has(each));
  const rows = rowsOf(args);
  if (rows.length > 0) return nodesOf(rows, index);
  const ticked = matchTicks(deps.selection.ticks, [...index.nodes.keys()]).present;
  return ticked.length > 0 ? ticked : nodesOf(deps.highlighted(), index);
}

async function selectByExpression({ inventory, selection, link }: CommandDeps): Promise<void> {
  const { index } = await inventory.load();
  const ticked = matchTicks(selection.ticks, [...index.nodes.keys()]).present;
  const chosen = await askSelection({ inventory, link }, selectionOf(ticked, index));
  if (chosen) selection.replace({ nodes: chosen.nodes });
}

/** Says how a node came to be ticked. */
async function whySelected({ inventory, selection }: CommandDeps, [row]: readonly unknown[]): Promise<void> {
  if (!isRow(row) || row.kind !== 'node') return;
  const { index } = await inventory.load();
  const via = viaSets(row.label, selection.ticked, index).map(setTerm);
  const name = plainText(row.label);
  const why = selection.ticked.nodes.has(row.label)
    ? `${name} was ticked itself.`
    : via.length > 0
      ? `${name} is ticked because it is in ${plainText(via.join(' and '))}.`
      : `${name} is not ticked.`;
  void vscode.window.showInformationMessage(why);
}
