import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { formatBytes } from '../../core/run/format.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import { isLive } from '../../core/run/state.ts';
import type { Actions } from '../store.ts';
import { detailOf } from '../view/detail.ts';
import type { Detail, Pair } from '../view/detail.ts';
import { emptyText, outputItems, tabTitle } from '../view/outputItems.ts';
import type { OutputItem, Tab } from '../view/outputItems.ts';
import { emptyWindow } from '../view/outputWindow.ts';
import type { OutputWindow } from '../view/outputWindow.ts';
import { plainText } from '../view/terminal.ts';
import { detailStyles } from './detailStyles.ts';
import { icon } from './icon.ts';
import './output.ts';
import { controls, shared } from './styles.ts';

const tabs: readonly Tab[] = ['output', 'stdout', 'stderr'];

/** One node opened: its output, and beside it how it ended, how it was reached and how long it took. */
export class NodeDetail extends LitElement {
  static override properties = {
    state: { attribute: false },
    execution: { attribute: false },
    output: { attribute: false },
    now: { type: Number },
    actions: { attribute: false },
    wrap: { type: Boolean },
    tab: { state: true },
  };
  declare state: BatchState | undefined;
  declare execution: ExecutionState | undefined;
  declare output: OutputWindow | undefined;
  declare now: number;
  declare actions: Actions | undefined;
  declare wrap: boolean;
  declare tab: Tab;

  #drawn: { window: OutputWindow; tab: Tab; items: readonly OutputItem[] } | undefined;

  constructor() {
    super();
    this.tab = 'output';
  }

  override render(): TemplateResult | typeof nothing {
    const { state, execution } = this;
    if (!state || !execution) return nothing;
    return html`<div class="detail">
      <section class="pane" aria-label="Output of ${execution.node}">
        ${this.#tools(execution)}
        <muster-output
          .items=${this.#items()}
          .empty=${emptyText(execution, this.tab)}
          .wrap=${this.wrap}
          .follow=${isLive(execution.status) || this.output?.tail !== undefined}
          @show-more=${() => this.actions?.showMore(execution.id)}
        ></muster-output>
      </section>
      ${this.#side(detailOf(state, execution, this.now), execution)}
    </div>`;
  }

  #tools(execution: ExecutionState): TemplateResult {
    const window = this.output ?? emptyWindow;
    const { stdoutBytes, stderrBytes, id } = execution;
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
              ${tab === 'output' ? 'Output' : tabTitle(tab, window, execution)}
            </button>`,
        )}
      </div>
      <span class="muted size">${formatBytes(stdoutBytes + stderrBytes)}</span>
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
        @click=${() => this.actions?.openOutput(id)}
      >
        ${icon('go-to-file')}
      </button>
    </div>`;
  }

  #side(
    { look, title, sentences, connection, times }: Detail,
    { id, status }: ExecutionState,
  ): TemplateResult {
    return html`<aside class="side" aria-label="Outcome">
      <h3 class="strong head">${icon(look.icon, look.family)}${title}</h3>
      ${sentences.map((each) => html`<p class="said">${each}</p>`)}
      ${
        isLive(status)
          ? html`<p class="act">
              <button class="button small" @click=${() => this.actions?.cancelExecution(id)}>
                ${icon('debug-stop')}Cancel this node
              </button>
            </p>`
          : nothing
      }
      ${pairs('Connection', connection)} ${pairs('Time', times)}
    </aside>`;
  }

  #items(): readonly OutputItem[] {
    const window = this.output ?? emptyWindow;
    if (this.#drawn?.window !== window || this.#drawn.tab !== this.tab) {
      this.#drawn = { window, tab: this.tab, items: outputItems(window, this.tab) };
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

function pairs(title: string, rows: readonly Pair[]): TemplateResult | typeof nothing {
  if (rows.length === 0) return nothing;
  return html`<h3 class="strong">${title}</h3>
    <dl>
      ${rows.map(
        ([label, value]) =>
          html`<dt class="muted">${label}</dt>
            <dd class="cut" title=${value}>${value}</dd>`,
      )}
    </dl>`;
}

customElements.define('muster-node-detail', NodeDetail);
