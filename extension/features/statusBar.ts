import * as vscode from 'vscode';
import { completed } from '../../core/run/state.ts';
import { plural } from '../../core/run/format.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { statusText } from '../model/statusText.ts';
import { plainText, withoutIcons } from '../model/plain.ts';
import type { BatchStore } from '../services/batchStore.ts';
import { coalesce } from '../services/coalesce.ts';
import type { SelectionModel } from '../services/selectionModel.ts';
import { setContext } from '../services/setContext.ts';
import type { RuleState } from '../services/ruleState.ts';
import type { BatchEnds } from './batchEnds.ts';
import type { InventoryView } from './inventoryView.ts';

export type StatusBarDeps = {
  readonly batches: BatchStore;
  readonly selection: SelectionModel;
  readonly ends: BatchEnds;
  readonly rules: RuleState;
  readonly view: InventoryView;
};

const repaintMs = 250;

/** One item at the left, the badge of the activity bar and the context keys that follow running batches. */
export function showStatus(deps: StatusBarDeps): Disposable {
  const { batches, selection, ends, rules, view } = deps;
  const item = vscode.window.createStatusBarItem('muster.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Muster';

  const repaint = coalesce(repaintMs, () => {
    const running = [...batches.states.values()].filter((state) => state.status === 'running');
    const selected = [...selection.ticks];
    setContext('muster.batchActive', running.length > 0);
    setContext('muster.selectedCount', selected.length);
    view.setBadge(
      running.length === 0
        ? undefined
        : { value: running.length, tooltip: `${plural(running.length, 'batch', 'batches')} running` },
    );
    const closed = rules.state?.closed[0]?.message;
    setContext('muster.frozen', rules.state?.frozen !== undefined);
    const progress = {
      batches: running.length,
      completed: running.reduce((sum, state) => sum + completed(state), 0),
      nodes: running.reduce((sum, state) => sum + state.executions.length, 0),
    };
    paint(
      item,
      statusText({
        selected: running.length > 0 ? [] : selected.map(withoutIcons),
        running: progress,
        closed: closed === undefined ? undefined : plainText(closed),
        unseenFailure: ends.unseen?.message,
      }),
    );
    const batch = running[0]?.id ?? ends.unseen?.batch;
    item.command = running.length === 0 && closed !== undefined ? openPolicy : commandFor(batch);
  });

  const owned: Disposable[] = [
    item,
    repaint,
    batches.onDidChange(repaint),
    selection.onDidChange(repaint),
    ends.onDidChange(repaint),
    rules.onDidChange(repaint),
  ];
  repaint();
  return { dispose: () => owned.forEach((each) => each.dispose()) };
}

function paint(item: vscode.StatusBarItem, status: ReturnType<typeof statusText>): void {
  if (!status) return item.hide();
  item.text = status.text;
  item.tooltip = status.tooltip;
  item.accessibilityInformation = { label: `Muster: ${status.text.replaceAll(/\$\([^)]*\) /g, '')}` };
  item.backgroundColor = status.warning
    ? new vscode.ThemeColor('statusBarItem.warningBackground')
    : undefined;
  item.show();
}

const openPolicy: vscode.Command = { command: 'muster.openPolicy', title: 'Open Policy…' };

function commandFor(batch: string | undefined): vscode.Command {
  if (batch === undefined) return { command: 'muster.run', title: 'Run on Selected Nodes…' };
  return { command: 'muster.openBatch', title: 'Open Batch', arguments: [batch] };
}
