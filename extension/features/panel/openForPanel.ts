import * as vscode from 'vscode';
import type { FromPanel } from '../../../core/protocol/fromPanel.ts';
import { type Acting, command, nodesOf } from './acting.ts';
import { compareTwo } from './compareTwo.ts';
import { openPlaybook } from './openPlaybook.ts';

/** What opens something beside the panel. */
export type Opening = Extract<
  FromPanel,
  {
    type:
      'compare' | 'compareTwo' | 'node' | 'openBatch' | 'openOutput' | 'openPlaybook' | 'permit' | 'showLog';
  }
>;

const nodeCommands = {
  terminal: 'muster.openTerminal',
  journal: 'muster.showJournal',
  page: 'muster.openNodePage',
} as const;

export async function openForPanel(message: Opening, acting: Acting): Promise<void> {
  const { batch, deps } = acting;
  switch (message.type) {
    case 'compare':
      return deps.documents.compare(batch, message);
    case 'node': {
      const [node] = nodesOf([message.execution], acting) ?? [];
      if (node !== undefined) await command(nodeCommands[message.does], node);
      return;
    }
    case 'permit':
      if (message.by === 'policy') return command('muster.openPolicy');
      return void (await vscode.commands.executeCommand('workbench.trust.manage'));
    case 'compareTwo':
      return compareTwo(message.executions, acting);
    case 'openPlaybook':
      return openPlaybook(deps.batches.states.get(batch), message.step);
    case 'showLog':
      return command('muster.showLogOfBatch', batch);
    case 'openBatch':
      return command('muster.openBatch', message.batch);
    case 'openOutput':
      return deps.documents.open(batch, message);
  }
}
