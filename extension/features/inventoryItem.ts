import * as vscode from 'vscode';
import { tooltipLines } from '../model/nodePage.ts';
import { type Row, type RowContext, rowOf } from '../model/rows.ts';
import type { TreeElement } from '../model/tree.ts';
import { type NodePages, shorten } from './nodePages.ts';

/** A row as VS Code draws it. The tooltip of a node comes with `withTooltip`: VS Code asks for one that is not set. */
export function treeItem(element: TreeElement, row: Row): vscode.TreeItem {
  const opens = element.kind !== 'node';
  const item = new vscode.TreeItem(
    element.label,
    opens ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None,
  );
  item.id = element.id;
  item.description = row.description;
  if (opens) item.tooltip = row.tooltip;
  item.contextValue = contextOf(element);
  item.accessibilityInformation = { label: row.spoken };
  item.iconPath = row.color
    ? new vscode.ThemeIcon(row.icon, new vscode.ThemeColor(row.color))
    : new vscode.ThemeIcon(row.icon);
  if (row.ticked !== undefined) {
    item.checkboxState = {
      state: row.ticked ? vscode.TreeItemCheckboxState.Checked : vscode.TreeItemCheckboxState.Unchecked,
      accessibilityInformation: { label: row.spoken, role: 'checkbox' },
    };
  }
  return item;
}

/** The row's own lines, then the connection and vars with their places. */
export async function withTooltip(
  item: vscode.TreeItem,
  element: TreeElement,
  { state, pages }: { state: RowContext; pages: NodePages },
): Promise<vscode.TreeItem> {
  if (element.kind !== 'node') return item;
  const { tooltip } = rowOf(element, state);
  const detail = await pages.detail(element.label);
  item.tooltip = detail.ok ? [tooltip, '', ...tooltipLines(detail.value, shorten)].join('\n') : tooltip;
  return item;
}

function contextOf(element: TreeElement): string {
  if (element.kind !== 'source' || element.source.approvals.length === 0) return element.kind;
  return 'source.held';
}
