import * as vscode from 'vscode';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { FromPanel } from '../../../core/protocol/fromPanel.ts';
import type { Result } from '../../../core/util/errors.ts';
import { inventoryViewId } from '../../commandIds.ts';
import type { RunPanelDeps } from './runPanelDeps.ts';
import { type Acting, command, nodesOf } from './acting.ts';
import { openForPanel } from './openForPanel.ts';
import { exportBatch } from '../exportBatch.ts';
import { saveTable } from '../saveTable.ts';
import { stopAgain } from '../stopAgain.ts';

type Question = Extract<FromPanel, { type: 'output' | 'answers' | 'search' | 'table' }>;
type Deed = Exclude<FromPanel, Question | { type: 'ready' }>;

/** Does what a panel asks for. Its messages have been validated. */
export async function actForPanel(
  message: Exclude<FromPanel, { type: 'ready' }>,
  acting: Acting,
): Promise<void> {
  switch (message.type) {
    case 'output':
    case 'answers':
    case 'search':
    case 'table':
      return answer(message, acting);
    default:
      return act(message, acting);
  }
}

/** What a panel wants to know, from the engine. */
async function answer(message: Question, { batch, deps, post }: Acting): Promise<void> {
  switch (message.type) {
    case 'output': {
      const { execution, from, limit, window } = message;
      const page = await tell(deps, (client) => client.output({ batch, execution, from, limit }));
      if (page.ok) post({ type: 'output', page: page.value, window });
      return;
    }
    case 'answers': {
      const { type: _type, ...query } = message;
      const answers = await tell(deps, (client) => client.answers({ batch, ...query }));
      if (answers.ok) post({ type: 'answers', answers: answers.value });
      return;
    }
    case 'search': {
      const { type: _type, id, ...query } = message;
      const page = await tell(deps, (client) => client.search({ batch, ...query }));
      const found = page.ok ? { page: page.value, problem: '' } : { problem: page.error.message };
      return post({ type: 'found', id, ...found });
    }
    case 'table': {
      const { type: _type, id, ...query } = message;
      const table = await tell(deps, (client) => client.table({ batch, ...query }));
      const read = table.ok ? { table: table.value, problem: '' } : { problem: table.error.message };
      return post({ type: 'table', id, ...read });
    }
  }
}

async function act(message: Deed, acting: Acting): Promise<void> {
  const { batch, deps } = acting;
  switch (message.type) {
    case 'cancel': {
      const { which, execution } = message;
      await tell(deps, (client) => client.cancel({ batch, which, execution }));
      return;
    }
    case 'compare':
    case 'compareTwo':
    case 'node':
    case 'openBatch':
    case 'openOutput':
    case 'openPlaybook':
    case 'permit':
    case 'showLog':
      return openForPanel(message, acting);
    case 'saveTable':
      return saveTable(batch, message.rows);
    case 'selectNodes':
      return selectNodes(message.executions, acting);
    case 'rerun':
      return command(
        'muster.rerun',
        batch,
        message.which,
        nodesOf(message.executions, acting),
        message.timeoutMs,
      );
    case 'export':
      return exportBatch(deps.link, batch, nodesOf(message.executions, acting));
    case 'reach':
      return command('muster.checkReachability', nodesOf(message.executions, acting));
    case 'copy':
      return vscode.env.clipboard.writeText(message.text);
    case 'reviewHostKeys':
      return deps.prompts.review(batch);
    case 'control': {
      const { control } = message;
      await tell(deps, (client) => client.control({ batch, control }));
      return;
    }
    case 'stopAgain':
      return stopAgain(deps.link, batch);
  }
}

/** Ticks nodes of the batch in the tree, in place of what is ticked, and shows it. */
async function selectNodes(executions: readonly string[], acting: Acting): Promise<void> {
  const { deps } = acting;
  const nodes = nodesOf(executions, acting) ?? [];
  if (nodes.length === 0) return;
  deps.selection.replace({ nodes });
  await vscode.commands.executeCommand(`${inventoryViewId}.focus`);
}

/** Asks the engine; what it refuses goes to the log, as the panel shows what is so anyway. */
async function tell<T>(
  deps: RunPanelDeps,
  ask: (client: EngineClient) => Promise<Result<T>>,
): Promise<Result<T>> {
  const client = await deps.link.client();
  const answer = client.ok ? await ask(client.value) : client;
  if (!answer.ok) deps.log.warn(answer.error.message);
  return answer;
}
