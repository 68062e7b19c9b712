import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { RunForm } from '../../core/run/form/form.ts';
import { plural } from '../../core/run/format.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import { visible } from '../../core/util/visible.ts';
import { icon } from '../elements/icon.ts';
import { controls, shared, tokens } from '../elements/styles.ts';
import './action.ts';
import './exactNodes.ts';
import type { NewRunModel } from './model.ts';
import type { NewRunStore } from './store.ts';
import { pageStyles } from './pageStyles.ts';
import './targets.ts';
import type { Place } from './view.ts';
import { whyNot } from './whyNot.ts';

/** Left the targets, right what is run on them, below exactly what the button would do. */
export class NewRunPage extends LitElement {
  static override properties = { model: { attribute: false }, store: { attribute: false } };
  declare model: NewRunModel | undefined;
  declare store: NewRunStore | undefined;

  override render(): TemplateResult | typeof nothing {
    const { model, store } = this;
    if (!model || !store) return nothing;
    return html`<main aria-label="New run" @keydown=${this.#key}>
      <header>
        <h1>New run</h1>
        <span class="grow"></span>
        <button class="button small" @click=${() => store.ask('presets')}>Presets…</button>
        <button class="button small" @click=${() => store.clear()}>Clear</button>
      </header>
      <div class="columns">
        <muster-targets .model=${model} .store=${store}></muster-targets>
        <muster-action-form .model=${model} .store=${store}></muster-action-form>
      </div>
      <footer>${this.#preview(model, store)} ${this.#actions(model, store)}</footer>
    </main>`;
  }

  #preview(model: NewRunModel, store: NewRunStore): TemplateResult {
    const { checked, ticked, view } = model;
    const selected = checked?.selected ?? [];
    const names = foldForDisplay(selected.map(visible));
    return html`<div class="exact" role="status">
        ${
          ticked.size === 0
            ? html`<span class="muted">The nodes that it runs on are listed here.</span>`
            : html`<span class="strong"
                  >Runs on exactly
                  ${ticked.size === 1 ? 'this node' : `these ${plural(ticked.size, 'node')}`}</span
                >
                <span class="muted">${checked?.how ?? ''}</span>`
        }
        <span class="grow"></span>
        ${
          selected.length === 0
            ? nothing
            : html`<button class="link" @click=${() => store.setView({ listed: !view.listed })}>
                  ${view.listed ? 'Fold' : 'Show all'}
                </button>
                <button class="link" @click=${() => store.copy(names)}>Copy names</button>`
        }
      </div>
      ${this.#nodes(model, store, names)}
      ${
        checked === undefined || checked.warnings.length === 0
          ? nothing
          : html`<ul class="warnings" aria-label="To know before the start">
              ${checked.warnings.map((text) => html`<li>${icon('warning', 'unknown')}${visible(text)}</li>`)}
            </ul>`
      }`;
  }

  /** Folded, or a row each. */
  #nodes({ checked, view }: NewRunModel, store: NewRunStore, names: string): TemplateResult | typeof nothing {
    const selected = checked?.selected ?? [];
    if (selected.length === 0) return nothing;
    if (!view.listed) return html`<div class="folded">${names.slice(0, 400)}</div>`;
    return html`<muster-exact-nodes
      .nodes=${selected}
      .leftOut=${view.leftOut}
      .tick=${(node: string, on: boolean) => store.tickNode(node, on)}
    ></muster-exact-nodes>`;
  }

  #actions(model: NewRunModel, store: NewRunStore): TemplateResult {
    const why = whyNot(model);
    const count = model.ticked.size;
    return html`<div class="actions">
      <button
        class="button primary"
        ?disabled=${(why !== undefined && !why.passes) || model.isBusy}
        aria-describedby="why"
        aria-busy=${model.isBusy}
        @click=${() => store.run()}
      >
        ${icon(model.isBusy ? 'loading' : 'run-all')}${model.isBusy ? 'Starting…' : runText(model.form, count)}
      </button>
      <button class="button" ?disabled=${!hasPlan(model)} @click=${() => store.preview()}>
        Preview plan
      </button>
      <button class="button" @click=${() => store.save('savePreset')}>Save as preset…</button>
      <span class="reason" id="why">
        ${
          model.refusal !== ''
            ? html`${icon('error', 'bad')}${visible(model.refusal)}`
            : why === undefined
              ? nothing
              : html`${icon(why.place ? 'error' : 'circle-slash', why.place ? 'bad' : 'idle')}${visible(why.text)}
                ${
                  why.place
                    ? html`<button class="link" @click=${() => this.#goTo(why.place)}>Go to field</button>`
                    : nothing
                }`
        }
      </span>
      <span class="grow"></span>
      <span class="keys"><kbd>Ctrl</kbd> <kbd>Enter</kbd> run</span>
    </div>`;
  }

  /** Shows a field and gives it the focus. */
  #goTo(place: Place | undefined): void {
    const { model, store } = this;
    if (!place || !model || !store) return;
    store.leave(place);
    if (advanced.includes(place)) store.setView({ more: true });
    if (place.startsWith('param:')) store.setView({ paramsAs: 'form' });
    if (place === 'params') store.setView({ paramsAs: 'json' });
    setTimeout(() => {
      for (const part of this.shadowRoot?.querySelectorAll('muster-targets, muster-action-form') ?? []) {
        const found = part.shadowRoot?.getElementById(place);
        found?.scrollIntoView({ block: 'center' });
        found?.focus();
      }
    }, 150);
  }

  #key(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    this.store?.run();
  }

  static override styles = [tokens, shared, controls, pageStyles];
}

function runText({ kind, dryRun }: RunForm, count: number): string {
  const verb = dryRun && (kind === 'task' || kind === 'playbook') ? 'Dry run' : 'Run';
  return count === 0 ? verb : `${verb} on ${plural(count, 'node')}`;
}

/** Whether there is a plan of the form as it is; rules that refuse it are part of what it says. */
function hasPlan({ checked, isCurrent }: NewRunModel): boolean {
  return isCurrent && checked?.problems.length === 0;
}

const advanced: readonly Place[] = [
  'retries',
  'maxFailures',
  'rate',
  'connectTimeout',
  'env',
  'stdin',
  'stepTags',
  'startAt',
];

customElements.define('muster-new-run', NewRunPage);
