import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { FileKind, WorkspaceFile } from '../../core/protocol/newRunFiles.ts';
import { plural } from '../../core/run/format.ts';
import { visible } from '../../core/util/visible.ts';
import { icon } from '../elements/icon.ts';
import { type Drawing, problemLine, problemOf } from './field.ts';
import './fileList.ts';
import { FileListElement } from './fileList.ts';

const looks = {
  script: { icon: 'file-code', label: 'Script', several: 'Scripts', search: 'Name or folder of a script' },
  task: { icon: 'checklist', label: 'Task', several: 'Tasks', search: 'Name or folder of a task' },
  playbook: { icon: 'book', label: 'Playbook', several: 'Playbooks', search: 'Name or folder of a playbook' },
} as const;

const none: Readonly<Record<FileKind, string>> = {
  script: 'No script in this workspace. Choose one of this machine.',
  task: 'No task in this workspace yet. One is a file whose name ends in .task.yaml.',
  playbook: 'No playbook in this workspace yet. One is a file whose name ends in .playbook.yaml.',
};

/** The script, task or playbook: the one that is chosen, or a list to choose from. */
export function fileField(drawing: Drawing, kind: FileKind): TemplateResult {
  const { form } = drawing.model;
  const chosen = kind === 'script' ? form.script : form.file;
  const place = kind === 'script' ? 'script' : 'file';
  const problem = problemOf(drawing, place);
  return html`<div class="field">
    <div class="line">
      <span class="caption">${looks[kind].label}</span>
      ${
        kind === 'script'
          ? html`<button class="link end" @click=${() => drawing.store.choose('script')}>
              Choose File…
            </button>`
          : nothing
      }
    </div>
    ${chosen === '' ? choosing(drawing, kind) : shownFile(drawing, kind, chosen)}
    ${problemLine(place, problem)}
  </div>`;
}

function shownFile({ model, store }: Drawing, kind: FileKind, chosen: string): TemplateResult {
  const wants = kind === 'script' ? undefined : model.checked?.wants;
  const known = model.files[kind]?.list?.files.find(({ file }) => file === chosen);
  const path = visible(known?.path ?? chosen);
  const name = wants?.file === chosen ? visible(wants.name) : nameOf(path);
  return html`<div class="chosen">
      ${icon(looks[kind].icon)} <span class="strong cut">${name}</span>
      <span class="muted cut grow" title=${visible(chosen)}>${path === name ? '' : path}</span>
      <button class="link" @click=${() => store.openFile()}>Open</button>
      <button
        class="link"
        id=${kind === 'script' ? 'script' : 'file'}
        @click=${() => store.chooseFile(kind, '')}
      >
        Change…
      </button>
    </div>
    ${wants?.description === undefined ? nothing : html`<span class="hint">${visible(wants.description)}</span>`}`;
}

function choosing({ model, store }: Drawing, kind: FileKind): TemplateResult {
  const files = model.files[kind];
  if (files?.failure !== undefined)
    return html`<p role="alert">${files.failure}</p>
      <span><button class="button" @click=${() => store.listFiles(kind)}>Try Again</button></span>`;
  if (!files?.list) return html`<p class="hint" role="status">${icon('loading')} Looking for files…</p>`;
  const { list } = files;
  if (list.files.length === 0) return html`<p class="hint">${none[kind]}</p>`;
  const found = list.files.filter((file) => fits(file, model.view.fileSearch));
  return html`<input
      type="search"
      id=${kind === 'script' ? 'script' : 'file'}
      placeholder=${looks[kind].search}
      aria-label="Search ${looks[kind].several.toLowerCase()}"
      .value=${model.view.fileSearch}
      @input=${search(store)}
      @keydown=${into}
    />
    ${
      found.length === 0
        ? html`<p class="hint">Nothing here contains “${model.view.fileSearch.trim()}”.</p>`
        : html`<muster-file-list
            .label=${looks[kind].several}
            .files=${found}
            .look=${looks[kind].icon}
            .choose=${(file: string) => store.chooseFile(kind, file)}
          ></muster-file-list>`
    }
    ${list.isCut ? html`<span class="hint">The first ${plural(list.files.length, 'file')} of the workspace.</span>` : nothing}`;
}

function search(store: Drawing['store']): (event: Event) => void {
  return ({ target }) => {
    if (target instanceof HTMLInputElement) store.setView({ fileSearch: target.value });
  };
}

/** From the search into what was found. */
function into(event: KeyboardEvent): void {
  const field = event.currentTarget;
  const list =
    field instanceof HTMLElement ? field.parentElement?.querySelector('muster-file-list') : undefined;
  if (!(list instanceof FileListElement)) return;
  if (event.key === 'ArrowDown') list.focusRow(0);
  else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) list.chooseOnly();
  else return;
  event.preventDefault();
}

function fits({ path, name = '', description = '' }: WorkspaceFile, words: string): boolean {
  const wanted = words.trim().toLowerCase();
  return [path, name, description].some((text) => text.toLowerCase().includes(wanted));
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}
