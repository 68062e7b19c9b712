import * as vscode from 'vscode';
import { addressText } from '../../core/inventory/address.ts';
import type { Prompt } from '../../core/run/events.ts';
import { plural } from '../../core/run/format.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { plainText } from '../model/plain.ts';
import type { BatchStore } from '../services/batchStore.ts';
import type { EngineLink } from '../services/engineLink.ts';
import { showRefusal } from './showRefusal.ts';

export type Prompts = Disposable & {
  /** Questions of this batch are put to the person without being asked for: it was started here. */
  follow(batch: string): void;
  /** Puts the open questions of a batch. */
  review(batch: string): Promise<void>;
};

type Answer = { readonly trust?: string[]; readonly secret?: string; readonly goOn?: boolean };

/** Puts the engine's questions to the person, one at a time. Closing one without an answer means no. */
export function answerPrompts(link: EngineLink, batches: BatchStore): Prompts {
  const followed = new Set<string>();
  const asking = new Set<string>();
  let queue: Promise<void> = Promise.resolve();

  const put = async (batch: string, id: string): Promise<void> => {
    const prompt = batches.states.get(batch)?.prompts[id];
    if (!prompt) return;
    const answer = await ask(prompt);
    const client = await link.client();
    const result = client.ok ? await client.value.answer({ batch, prompt: id, ...answer }) : client;
    if (!result.ok && result.error.code !== 'NOT_FOUND') await showRefusal(result.error);
  };

  const enqueue = (batch: string, id: string): Promise<void> => {
    const key = `${batch}/${id}`;
    if (asking.has(key)) return queue;
    asking.add(key);
    queue = queue.then(() => put(batch, id)).finally(() => asking.delete(key));
    return queue;
  };

  const listener = batches.onDidChange(({ batch, state }) => {
    if (!followed.has(batch)) return;
    for (const id of Object.keys(state.prompts)) void enqueue(batch, id);
    if (state.status !== 'running') followed.delete(batch);
  });

  return {
    follow: (batch) => {
      followed.add(batch);
      for (const id of Object.keys(batches.states.get(batch)?.prompts ?? {})) void enqueue(batch, id);
    },
    review: async (batch) => {
      const state = await batches.open(batch);
      if (!state.ok) return showRefusal(state.error);
      const ids = Object.keys(state.value.prompts);
      if (ids.length === 0) {
        void vscode.window.showInformationMessage('No question of this batch waits for an answer.');
      }
      for (const id of ids) await enqueue(batch, id);
    },
    dispose: () => listener.dispose(),
  };
}

function ask(prompt: Prompt): Promise<Answer> {
  switch (prompt.type) {
    case 'host-keys':
      return askHostKeys(prompt);
    case 'secret':
      return askSecret(prompt);
    case 'go-on':
      return askToGoOn(prompt);
  }
}

/** Nothing is ticked at first and Escape skips: the default is not to trust. */
async function askHostKeys(prompt: Extract<Prompt, { type: 'host-keys' }>): Promise<Answer> {
  const items = prompt.keys.map(({ key, nodes }) => ({
    label: key.fingerprint,
    description: `${key.keyType} ${plainText(foldForDisplay(nodes))}`,
    detail: `${plainText(addressText(key))}${key.alias === undefined ? '' : ` as ${plainText(key.alias)}`}, to be saved in ${plainText(key.knownHosts)}`,
    fingerprint: key.fingerprint,
  }));
  const nodes = new Set(prompt.keys.flatMap((each) => each.nodes)).size;
  const chosen = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    ignoreFocusOut: true,
    matchOnDescription: true,
    title: `${plural(nodes, 'node')} ${nodes === 1 ? 'waits' : 'wait'}: the host keys are not known`,
    placeHolder: 'Nothing was sent yet. Tick what matches a source you trust. Escape skips all.',
  });
  return { trust: (chosen ?? []).map((item) => item.fingerprint) };
}

/** No and Escape are the same: the nodes are left alone. */
async function askToGoOn({ message, nodes, pauses }: Extract<Prompt, { type: 'go-on' }>): Promise<Answer> {
  const go = pauses
    ? `Go On with ${plural(nodes.length, 'node')}`
    : `Try on ${plural(nodes.length, 'more node')}`;
  const detail = pauses
    ? 'The playbook pauses here. Without a yes it stops, and only what comes at its end still runs.'
    : 'The others are left alone otherwise: refused logins can lock an account.';
  const chosen = await vscode.window.showWarningMessage(
    plainText(pauses ? message : `${message}.`),
    { modal: true, detail },
    go,
  );
  return { goOn: chosen === go };
}

async function askSecret(prompt: Extract<Prompt, { type: 'secret' }>): Promise<Answer> {
  const secret = await vscode.window.showInputBox({
    password: true,
    ignoreFocusOut: true,
    title: plainText(prompt.label),
    prompt: `For ${plainText(foldForDisplay(prompt.nodes))}. It is kept for this batch only. Escape skips.`,
  });
  return secret === undefined || secret === '' ? {} : { secret };
}
