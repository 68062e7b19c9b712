import * as vscode from 'vscode';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { Plan } from '../../../core/run/plan.ts';
import { personalSecrets } from '../../../core/run/personalSecrets.ts';
import { refuse } from '../../../core/util/errors.ts';
import { plainText, withoutIcons } from '../../model/plain.ts';
import { createStoredSecrets, type StoredSecrets } from '../../model/storedSecrets.ts';

type Secrets = Readonly<Record<string, string>>;

/** A client that asks for the secrets of a plan that did not come with it, whatever started the plan. */
export function askingSecrets(client: EngineClient, storage: vscode.SecretStorage): EngineClient {
  const stored = createStoredSecrets(storage);
  return {
    ...client,
    async start(request) {
      const secrets = await giveSecrets(request.plan, request.secrets ?? {}, stored);
      if (!secrets) return refuse('INPUT_MISSING', 'Nothing was started: a secret was not given.');
      return client.start(Object.keys(secrets).length === 0 ? request : { ...request, secrets });
    },
  };
}

/** Undefined when a person leaves a question. */
async function giveSecrets(
  plan: Plan,
  given: Secrets,
  stored: StoredSecrets,
): Promise<Record<string, string> | undefined> {
  const secrets = { ...given };
  for (const { name, label, storedFor } of personalSecrets(plan.action)) {
    if (secrets[name] !== undefined) continue;
    const key = storedFor === undefined ? undefined : { file: storedFor, name };
    const known = key && (await stored.get(key));
    const value = known ?? (await ask(name, label, key !== undefined));
    if (value === undefined) return undefined;
    secrets[name] = value;
    if (key && known === undefined && !(await stored.keep(key, value))) sayNotKept(name);
  }
  return secrets;
}

async function ask(name: string, label: string, isKept: boolean): Promise<string | undefined> {
  const kept = isKept ? ' It is kept in the secret storage of this computer.' : '';
  const answer = await vscode.window.showInputBox({
    title: plainText(`Secret ${name}`),
    prompt: plainText(`${label}.${kept}`),
    password: true,
    ignoreFocusOut: true,
  });
  return answer === '' ? undefined : answer;
}

function sayNotKept(name: string): void {
  const message = `This computer has no secret storage that works: ${name} is asked for again in the next window.`;
  void vscode.window.showWarningMessage(plainText(message));
}

/** Lets a person choose which of the secrets that they gave are deleted. */
export async function forgetSecrets(storage: vscode.SecretStorage): Promise<void> {
  const stored = createStoredSecrets(storage);
  const keys = await stored.list();
  if (keys.length === 0) {
    void vscode.window.showInformationMessage('No secrets are stored.');
    return;
  }
  const items = keys.map((key) => ({
    label: withoutIcons(key.name),
    description: plainText(vscode.workspace.asRelativePath(key.file)),
    key,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: 'Forget Stored Secrets',
    canPickMany: true,
  });
  if (chosen && chosen.length > 0) await stored.forget(chosen.map(({ key }) => key));
}
