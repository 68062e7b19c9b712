import * as vscode from 'vscode';
import { longestText } from '../../core/journal/entry.ts';
import { plural } from '../../core/run/format.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { withoutIcons } from '../model/plain.ts';
import type { Journals } from '../services/journals.ts';
import { refuseEmpty, showRefusal } from './showRefusal.ts';

/** Asks for a note and writes it into the journal of each node. */
export async function addNote(journals: Journals, nodes: readonly string[]): Promise<void> {
  if (nodes.length === 0) return refuseEmpty();
  const text = await vscode.window.showInputBox({
    title: `Note About ${plural(nodes.length, 'Node')}`,
    prompt: withoutIcons(foldForDisplay(nodes)),
    placeHolder: 'What was done, found or is to be known: RAM replaced, ticket OPS-4711',
    ignoreFocusOut: true,
    validateInput: (typed) => (typed.length > longestText ? `At most ${longestText} characters.` : undefined),
  });
  if (!text?.trim()) return;
  const added = await journals.note(nodes, text);
  if (!added.ok) return showRefusal(added.error);
  vscode.window.setStatusBarMessage(`Noted about ${plural(nodes.length, 'node')}.`, 5000);
}
