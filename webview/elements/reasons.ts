import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { plural } from '../../core/run/format.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { isOnly, type Only, turnOnly } from '../view/filter.ts';
import { mostReasons, type ReasonRow, whoFailed } from '../view/reasons.ts';
import { type MenuItem, nodesMenu } from '../view/menus.ts';
import { icon } from './icon.ts';
import { menuButton, openMenu } from './menu.ts';
import { questionStyles } from './questionStyles.ts';
import { reasonStyles } from './reasonStyles.ts';
import { rove } from './roving.ts';
import { controls, shared } from './styles.ts';

/** Who failed and why: a row for each reason. Fires `show-execution`. */
export class Reasons extends LitElement {
  static override properties = { model: { attribute: false }, actions: { attribute: false } };
  declare model: Model | undefined;
  declare actions: Actions | undefined;

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (!model?.state) return nothing;
    const all = whoFailed(model.state, model.answers);
    const failed = all.reduce((sum, { count }) => sum + count, 0);
    const isOver = model.state.status !== 'running';
    const shown = all.slice(0, mostReasons);
    return html`<section aria-labelledby="why">
      <div class="head">
        <h2 id="why">Who failed and why</h2>
        <span class="muted"
          >${failed === 0 ? (isOver ? 'nobody failed' : 'nobody so far') : `${plural(failed, 'node')}, ${plural(all.length, 'reason')}`}</span
        >
      </div>
      ${shown.length === 0 ? nothing : this.#rows(shown, model)}
      ${
        all.length > shown.length
          ? html`<p class="nobody">and ${plural(all.length - shown.length, 'more reason')}</p>`
          : nothing
      }
    </section>`;
  }

  #rows(shown: readonly ReasonRow[], model: Model): TemplateResult {
    return html`<div class="rows" role="tree" aria-labelledby="why" @keydown=${this.#key}>
      ${repeat(
        shown,
        ({ key }) => key,
        (row, at) => this.#reason(row, { at, of: shown.length, model }),
      )}
    </div>`;
  }

  #reason(row: ReasonRow, { at, of, model }: { at: number; of: number; model: Model }): TemplateResult {
    const { key, look, title, text, isOutput, count, names, next, label } = row;
    const act = (event: Event): void => {
      event.stopPropagation();
      this.#next(row);
    };
    return html`<div
      class="entry"
      role="treeitem"
      aria-level="1"
      aria-setsize=${of}
      aria-posinset=${at + 1}
      aria-selected=${isOnly(model.view.filter, onlyOf(row))}
      data-key=${key}
      tabindex=${at === 0 ? 0 : -1}
      @click=${() => this.#choose(row)}
      @contextmenu=${(event: MouseEvent) => openMenu(event, this.#menu(row))}
    >
      ${icon(look.icon, look.family)}
      <span class="why" title="${title} ${text}"
        ><span class="strong">${title}</span> <span class=${isOutput ? 'mono' : ''}>${text}</span></span
      >
      <span class="many">${count}</span>
      <span class="second"
        ><span class="cut" title=${names.slice(0, 2000)}>${names}</span>
        <span class="tools" @click=${(event: Event) => event.stopPropagation()}
          >${menuButton(`More actions on ${label}`, () => this.#menu(row), 'row')}</span
        ><button class="link" tabindex="-1" @click=${act}>${next.label}</button></span
      >
    </div>`;
  }

  #menu(row: ReasonRow): readonly MenuItem[] {
    const { actions, model } = this;
    if (!actions || !model?.state) return [];
    const show = { label: 'Show Only These Nodes', run: () => this.#choose(row) };
    const { step } = row;
    const goTo = { label: 'Go to the Step in Its File', run: () => actions.openPlaybook(step) };
    const nodes = nodesMenu(row.executions, { state: model.state, actions });
    return [show, ...(step === undefined ? [] : [goTo]), ...nodes];
  }

  #choose(row: ReasonRow): void {
    const filter = this.model?.view.filter;
    if (!filter) return;
    this.actions?.setView({ filter: turnOnly(filter, onlyOf(row)), filterChosen: true });
  }

  #next(row: ReasonRow): void {
    const { actions } = this;
    const { next, executions } = row;
    switch (next.does) {
      case 'stopAgain':
        return actions?.stopAgain();
      case 'reach':
        return actions?.reach(executions);
      case 'showPage':
        return actions?.node('page', next.execution);
      case 'permit':
        return actions?.permit(next.by);
      case 'rerun':
        return actions?.rerunOn(executions);
      case 'rerunLonger':
        return actions?.rerunOn(executions, next.timeoutMs);
      case 'showLog':
        return actions?.showLog();
      case 'showNodes':
        return this.#choose(row);
      case 'showOutput':
        this.#fire('show-execution', next.execution);
    }
  }

  #fire(name: string, detail: string): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #key(event: KeyboardEvent): void {
    const rows = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.entry') ?? [])];
    const current = this.shadowRoot?.activeElement ?? null;
    if (rove(rows, current, event)) return;
    const key = current instanceof HTMLElement ? current.dataset['key'] : undefined;
    const { model } = this;
    if (key === undefined || !model?.state || (event.key !== 'Enter' && event.key !== ' ')) return;
    const row = whoFailed(model.state, model.answers).find((each) => each.key === key);
    if (!row) return;
    event.preventDefault();
    this.#choose(row);
  }

  static override styles = [shared, controls, questionStyles, reasonStyles];
}

function onlyOf({ count, title, executions }: ReasonRow): Only {
  return { label: `${count} ${title}`, executions };
}

customElements.define('muster-reasons', Reasons);
