import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatBytes } from '../../core/run/format.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import { isLive } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import { detailOf } from '../view/detail.ts';
import { emptyText, outputItems, tabTitle } from '../view/outputItems.ts';
import type { OutputItem, Tab } from '../view/outputItems.ts';
import { emptyWindow } from '../view/outputWindow.ts';
import type { OutputWindow } from '../view/outputWindow.ts';
import { isNumbered, type Part } from '../view/part.ts';
import { plainText } from '../view/terminal.ts';
import { sideTemplate } from './detailSide.ts';
import { detailStyles } from './detailStyles.ts';
import { icon } from './icon.ts';
import './output.ts';
import { controls, shared } from './styles.ts';
import { executionName } from '../../core/run/executionName.ts';

const tabs: readonly Tab[] = ['output', 'stdout', 'stderr'];

/** One node opened: its output, and beside it how it ended, how it was reached and how long it took. */
export class NodeDetail extends LitElement {
  static override properties = {
    state: { attribute: false },
    execution: { attribute: false },
    output: { attribute: false },
    window: { type: String },
    chosen: { attribute: false },
    isWhole: { type: Boolean },
    now: { type: Number },
    actions: { attribute: false },
    wrap: { type: Boolean },
    tab: { state: true },
  };
  declare state: BatchState | undefined;
  declare execution: ExecutionState | undefined;
  declare output: OutputWindow | undefined;
  /** By what its output is known. */
  declare window: string;
  /** What of the output is shown, where that is not all. */
  declare chosen: Part | undefined;
  /** All of the output is shown, also where a part was asked for. */
  declare isWhole: boolean;
  declare now: number;
  declare actions: Actions | undefined;
  declare wrap: boolean;
  declare tab: Tab;

  #drawn: { window: OutputWindow; tab: Tab; items: readonly OutputItem[] } | undefined;

  constructor() {
    super();
    this.tab = 'output';
    this.window = '';
    this.isWhole = true;
  }

  override render(): TemplateResult | typeof nothing {
    const { state, execution, chosen: part, now, actions } = this;
    if (!state || !execution) return nothing;
    const find = part?.type === 'place' ? part.find : '';
    return html`<div class="detail">
      <section class="pane" aria-label="Output of ${executionName(execution)}">
        ${this.#tools(execution)}
        <muster-output
          .items=${this.#items()}
          .empty=${this.#empty(execution)}
          .wrap=${this.wrap}
          .find=${find}
          .follow=${find === '' && (isLive(execution.status) || this.output?.tail !== undefined)}
          @show-more=${() => actions?.showMore(this.window)}
        ></muster-output>
      </section>
      ${sideTemplate(detailOf(state, execution, now), { state, execution, part, now, actions })}
    </div>`;
  }

  #tools(execution: ExecutionState): TemplateResult {
    const window = this.output ?? emptyWindow;
    const { stdoutBytes, stderrBytes, id } = execution;
    const { chosen: part } = this;
    const counted = this.isWhole ? execution : undefined;
    return html`<div class="tools">
      <div class="tabs" role="tablist" aria-label="Stream" @keydown=${this.#tabKey}>
        ${tabs.map(
          (tab) =>
            html`<button
              role="tab"
              aria-selected=${this.tab === tab}
              tabindex=${this.tab === tab ? 0 : -1}
              @click=${() => (this.tab = tab)}
            >
              ${tab === 'output' ? 'Output' : tabTitle(tab, window, counted)}
            </button>`,
        )}
      </div>
      ${this.#part()}
      ${this.isWhole ? html`<span class="muted size">${formatBytes(stdoutBytes + stderrBytes)}</span>` : nothing}
      <span class="grow"></span>
      <button
        class="tool"
        title="Wrap lines"
        aria-label="Wrap lines"
        aria-pressed=${this.wrap}
        @click=${this.#wrap}
      >
        ${icon('word-wrap')}
      </button>
      <button class="tool" title="Copy" aria-label="Copy output" @click=${this.#copy}>${icon('copy')}</button>
      <button
        class="tool"
        title="Open as text"
        aria-label="Open as text"
        @click=${() => this.actions?.openOutput(id, this.isWhole || part?.type !== 'step' ? undefined : part.step)}
      >
        ${icon('go-to-file')}
      </button>
    </div>`;
  }

  /** What of the output is shown; a click shows all of it again. */
  #part(): TemplateResult | typeof nothing {
    const { chosen: part } = this;
    if (!part) return nothing;
    const title = this.isWhole ? `${part.title}: all, as some output was left out` : part.title;
    return html`<button
      class="only cut"
      title="Show all of the output again"
      @click=${() => this.actions?.setView({ part: undefined })}
    >
      <span class="cut">${title}</span>${icon('close')}
    </button>`;
  }

  #empty(execution: ExecutionState): string {
    if (this.isWhole) return emptyText(execution, this.tab);
    if (this.output?.head || this.output?.tail) return '';
    return this.chosen?.type === 'step' ? 'No output of this step.' : '';
  }

  #items(): readonly OutputItem[] {
    const window = this.output ?? emptyWindow;
    if (this.#drawn?.window !== window || this.#drawn.tab !== this.tab) {
      this.#drawn = {
        window,
        tab: this.tab,
        items: outputItems(window, this.tab, isNumbered(this.chosen)),
      };
    }
    return this.#drawn.items;
  }

  #tabKey(event: KeyboardEvent): void {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    event.stopPropagation();
    this.tab = tabs[(tabs.indexOf(this.tab) + step + tabs.length) % tabs.length] ?? 'output';
    void this.updateComplete.then(() =>
      this.shadowRoot?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus(),
    );
  }

  #wrap(): void {
    this.actions?.setView({ wrap: !this.wrap });
  }

  /** Copies what is shown: no escape sequence gets onto the clipboard. */
  #copy(): void {
    const lines = this.#items().map((item) => (item.type === 'gap' ? '…' : plainText(item.line.raw)));
    this.actions?.copy(lines.map((line) => `${line}\n`).join(''));
  }

  static override styles = [shared, controls, detailStyles];
}

customElements.define('muster-node-detail', NodeDetail);
