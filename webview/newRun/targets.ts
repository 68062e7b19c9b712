import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { plural } from '../../core/run/format.ts';
import { visible } from '../../core/util/visible.ts';
import { icon } from '../elements/icon.ts';
import { styled } from '../elements/styled.ts';
import { controls, shared } from '../elements/styles.ts';
import { VirtualController } from '../elements/virtual.ts';
import { control, problemLine, problemOf, segments } from './field.ts';
import type { NewRunModel } from './model.ts';
import type { NewRunStore } from './store.ts';
import { fieldStyles } from './fieldStyles.ts';
import { targetStyles } from './targetStyles.ts';
import { nodesFound, type TargetRow, targetRows } from './targetRows.ts';
import type { TargetTab } from './view.ts';

const tabs: readonly (readonly [TargetTab, string])[] = [
  ['groups', 'Groups'],
  ['tags', 'Tags'],
  ['nodes', 'Nodes'],
  ['saved', 'Saved'],
];

const kindIcons = { group: 'folder', tag: 'tag', node: 'server' } as const;

/** Where the playbook of the form runs by itself. */
function ownTargets({ form, checked }: NewRunModel): string | undefined {
  const { targets, file } = checked?.wants ?? {};
  return targets !== undefined && file === form.file
    ? `${visible(targets)}, as the playbook says`
    : undefined;
}

/** On which nodes: an expression, and lists whose boxes write it. Two views of one value. */
export class TargetsForm extends LitElement {
  static override properties = { model: { attribute: false }, store: { attribute: false } };
  declare model: NewRunModel | undefined;
  declare store: NewRunStore | undefined;

  readonly #virtual = new VirtualController(this);
  #searchTimer: ReturnType<typeof setTimeout> | undefined;

  override render(): TemplateResult | typeof nothing {
    const { model, store } = this;
    if (!model || !store) return nothing;
    const drawing = { model, store };
    const problem = problemOf(drawing, 'selection');
    const all = model.targets?.nodes.length;
    return html`<section aria-labelledby="targets">
      <div class="line">
        <h2 class="caption" id="targets">Targets</h2>
        <span class="end">${all === undefined ? '' : `${model.ticked.size} of ${plural(all, 'node')}`}</span>
      </div>
      <div class="field">
        ${control(drawing, 'selection', {
          label: 'Targets',
          spoken: 'Targets',
          placeholder: ownTargets(model) ?? '@frontend & tag:prod !web13',
          isCode: true,
          isWrong: problem !== undefined,
        })}
        ${problemLine('selection', problem)}
        <span class="hint" id="selection-hint"
          >Names, @group, tag:, fact:, ranges. a, b: either · a &amp; b: both · a !b: a without b. Ticks below
          write this line.</span
        >
      </div>
      ${
        model.targets
          ? html`<button
                class="unfold"
                aria-expanded=${model.view.lists}
                @click=${() => store.setView({ lists: !model.view.lists })}
              >
                <span class="twistie ${model.view.lists ? '' : 'closed'}">${icon('chevron-down')}</span>
                Groups, tags, nodes
              </button>
              <div class="lists ${model.view.lists ? 'open' : ''}">${this.#lists(model, store)}</div>`
          : this.#none(model, store)
      }
    </section>`;
  }

  #none({ failure }: NewRunModel, store: NewRunStore): TemplateResult {
    if (failure === undefined)
      return html`<p class="hint" role="status">${icon('loading')} Reading the inventory…</p>`;
    return html`<p role="alert">${failure}</p>
      <button class="button" @click=${() => store.ask('retry')}>Try Again</button>`;
  }

  #lists(model: NewRunModel, store: NewRunStore): TemplateResult {
    const { view } = model;
    return html`<div class="tabs">
        ${segments('List', { choices: tabs, value: view.tab, choose: (tab) => store.setView({ tab }) })}
        <span class="grow"></span>
        ${
          view.search.trim() === ''
            ? html`<button class="link" @click=${() => store.select('all')}>All</button>`
            : html`<button class="link" @click=${() => this.#addFound(model, store)}>All found</button>`
        }
        <button class="link" @click=${() => store.select('none')}>Clear</button>
        <button class="link" @click=${() => store.select('invert')}>Invert</button>
      </div>
      ${
        view.tab === 'saved'
          ? this.#saved(model, store)
          : html`<input
                type="search"
                placeholder="Name, address, group, tag, source"
                aria-label="Search targets"
                .value=${view.search}
                @input=${this.#search}
              />
              ${this.#list(model, store)}`
      }`;
  }

  #saved({ targets, form }: NewRunModel, store: NewRunStore): TemplateResult {
    const saved = targets?.saved ?? [];
    const save = html`<p>
      <button
        class="link"
        ?hidden=${form.selection.trim() === ''}
        @click=${() => store.save('saveSelection')}
      >
        Save these targets…
      </button>
    </p>`;
    if (saved.length === 0)
      return html`<p class="hint">No selection is saved yet.</p>
        ${save}`;
    return html`${saved.map(
      ({ name, expression }) =>
        html`<button class="saved" @click=${() => store.change({ selection: expression }, 0)}>
          ${visible(name)} <span class="hint cut">${visible(expression)}</span>
        </button>`,
    )}
    ${save}`;
  }

  /** Adds the nodes that the search has found, in closed groups too. */
  #addFound({ targets, view }: NewRunModel, store: NewRunStore): void {
    if (targets && view.tab !== 'saved') store.add(nodesFound(targets, view));
  }

  #list(model: NewRunModel, store: NewRunStore): TemplateResult {
    const rows = model.targets ? targetRows(model.targets, model.view, model.ticked) : [];
    if (rows.length === 0)
      return html`<p class="hint">Nothing here contains “${model.view.search.trim()}”.</p>`;
    this.#virtual.update({
      count: rows.length,
      scroller: this,
      itemSize: 22,
      margin: 0,
      keyOf: (index) => rows[index]?.key ?? index,
    });
    return html`<div
      class="list"
      role="group"
      aria-label="Targets"
      ${styled({ height: `${this.#virtual.height}px` })}
    >
      ${repeat(
        this.#virtual.items,
        ({ key }) => key,
        ({ index, start }) => {
          const row = rows[index];
          return row ? this.#row(row, start, store) : nothing;
        },
      )}
    </div>`;
  }

  #row(row: TargetRow, top: number, store: NewRunStore): TemplateResult {
    const { key, box, depth, label, detail, ticked, count, open, isProtected, isBlocked } = row;
    const tick = (event: Event): void => {
      if (!(event.target instanceof HTMLInputElement)) return;
      store.tick(box, event.target.checked);
    };
    return html`<div
      class="target ${isBlocked ? 'blocked' : ''}"
      ${styled({ top: `${top}px`, 'padding-inline-start': `${4 + depth * 16}px` })}
    >
      ${
        open === undefined
          ? html`<span class="twistie"></span>`
          : html`<button
              class="twistie ${open ? '' : 'closed'}"
              aria-label=${open ? `Close ${label}` : `Open ${label}`}
              aria-expanded=${open}
              @click=${() => this.#turn(key)}
            >
              ${icon('chevron-down')}
            </button>`
      }
      <input
        type="checkbox"
        aria-label=${count === '' ? label : `${label}, ${count}`}
        .checked=${ticked}
        .indeterminate=${!ticked && count.includes('/')}
        @change=${tick}
      />
      ${icon(kindIcons[box.kind])} <span class="cut">${label}</span>
      <span class="detail cut" title=${detail}>${detail}</span>
      ${isProtected ? html`<span title="Protected">${icon('lock')}</span>` : nothing}
      <span class="end">${count}</span>
    </div>`;
  }

  #turn(key: string): void {
    const open = this.model?.view.open ?? [];
    this.store?.setView({ open: open.includes(key) ? open.filter((each) => each !== key) : [...open, key] });
  }

  /** A long list is searched when typing pauses. */
  #search(event: Event): void {
    if (!(event.target instanceof HTMLInputElement)) return;
    const search = event.target.value;
    clearTimeout(this.#searchTimer);
    this.#searchTimer = setTimeout(() => this.store?.setView({ search }), 300);
  }

  static override styles = [shared, controls, fieldStyles, targetStyles];
}

customElements.define('muster-targets', TargetsForm);
