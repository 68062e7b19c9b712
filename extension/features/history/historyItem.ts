import * as os from 'node:os';
import * as vscode from 'vscode';
import { plural } from '../../../core/run/format.ts';
import type { CommandId } from '../../commandIds.ts';
import type { BatchElement, HistoryElement } from '../../model/historyElement.ts';
import { batchFacts, batchRow, executionRow, type HistoryRow } from '../../model/historyRows.ts';
import { foldWithin } from '../../model/foldWithin.ts';
import { firstExecutions } from '../../services/historyPages.ts';
import type { EngineLink } from '../../services/engineLink.ts';

const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
const foldedAtMost = 400;
const tooltipNodes = 1000;

/** A row as VS Code draws it. */
export function historyItem(element: HistoryElement): vscode.TreeItem {
  switch (element.kind) {
    case 'day': {
      const item = itemOf(element, { label: element.label, state: Expanded });
      item.accessibilityInformation = {
        label: `${element.label}, ${plural(element.batches.length, 'batch', 'batches')}`,
      };
      return item;
    }
    case 'batch':
      return ofRow(element, batchRow(element.summary, viewer()), {
        state: Collapsed,
        command: command('muster.openBatch', 'Open Batch', element),
      });
    case 'execution': {
      const row = executionRow(element.execution);
      const item = ofRow(element, row, {
        state: None,
        command: command('muster.openOutput', 'Open Output', element),
      });
      item.tooltip = `${row.label}\n${row.description}`;
      return item;
    }
    case 'more': {
      const item = itemOf(element, { label: 'Show more', state: None });
      item.description = `${plural(element.left, 'more', 'more')} ${element.batch ? 'nodes' : 'batches'}`;
      item.iconPath = new vscode.ThemeIcon('ellipsis');
      item.command = command('muster.showMoreHistory', 'Show More', element);
      return item;
    }
    case 'problem': {
      const item = itemOf(element, { label: element.text, state: None });
      item.tooltip = `${element.text}\nClick to try again.`;
      item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('charts.red'));
      item.command = command('muster.refreshHistory', 'Try Again', element);
      return item;
    }
  }
}

/** What a batch is, and on which nodes it ran: asked for when a person wants to know. */
export async function batchTooltip(link: EngineLink, { id, summary }: BatchElement): Promise<string> {
  const found = await firstExecutions(link, id, tooltipNodes);
  const nodes = found.ok ? found.value.rows.map(({ node }) => node) : [];
  const rest =
    summary.nodes > nodes.length && nodes.length > 0 ? ` and ${summary.nodes - nodes.length} more` : '';
  const line = nodes.length === 0 ? [] : [foldWithin(nodes, foldedAtMost) + rest];
  return [...batchFacts(summary), ...line].join('\n');
}

/** Who looks at the history now. */
export function viewer(): { readonly now: number; readonly user: string } {
  return { now: Date.now(), user: os.userInfo().username };
}

type Shape = { readonly state: vscode.TreeItemCollapsibleState; readonly command?: vscode.Command };

function ofRow(element: HistoryElement, row: HistoryRow, shape: Shape): vscode.TreeItem {
  const item = itemOf(element, { label: row.label, state: shape.state });
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(row.icon, new vscode.ThemeColor(row.color));
  item.contextValue = row.context;
  item.accessibilityInformation = { label: row.spoken };
  if (shape.command) item.command = shape.command;
  return item;
}

function itemOf(
  { key, kind }: HistoryElement,
  { label, state }: { readonly label: string; readonly state: vscode.TreeItemCollapsibleState },
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, state);
  item.id = key;
  item.contextValue = kind;
  return item;
}

function command(id: CommandId, title: string, element: HistoryElement): vscode.Command {
  return { command: id, title, arguments: [element] };
}
