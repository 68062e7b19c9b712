import * as vscode from 'vscode';
import type { Origin } from '../../core/inventory/model.ts';
import type { Problem, TextRange } from '../../core/util/problem.ts';
import { withoutIcons } from '../model/plain.ts';
import type { TreeElement } from '../model/tree.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';

const example = `# The nodes of this folder, and how they are reached.
version: 1
defaults:
  user: deploy
  transport: ssh
  connectTimeout: 30s
nodes:
  # A range stands for many nodes: web01, web02, web03.
  web[01-03].example.com: { tags: [web, prod] }
  db01: { host: 10.0.0.5, user: postgres, tags: [db, prod] }
  # A local node runs its commands on this computer.
  here: { transport: local, cwd: . }
groups:
  frontend: { nodes: "web[01-03].example.com" }
  site: { groups: [frontend], nodes: [db01] }
`;

/** Writes a commented example where there is no inventory yet, and opens it. */
export async function createInventory(inventory: InventoryStore): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) {
    const chosen = await vscode.window.showInformationMessage(
      'No folder is open: an inventory belongs to one.',
      'Open Folder…',
    );
    if (chosen) await vscode.commands.executeCommand('vscode.openFolder');
    return;
  }
  const uri = vscode.Uri.joinPath(folder.uri, '.muster', 'inventory.yaml');
  if (!(await exists(uri))) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(example));
  await vscode.window.showTextDocument(uri);
  await inventory.refresh();
}

/** Opens the first problem of the inventory, or the one a person picks. */
export async function goToProblem(inventory: InventoryStore): Promise<void> {
  const { problems } = await inventory.load();
  const placed = problems.filter((problem) => problem.file !== undefined);
  const problem = placed.length > 1 ? await pickProblem(placed) : placed[0];
  if (problem?.file !== undefined) return reveal(problem.file, problem.range);
  if (placed.length === 0) void vscode.window.showInformationMessage('The inventory has no problems.');
}

/** Opens the place where a node or group is written down. */
export async function goToDefinition(element: TreeElement): Promise<void> {
  const origin = originOf(element);
  if (origin) await reveal(origin.source, origin.range);
}

function originOf(element: TreeElement): Origin | undefined {
  if (element.kind === 'node') return element.node.origin;
  return element.kind === 'group' ? element.group.origin : undefined;
}

async function pickProblem(problems: readonly Problem[]): Promise<Problem | undefined> {
  const items = problems.map((problem) => ({
    label: withoutIcons(problem.message),
    description: problem.range ? `line ${problem.range.line}` : '',
    detail: withoutIcons(problem.fix ?? ''),
    problem,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Inventory Problems' }))?.problem;
}

async function reveal(file: string, range: TextRange | undefined): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
  const start = range ? document.positionAt(range.start) : new vscode.Position(0, 0);
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(start, start) });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
