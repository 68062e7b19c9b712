import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { batchLook, progressTitle, sentenceText } from '../../core/run/format.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import type { BatchState } from '../../core/run/state.ts';
import { failedStep } from '../../core/run/stepState.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { visible } from '../../core/util/visible.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { announcementOf } from '../view/announce.ts';
import { barSegments, percentDone } from '../view/bar.ts';
import { noFilter } from '../view/filter.ts';
import { headlineOf } from '../view/headline.ts';
import { notesOf } from '../view/notes.ts';
import { shownView } from '../view/view.ts';
import './answers.ts';
import { detailTemplate } from './detailTemplate.ts';
import { icon } from './icon.ts';
import { Menu } from './menu.ts';
import { NodeList } from './nodeList.ts';
import './notes.ts';
import { panelStyles } from './panelStyles.ts';
import './progressBar.ts';
import './reasons.ts';
import './runHeader.ts';
import { controls, shared, tokens } from './styles.ts';

/** A batch, live or from history: who is done, then the nodes. */
export class RunPanel extends LitElement {
  static override properties = {
    model: { attribute: false },
    actions: { attribute: false },
    ownWidth: { state: true },
    collapsed: { state: true },
    announced: { state: true },
    page: { state: true },
  };
  declare model: Model | undefined;
  declare actions: Actions | undefined;
  declare ownWidth: number;
  declare collapsed: boolean;
  declare announced: string;
  /** The main part, once it is there: it scrolls below 880 px. */
  declare page: HTMLElement | undefined;

  #folded: { batch: string; text: string } | undefined;
  #announcedAt = -announceMs;
  #sizes: ResizeObserver | undefined;

  constructor() {
    super();
    this.ownWidth = 0;
    this.collapsed = false;
    this.announced = '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#sizes = new ResizeObserver(() => (this.ownWidth = this.clientWidth));
    this.#sizes.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#sizes?.disconnect();
  }

  override willUpdate(): void {
    const state = this.model?.state;
    if (!state) return;
    if (this.#folded?.batch !== state.id) {
      const names = state.executions.map(({ node }) => visible(node));
      this.#folded = { batch: state.id, text: foldForDisplay(names) };
    }
    this.#announce(state);
  }

  override updated(): void {
    this.page = this.shadowRoot?.querySelector('main') ?? undefined;
  }

  override render(): TemplateResult {
    const state = this.model?.state;
    return html`${
        state && this.model
          ? this.#batch(this.model, state)
          : html`<p class="waiting muted">Opening the batch…</p>`
      }
      <muster-menu></muster-menu>
      <div class="unseen" role="status" aria-live="polite">${this.announced}</div>`;
  }

  #batch(model: Model, state: BatchState): TemplateResult {
    const { actions } = this;
    const { full } = headlineOf(state, model.now);
    return html`<main
      class="panel"
      aria-label=${full}
      @scroll=${this.#scrolled}
      @keydown=${this.#key}
      @open-menu=${this.#openMenu}
      @show-nodes=${() => actions?.setView({ filter: noFilter })}
      @show-execution=${(event: CustomEvent<string>) => this.#showExecution(event.detail)}
    >
      <div class="top">
        ${this.#mini(state)}
        <muster-run-header
          .state=${state}
          .folded=${this.#folded?.text ?? ''}
          .now=${model.now}
          .actions=${actions}
          .reruns=${model.reruns}
          .usualMs=${model.usualMs}
        ></muster-run-header>
      </div>
      <muster-notes .notes=${notesOf(state, model.engine)} .actions=${actions}></muster-notes>
      ${state.executions.length === 1 ? this.#onlyNode(model, state) : html`${this.#questions(model)}${this.#nodes(model)}`}
    </main>`;
  }

  #questions(model: Model): TemplateResult {
    return html`<div class="questions">
      <muster-answers .model=${model} .actions=${this.actions}></muster-answers>
      <muster-reasons .model=${model} .actions=${this.actions}></muster-reasons>
    </div>`;
  }

  #nodes(model: Model): TemplateResult {
    return html`<muster-node-list
      .model=${model}
      .actions=${this.actions}
      .outerScroller=${this.ownWidth < wide ? this.page : undefined}
      @scrolled=${(event: CustomEvent<number>) => this.#keepScroll(event.detail)}
    ></muster-node-list>`;
  }

  #onlyNode(model: Model, state: BatchState): TemplateResult | typeof nothing {
    const execution = state.executions[0];
    if (!execution) return nothing;
    return detailTemplate(model, execution, { actions: this.actions, isOnly: true });
  }

  /** The header in one line, where the page scrolls and the header has gone. */
  #mini(state: BatchState): TemplateResult | typeof nothing {
    if (!this.collapsed || this.ownWidth >= narrow) return nothing;
    const { icon: name, family } = batchLook[state.status];
    return html`<div class="mini" aria-hidden="true">
      ${icon(name, family)}
      <muster-progress-bar
        .segments=${barSegments(state)}
        .percent=${percentDone(state)}
        .sentence=${sentenceText(state)}
      ></muster-progress-bar>
      <span class="strong">${progressTitle(state)}</span>
      ${
        state.status === 'running' && !state.cancelRequested
          ? html`<button
              class="tool"
              tabindex="-1"
              title="Cancel"
              @click=${() => this.actions?.cancel('all')}
            >
              ${icon('debug-stop')}
            </button>`
          : nothing
      }
    </div>`;
  }

  /** In the list, or below the steps at the one that failed: what a person looks at stays. */
  #showExecution(id: string): void {
    const { state, view } = this.model ?? {};
    const execution = state?.executions.find((each) => each.id === id);
    if (
      state &&
      view &&
      execution &&
      shownView(view, loadedOf(state.plan.action) !== undefined) === 'steps'
    ) {
      const failed = failedStep(execution);
      const part =
        failed && ({ type: 'step', execution: id, step: failed.step, title: failed.title } as const);
      return this.actions?.setView({ filter: noFilter, pane: id, part });
    }
    const open = this.model?.view.open.includes(id) ?? false;
    this.actions?.setView({ filter: noFilter });
    if (!open) this.actions?.toggle(id);
    const list = this.shadowRoot?.querySelector('muster-node-list');
    if (list instanceof NodeList) list.focusRow(id);
  }

  #openMenu({ detail }: CustomEvent<Parameters<Menu['open']>[0]>): void {
    const menu = this.shadowRoot?.querySelector('muster-menu');
    if (menu instanceof Menu) menu.open(detail);
  }

  /** Ctrl+F is the search field of what is shown, F3 the next line that was found, Shift+F10 the menu of the row. */
  #key(event: KeyboardEvent): void {
    if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) return askForMenu(event);
    const list = this.shadowRoot?.querySelector('muster-node-list');
    if (!(list instanceof NodeList)) return;
    if (event.key === 'F3') {
      event.preventDefault();
      return list.goToFound(event.shiftKey ? -1 : 1);
    }
    if (event.key !== 'f' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    list.focusSearch();
  }

  #scrolled(): void {
    const top = this.page?.scrollTop ?? 0;
    this.collapsed = top > 120;
    if (this.ownWidth < wide) this.#keepScroll(top);
  }

  #keepScroll(scroll: number): void {
    this.actions?.setView({ scroll });
  }

  #announce(state: BatchState): void {
    const { text, urgent } = announcementOf(state);
    const at = performance.now();
    if (text === this.announced || (!urgent && at - this.#announcedAt < announceMs)) return;
    this.announced = text;
    this.#announcedAt = at;
  }

  static override styles = [tokens, shared, controls, panelStyles];
}

/** As a click with the other button does. */
function askForMenu(event: KeyboardEvent): void {
  const [row] = event.composedPath();
  event.preventDefault();
  row?.dispatchEvent(new MouseEvent('contextmenu', { bubbles: true, composed: true, cancelable: true }));
}

const wide = 880;
const narrow = 560;
const announceMs = 5_000;

customElements.define('muster-run-panel', RunPanel);
