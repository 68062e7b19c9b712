import * as vscode from 'vscode';
import { parseUntil } from '../../core/policy/until.ts';
import type { FreezeRequest } from '../../core/protocol/policy.ts';
import { formatTime } from '../../core/schema/time.ts';
import { plainText } from '../model/plain.ts';
import type { EngineLink } from '../services/engineLink.ts';
import type { InventoryStore } from '../services/inventoryStore.ts';
import type { RuleState } from '../services/ruleState.ts';
import { refuseUntrusted, showRefusal } from './showRefusal.ts';

export type FreezeDeps = {
  readonly link: EngineLink;
  readonly inventory: InventoryStore;
  readonly rules: RuleState;
};

/** Asks why and until when, and lets nothing start from then on, here and at the command line. */
export async function freeze(deps: FreezeDeps): Promise<void> {
  const reason = await vscode.window.showInputBox({
    title: 'Freeze',
    prompt: 'Why nothing may start, for whoever meets it',
    placeHolder: 'Year-end closing',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'Say why.' : undefined),
  });
  if (reason === undefined) return;
  const text = await vscode.window.showInputBox({
    title: 'Freeze',
    prompt: 'Until when: 2h, 18:00, 2026-12-24 18:00. Empty: until it is ended',
    ignoreFocusOut: true,
    validateInput: untilProblem,
  });
  if (text === undefined) return;
  const until = text === '' ? undefined : parseUntil(text, Date.now());
  await set(deps, { freeze: { reason, ...(until !== undefined && { until }) } });
}

/** Ends the freeze that a person made; those of files are taken out of the files. */
export async function unfreeze(deps: FreezeDeps): Promise<void> {
  await set(deps, {});
  const [left] = deps.rules.state?.closed ?? [];
  if (left)
    await showRefusal({
      code: 'DENIED',
      message: left.message,
      details: { verdict: 'deny', reasons: [left] },
    });
}

function untilProblem(text: string): string | vscode.InputBoxValidationMessage | undefined {
  if (text === '') return undefined;
  const until = parseUntil(text, Date.now());
  if (until === undefined || until <= Date.now()) return `${plainText(text)} is not a time to come.`;
  return { message: `Until ${formatTime(until)}`, severity: vscode.InputBoxValidationSeverity.Info };
}

async function set({ link, rules }: FreezeDeps, request: FreezeRequest): Promise<void> {
  if (!vscode.workspace.isTrusted) return refuseUntrusted();
  const client = await link.client();
  const done = client.ok ? await client.value.freeze(request) : client;
  if (!done.ok) return showRefusal(done.error);
  await rules.refresh();
}

const example = `# Rules of this folder. They can only make things stricter than your own and those of the machine.
version: 1
# More nodes than this need a yes; more than that their number typed.
confirmAbove: 10
typedAbove: 100
protectedTags: [protected]
rules:
  - name: think before a reboot
    command: '\\b(reboot|shutdown)\\b'
    decision: typed-confirm
`;

/** Opens one of the policy files that count here; makes that of the workspace where there is none. */
export async function openPolicy({ link, inventory }: FreezeDeps): Promise<void> {
  const { sources } = await inventory.load();
  const client = await link.client();
  if (!client.ok) return showRefusal(client.error);
  const { files } = await client.value.policy({ sources });
  const present = files
    .filter(({ status }) => status !== 'none')
    .map(({ file, level, status }) => ({
      label: file,
      description: status === 'ok' ? level : `${level}, ${status}`,
    }));
  const folder = vscode.workspace.workspaceFolders?.[0];
  const own = folder && vscode.Uri.joinPath(folder.uri, '.muster', 'policy.yaml');
  const isNew = own !== undefined && !present.some(({ label }) => label === own.fsPath);
  const create = isNew ? [{ label: '$(add) New policy.yaml in this folder' }] : [];
  const chosen = await vscode.window.showQuickPick([...present, ...create], { title: 'Open Policy' });
  if (!chosen) return;
  if (!create.some(({ label }) => label === chosen.label)) {
    await vscode.window.showTextDocument(vscode.Uri.file(chosen.label));
  } else if (own) {
    await vscode.workspace.fs.writeFile(own, new TextEncoder().encode(example));
    await vscode.window.showTextDocument(own);
  }
}
