import * as vscode from 'vscode';
import { FromNewRun, type ToNewRun } from '../../../core/protocol/newRun.ts';
import type { FileKind } from '../../../core/protocol/newRunFiles.ts';
import type { RunForm, SomeOfForm } from '../../../core/run/form/form.ts';
import type { Disposable } from '../../../core/util/emitter.ts';
import { messageOf } from '../../../core/util/errors.ts';
import { isBareFolder } from '../../model/tree.ts';
import { storableForm } from '../../model/presetText.ts';
import { targetList } from '../../model/targetList.ts';
import { showRefusal } from '../showRefusal.ts';
import type { RunDeps } from '../run/runFlow.ts';
import type { SavedSelections } from '../savedSelections.ts';
import type { PlaybookFiles } from '../../services/playbookFiles.ts';
import type { Presets } from '../../services/presets.ts';
import { chooseFor, openFileOf } from './chooseFile.ts';
import { listFiles } from './fileLists.ts';
import { fileWants } from './fileWants.ts';
import { fillForm } from './fillForm.ts';
import { askPreset } from './pickPreset.ts';
import { checkForm, planForm, runForm, selectionOfForm } from './planForm.ts';

export type ServeDeps = RunDeps & {
  readonly log: vscode.LogOutputChannel;
  readonly saved: Pick<SavedSelections, 'all' | 'saveExpression'>;
  readonly presets: Presets;
  /** A run was started on these targets. */
  used(selection: string): void;
  readonly playbooks: PlaybookFiles;
};

type Serving = {
  readonly panel: vscode.WebviewPanel;
  readonly post: (message: ToNewRun) => void;
  readonly deps: ServeDeps;
};

/** The page that is answered. */
export type Served = Disposable & {
  /** Fills in the form, as soon as the page is there: a hidden one is not. */
  fill(form: SomeOfForm): void;
};

/** Answers the page. `first` fills in the form when the page is there. */
export function servePage(
  panel: vscode.WebviewPanel,
  first: SomeOfForm | undefined,
  deps: ServeDeps,
): Served {
  const post = (message: ToNewRun): void => void panel.webview.postMessage(message);
  const serving = { panel, post, deps };
  let form = first;
  let isThere = false;
  // A hidden page is thrown away, and what is secret is in no state that it keeps: it comes back from here.
  let secrets: Readonly<Record<string, string>> = {};
  const receive = async (message: unknown): Promise<void> => {
    const parsed = FromNewRun.safeParse(message);
    if (!parsed.success) return deps.log.warn(`New Run sent what is no message: ${parsed.error.message}`);
    if ('secrets' in parsed.data) ({ secrets } = parsed.data);
    if (parsed.data.type === 'ready') isThere = true;
    if (parsed.data.type === 'ready' && !form) post({ type: 'secrets', secrets });
    if (parsed.data.type === 'ready' && form) {
      post({ type: 'form', form });
      form = undefined;
    }
    if (parsed.data.type === 'files' && parsed.data.kind !== 'script') listed.add(parsed.data.kind);
    await act(parsed.data, serving);
  };
  const listed = new Set<FileKind>();
  const owned = [
    panel.onDidChangeViewState(() => {
      isThere &&= panel.visible;
    }),
    deps.playbooks.onDidChange(async () => {
      for (const kind of listed) post(await listFiles(kind, deps.playbooks));
    }),
    panel.webview.onDidReceiveMessage(
      (message: unknown) => void receive(message).catch((error) => saySo(error, serving)),
    ),
    deps.inventory.onDidChange(({ index }) => {
      if (panel.visible) post({ type: 'targets', targets: targetList(index, deps.saved.all()) });
    }),
  ];
  return {
    fill(given) {
      if (isThere) post({ type: 'form', form: given });
      else form = { ...form, ...given };
    },
    dispose: () => owned.forEach((each) => each.dispose()),
  };
}

/** The page waits for an answer, and keeps what is typed. */
function saySo(error: unknown, { post, deps }: Serving): void {
  deps.log.error(String(error));
  const message = `That did not work: ${messageOf(error)} The form is as it was; try again.`;
  post({ type: 'idle', message });
}

async function act(message: FromNewRun, { panel, post, deps }: Serving): Promise<void> {
  switch (message.type) {
    case 'ready':
      return showTargets('load', { panel, post, deps });
    case 'retry':
      return showTargets('refresh', { panel, post, deps });
    case 'check':
      return post({ type: 'checked', checked: await checkForm(message, message.id, deps) });
    case 'tick':
    case 'invert':
    case 'add':
    case 'history':
    case 'presets': {
      const form = await fillForm(message, deps);
      return form && post({ type: 'form', form });
    }
    case 'run':
      return runForm(message, { ...deps, post, close: () => panel.dispose() });
    case 'preview': {
      const planned = await planForm(message, deps);
      return planned.ok ? deps.plans.open(planned.value.preview) : showRefusal(planned.error);
    }
    case 'files':
      if (message.anew) deps.playbooks.refresh();
      return post(await listFiles(message.kind, deps.playbooks));
    case 'choose':
      return chooseFor(message.field, { form: message.form, post });
    case 'openFile':
      return openFileOf(message.form);
    case 'savePreset':
      return savePreset(message.form, deps);
    case 'saveSelection':
      return saveSelection(message.form, { post, deps });
    case 'copy':
      return vscode.env.clipboard.writeText(message.text);
  }
}

async function savePreset(form: RunForm, deps: ServeDeps): Promise<void> {
  const asked = await askPreset(deps.presets);
  if (!asked) return;
  const file = await fileWants(form, deps);
  await deps.presets.keep({ ...asked, form: storableForm(form, file?.ok ? file.value : undefined) });
}

async function saveSelection(form: RunForm, { post, deps }: Omit<Serving, 'panel'>): Promise<void> {
  await deps.saved.saveExpression(await selectionOfForm(form, deps));
  const { index } = await deps.inventory.load();
  post({ type: 'targets', targets: targetList(index, deps.saved.all()) });
}

async function showTargets(read: 'load' | 'refresh', { post, deps }: Serving): Promise<void> {
  post({ type: 'loading' });
  try {
    const { index } = await deps.inventory[read]();
    const targets = targetList(index, deps.saved.all());
    if (!isBareFolder(index)) return post({ type: 'targets', targets });
    post({ type: 'failed', message: 'No inventory in this folder yet. Muster needs to know your nodes.' });
  } catch (error) {
    post({ type: 'failed', message: `The inventory could not be read: ${String(error)}` });
  }
}
