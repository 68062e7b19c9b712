import * as vscode from 'vscode';
import { plural } from '../../core/run/format.ts';
import { foldWithin } from '../model/foldWithin.ts';
import { plainText } from '../model/plain.ts';
import type { EngineLink } from '../services/engineLink.ts';
import { showRefusal } from './showRefusal.ts';

const foldedAtMost = 60;

/** Goes back to the nodes of an ended batch where a process may still run, and says what was found. */
export async function stopAgain(link: EngineLink, batch: string): Promise<void> {
  const title = 'Stopping what may still run';
  const location = vscode.ProgressLocation.Notification;
  const answer = await vscode.window.withProgress({ location, title }, async () => {
    const client = await link.client();
    return client.ok ? client.value.stopAgain({ batch }) : client;
  });
  if (!answer.ok) return showRefusal(answer.error);
  const { stopped, running } = answer.value;
  const gone = `Stopped on ${plural(stopped.length, 'node')}: nothing is left there.`;
  const [first] = running;
  if (!first) return void vscode.window.showInformationMessage(gone);
  const names = foldWithin(
    running.map(({ node }) => node),
    foldedAtMost,
  );
  const left = `May still run on ${names}. ${first.node}: ${first.message}.`;
  void vscode.window.showWarningMessage(plainText(stopped.length > 0 ? `${gone} ${left}` : left));
}
