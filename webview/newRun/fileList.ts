import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { WorkspaceFile } from '../../core/protocol/newRunFiles.ts';
import { plural } from '../../core/run/format.ts';
import { baseName } from '../../core/util/baseName.ts';
import { visible } from '../../core/util/visible.ts';
import { icon } from '../elements/icon.ts';
import { styled } from '../elements/styled.ts';
import { controls, shared } from '../elements/styles.ts';
import { VirtualController } from '../elements/virtual.ts';
import { fileListStyles } from './fileListStyles.ts';

const step: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Files to choose from: a row each, however many there are. One tab stop, arrows inside. */
export class FileListElement extends LitElement {
  static override properties = {
    files: { attribute: false },
    label: { attribute: false },
    look: { attribute: false },
    choose: { attribute: false },
    at: { state: true },
  };
  declare label: string;
  declare files: readonly WorkspaceFile[];
  /** Codicon of what is right. */
  declare look: string;
  declare choose: (file: string) => void;
  declare at: number;
  readonly #virtual = new VirtualController(this);

  constructor() {
    super();
    this.files = [];
    this.label = '';
    this.look = 'file';
    this.choose = () => {};
    this.at = 0;
  }

  override render(): TemplateResult {
    const { files } = this;
    this.#virtual.update({
      count: files.length,
      scroller: this,
      itemSize: 22,
      margin: 0,
      keyOf: (index) => files[index]?.file ?? index,
    });
    return html`<div
      role="listbox"
      aria-label=${this.label}
      class="all"
      @keydown=${this.#key}
      ${styled({ height: `${this.#virtual.height}px` })}
    >
      ${repeat(
        this.#virtual.items,
        ({ key }) => key,
        ({ index, start }) => this.#row(index, start),
      )}
    </div>`;
  }

  #row(index: number, top: number): TemplateResult | undefined {
    const file = this.files[index];
    if (!file) return undefined;
    const { path, name = '', description = '', problems } = file;
    const label = name === '' ? baseName(path) : name;
    const detail = [description, path].filter((text) => text !== '' && text !== label).join(' · ');
    return html`<button
      class="file"
      role="option"
      aria-selected="false"
      aria-setsize=${this.files.length}
      aria-posinset=${index + 1}
      data-index=${index}
      tabindex=${index === Math.min(this.at, this.files.length - 1) ? 0 : -1}
      title=${visible(path)}
      ${styled({ top: `${top}px` })}
      @click=${() => this.choose(file.file)}
    >
      ${problems > 0 ? icon('error', 'bad') : icon(this.look)} <span class="cut">${visible(label)}</span>
      <span class="cut detail">${visible(detail)}</span>
      <span class="count">${problems > 0 ? plural(problems, 'problem') : ''}</span>
    </button>`;
  }

  /** Enter in the search takes what is left where that is one. */
  chooseOnly(): void {
    const [first] = this.files;
    if (first && this.files.length === 1) this.choose(first.file);
  }

  focusRow(index: number): void {
    this.at = Math.max(0, Math.min(index, this.files.length - 1));
    this.#virtual.show(this.at);
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(`[data-index="${this.at}"]`)?.focus(),
    );
  }

  #key(event: KeyboardEvent): void {
    const by = step[event.key];
    if (by === undefined) return;
    event.preventDefault();
    this.focusRow(this.at + by);
  }

  static override styles = [shared, controls, fileListStyles];
}

customElements.define('muster-file-list', FileListElement);
