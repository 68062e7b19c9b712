import * as vscode from 'vscode';
import type { BatchSummary } from '../../../core/protocol/batch.ts';
import { plural, shortId } from '../../../core/run/format.ts';
import { plainText } from '../../model/plain.ts';
import { shortTitle } from '../../model/titles.ts';
import type { EngineLink } from '../../services/engineLink.ts';
import { showRefusal } from '../showRefusal.ts';

const titleLength = 60;

/** Deletes ended batches after a yes that says what is lost. Gives the ids of those that are gone. */
export async function deleteBatches(
  link: EngineLink,
  batches: readonly BatchSummary[],
): Promise<readonly string[]> {
  const ended = batches.filter(({ status }) => status !== 'running');
  if (ended.length === 0) {
    if (batches.length > 0) void vscode.window.showInformationMessage('It still runs. Cancel it first.');
    return [];
  }
  const yes = await vscode.window.showWarningMessage(
    plainText(question(ended)),
    { modal: true, detail: plainText(whatIsLost(ended, batches.length - ended.length)) },
    'Delete',
  );
  if (yes !== 'Delete') return [];
  const client = await link.client();
  const answer = client.ok
    ? await client.value.deleteBatches({ batches: ended.map(({ id }) => id) })
    : client;
  if (!answer.ok) {
    await showRefusal(answer.error);
    return [];
  }
  const [first] = answer.value.refused;
  if (first) {
    const message = `${plural(answer.value.refused.length, 'batch', 'batches')} not deleted. ${shortId(first.batch)}: ${first.message}`;
    void vscode.window.showWarningMessage(plainText(message));
  }
  return answer.value.deleted;
}

function question(batches: readonly BatchSummary[]): string {
  const [first] = batches;
  if (batches.length !== 1 || !first) return `Delete ${batches.length} batches?`;
  return `Delete batch ${shortId(first.id)}, ${shortTitle(first.title, titleLength)}?`;
}

function whatIsLost(batches: readonly BatchSummary[], running: number): string {
  const nodes = batches.reduce((sum, batch) => sum + batch.nodes, 0);
  const kept = running === 0 ? '' : ` ${plural(running, 'batch', 'batches')} that still run stay.`;
  return `The results and all output of ${plural(nodes, 'node')} are gone for good, for this window and for the command line.${kept}`;
}
