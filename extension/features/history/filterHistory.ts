import * as vscode from 'vscode';
import { HistoryQuery } from '../../../core/protocol/history.ts';
import { ActionType } from '../../../core/run/action.ts';
import { capitalised } from '../../../core/run/format.ts';
import { expandNames, foldNames } from '../../../core/selection/nodeset.ts';
import {
  filterParts,
  filterText,
  type FilterPart,
  type HistoryFilter,
  partLabel,
  partText,
  spanLabel,
  timeSpans,
} from '../../model/historyFilter.ts';
import { lookOfBatch } from '../../model/looks.ts';
import { withoutIcons } from '../../model/plain.ts';
import type { HistoryState } from '../../services/historyState.ts';

const mostNodes = 5000;

/** Shows how the history is filtered, and lets a person change it, part by part, until they leave with Escape. */
export async function filterHistory(state: HistoryState): Promise<void> {
  for (;;) {
    const picked = await vscode.window.showQuickPick(rowsOf(state.filter), {
      title: 'Filter History',
      placeHolder: 'What to look for; Escape when it is set',
      // It stays while a tree that is drawn anew takes the focus.
      ignoreFocusOut: true,
    });
    if (!picked) return;
    if (picked.part === 'clear') return state.setFilter({});
    const next = await ask[picked.part](state);
    if (next) await state.setFilter(next);
  }
}

type Row = vscode.QuickPickItem & { readonly part: FilterPart | 'clear' };

function rowsOf(filter: HistoryFilter): Row[] {
  const parts = filterParts
    .filter((part) => part !== 'kinds' || ActionType.options.length > 1)
    .map((part): Row => {
      return { part, label: partLabel[part], description: withoutIcons(partText(filter, part) || 'any') };
    });
  const clear: Row = { part: 'clear', label: '$(clear-all) Clear Filter' };
  return filterText(filter) === '' ? parts : [...parts, clear];
}

/** Each asks for a part. Undefined where it is left as it was. */
const ask: Readonly<Record<FilterPart, (state: HistoryState) => Promise<HistoryFilter | undefined>>> = {
  async statuses({ filter: { statuses: before, ...rest } }) {
    const all = HistoryQuery.shape.statuses.unwrap().element.options;
    const items = all.map((status) => ({
      status,
      label: lookOfBatch(status).word,
      iconPath: new vscode.ThemeIcon(lookOfBatch(status).icon),
      picked: before?.includes(status) ?? false,
    }));
    const picked = await pickMany(items, 'Batches That Ended As');
    if (!picked) return undefined;
    const statuses = picked.map(({ status }) => status);
    return statuses.length === 0 ? rest : { ...rest, statuses };
  },
  async kinds({ filter: { kinds: before, ...rest } }) {
    const items = ActionType.options.map((action) => ({
      action,
      label: action,
      picked: before?.includes(action) ?? false,
    }));
    const picked = await pickMany(items, 'Batches That Did');
    if (!picked) return undefined;
    const kinds = picked.map(({ action }) => action);
    return kinds.length === 0 ? rest : { ...rest, kinds };
  },
  async time({ filter: { time: _before, ...rest } }) {
    const spans = timeSpans.map((span) => ({ span, label: capitalised(spanLabel[span]) }));
    const items = [{ span: undefined, label: 'Any time' }, ...spans];
    const picked = await vscode.window.showQuickPick(items, { title: 'Batches That Began' });
    if (!picked) return undefined;
    return picked.span === undefined ? rest : { ...rest, time: picked.span };
  },
  async user({ filter: { user: before, ...rest }, history }) {
    const seen = [...new Set(history?.batches.map(({ user }) => user))].join(', ');
    const prompt = `The whole login name. Empty: anybody. ${seen === '' ? '' : `Here: ${seen}`}`;
    const user = await askText('Batches That Were Run By', { prompt, value: before });
    if (user === undefined) return undefined;
    return user === '' ? rest : { ...rest, user };
  },
  async nodes({ filter: { nodes: before, ...rest } }) {
    const value = before && foldNames(before);
    const prompt = 'Names of nodes, with ranges: web[01-20],db01. Empty: any node.';
    const check = (text: string): string | undefined => expandNames(text, mostNodes).problems[0]?.message;
    const text = await askText('Batches That Ran On', { prompt, value, check });
    if (text === undefined) return undefined;
    const { names } = expandNames(text, mostNodes);
    return names.length === 0 ? rest : { ...rest, nodes: names };
  },
  async text({ filter: { text: before, ...rest } }) {
    const prompt = 'A part of what a node wrote to stdout or stderr, whatever its case. Empty: any output.';
    const text = await askText('Batches in Whose Output There Is', { prompt, value: before });
    if (text === undefined) return undefined;
    return text === '' ? rest : { ...rest, text };
  },
};

function pickMany<T extends vscode.QuickPickItem>(items: T[], title: string): Thenable<T[] | undefined> {
  return vscode.window.showQuickPick(items, { title, canPickMany: true, placeHolder: 'None ticked: any' });
}

type Asked = {
  readonly prompt: string;
  readonly value: string | undefined;
  readonly check?: (text: string) => string | undefined;
};

async function askText(title: string, { prompt, value = '', check }: Asked): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title,
    prompt,
    value,
    ignoreFocusOut: true,
    validateInput: (given) => (given.trim() === '' ? undefined : check?.(given.trim())),
  });
  return text?.trim();
}
