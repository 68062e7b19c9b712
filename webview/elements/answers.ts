import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { isWell } from '../../core/run/gather/answer.ts';
import { plural } from '../../core/run/format.ts';
import type { Actions } from '../actions.ts';
import type { Model } from '../store.ts';
import { type AnswerRow, allLinesOf, listSingles, type Who, whoDiffers } from '../view/answers.ts';
import { isOnly, type Only, turnOnly } from '../view/filter.ts';
import { answerMenu, answersMenu, type MenuItem } from '../view/menus.ts';
import { bodyTemplate } from './answerBody.ts';
import { stepChoice } from './stepChoice.ts';
import { stepColumns } from '../view/stepColumns.ts';
import { holdOrder } from '../view/order.ts';
import { glyph, icon } from './icon.ts';
import { answerStyles } from './answerStyles.ts';
import { questionStyles } from './questionStyles.ts';
import { menuButton, openMenu } from './menu.ts';
import { rove } from './roving.ts';
import { controls, shared } from './styles.ts';

/** Who differs: equal answers together, the largest first, the others by what they say differently. */
export class Answers extends LitElement {
  static override properties = { model: { attribute: false }, actions: { attribute: false } };
  declare model: Model | undefined;
  declare actions: Actions | undefined;

  #order: readonly string[] = [];

  override render(): TemplateResult | typeof nothing {
    const { model } = this;
    if (!model?.state) return nothing;
    const who = whoDiffers(model.state, model.answers, model.view);
    return html`<section aria-labelledby="who">
      ${this.#head(who, model)}
      ${
        who.rows.length === 0 && !who.singles
          ? html`<p class="nobody">
              ${who.toCompare > 0 ? 'Comparing…' : 'The first answers appear here, equal ones together.'}
            </p>`
          : this.#rows(who, model)
      }
    </section>`;
  }

  #head({ counts, toAnswer, toCompare }: Who, { state, view: { exact, step } }: Model): TemplateResult {
    return html`<div class="head">
      <h2 id="who">Who differs</h2>
      ${state ? stepChoice(state, { step, choose: (chosen) => this.actions?.setView({ step: chosen }) }) : nothing}
      ${counts.map(
        ({ kind, sign, text }) =>
          html`<span class="count"
            ><span class="sign ${kind}" aria-hidden="true">${sign}</span>${text}</span
          >`,
      )}
      ${toCompare > 0 ? html`<span class="muted">${toCompare} to compare</span>` : nothing}
      ${toAnswer > 0 ? html`<span class="muted">${toAnswer} to answer</span>` : nothing}
      <span class="head-tools">
        <button
          class="masks"
          aria-pressed=${!exact}
          title="Leave out what is a node's own: its name and addresses, times, pids, ids"
          @click=${() => this.actions?.setView({ exact: !exact })}
        >
          Masks
        </button>
        ${menuButton('More Actions on Answers', () => this.#allMenu())}
      </span>
    </div>`;
  }

  #rows(who: Who, model: Model): TemplateResult {
    const { singles, unlisted } = who;
    const rows = this.#held(who.rows);
    return html`${rows.length === 0 ? nothing : this.#tree(rows, model)}
    ${singles ? this.#singles(singles) : nothing}
    ${unlisted > 0 ? html`<p class="nobody">${plural(unlisted, 'more node')} with other answers.</p>` : nothing}`;
  }

  #singles({ count, listed }: NonNullable<Who['singles']>): TemplateResult {
    return html`<p class="nobody">
      <span class="sign different" aria-hidden="true">≠</span> ${count} different, one node each
      <button class="link" @click=${() => this.#turn(listSingles)}>
        ${listed ? 'Fold them' : 'List them'}
      </button>
    </p>`;
  }

  #tree(rows: readonly AnswerRow[], model: Model): TemplateResult {
    return html`<div
      class="rows"
      role="tree"
      aria-labelledby="who"
      @keydown=${this.#key}
      @pointerleave=${() => this.requestUpdate()}
      @focusout=${() => this.requestUpdate()}
    >
      ${repeat(
        rows,
        ({ id }) => id,
        (row, at) => this.#answer(row, { at, of: rows.length, model }),
      )}
    </div>`;
  }

  /** Rows stay where they are while the pointer or the focus is on them. */
  #held(rows: readonly AnswerRow[]): readonly AnswerRow[] {
    const wanted = rows.map(({ id }) => id);
    const isHeld = this.matches(':is(:hover, :focus-within)');
    const order = isHeld ? holdOrder(this.#order, wanted) : wanted;
    const byId = new Map(rows.map((row) => [row.id, row]));
    this.#order = order.filter((id) => byId.has(id));
    return this.#order.flatMap((id) => byId.get(id) ?? []);
  }

  #answer(row: AnswerRow, { at, of, model }: { at: number; of: number; model: Model }): TemplateResult {
    const { id, kind, sign, count, word, end, isFailure, names, open, label } = row;
    const isChosen = isOnly(model.view.filter, onlyOf(row));
    return html`<div
        class="entry"
        role="treeitem"
        aria-level="1"
        aria-setsize=${of}
        aria-posinset=${at + 1}
        aria-expanded=${open}
        aria-selected=${isChosen}
        aria-label=${label}
        data-id=${id}
        tabindex=${at === 0 ? 0 : -1}
        @click=${() => this.#choose(row)}
        @dblclick=${() => this.#compare(row)}
        @contextmenu=${(event: MouseEvent) => openMenu(event, this.#menu(row))}
      >
        <span class="twistie" @click=${(event: Event) => this.#twist(event, id)}
          ><span class="icon ${open ? '' : 'closed'}" aria-hidden="true">${glyph('chevron-down')}</span></span
        >
        <span class="sign ${kind}" aria-hidden="true">${sign}</span>
        <span class="many">${count}</span>
        <span class="kind">${word}</span>
        <span class="end ${isFailure ? 'failure' : ''}">${end}</span>
        <span class="names cut" title=${names.slice(0, 2000)}>${names}</span>
        <span class="tools">${this.#tools(row)}</span>
      </div>
      ${open ? bodyTemplate(row, () => this.#turn(allLinesOf(id))) : nothing}`;
  }

  #tools(row: AnswerRow): TemplateResult {
    const run = (act: () => void) => (event: Event) => {
      event.stopPropagation();
      act();
    };
    const tool = (name: string, label: string, act: () => void): TemplateResult =>
      html`<button class="tool" tabindex="-1" title=${label} aria-label=${label} @click=${run(act)}>
        ${icon(name)}
      </button>`;
    return html`${
      row.kind === 'silent'
        ? nothing
        : tool('git-compare', row.kind === 'same' ? 'Open as text' : 'Compare with the majority', () =>
            this.#compare(row),
          )
    }
    ${tool('checklist', 'Select in tree', () => this.actions?.selectNodes(row.executions))}
    ${tool('copy', 'Copy node names', () => this.actions?.copy(row.names))}
    ${menuButton(`More actions on ${row.label}`, () => this.#menu(row), 'row')}`;
  }

  #menu(row: AnswerRow): readonly MenuItem[] {
    const { actions, model } = this;
    if (!actions || !model?.state) return [];
    const own = { compare: () => this.#compare(row), show: () => this.#choose(row) };
    return answerMenu(row, { state: model.state, actions, ...own });
  }

  #allMenu(): readonly MenuItem[] {
    const { actions, model } = this;
    if (!actions || !model?.state) return [];
    const { rows } = whoDiffers(model.state, model.answers, model.view);
    return answersMenu(rows, { view: model.view, actions });
  }

  #choose(row: AnswerRow): void {
    const filter = this.model?.view.filter;
    if (!filter) return;
    this.actions?.setView({ filter: turnOnly(filter, onlyOf(row)), filterChosen: true });
  }

  #compare({ kind, executions, label }: AnswerRow): void {
    const { state, answers } = this.model ?? {};
    const majority = answers?.clusters.find((each) => each.kind === 'same');
    const [first] = executions;
    if (!state || first === undefined || kind === 'silent') return;
    const step = answers?.step;
    if (kind === 'same' || !majority) return this.actions?.openOutput(first, step);
    const nodes = plural(majority.executions.length, 'node');
    const within = stepColumns(state).find((each) => each.step === step);
    this.actions?.compare({
      majority: majority.executions[0] ?? first,
      execution: first,
      title: `${within ? `${within.title}: ` : ''}majority (${nodes}) ↔ ${label.split(', ').at(-1)}`,
      step,
    });
  }

  #twist(event: Event, id: string): void {
    event.stopPropagation();
    this.#turn(id);
  }

  #turn(id: string): void {
    const turned = this.model?.view.turned ?? [];
    const next = turned.includes(id) ? turned.filter((each) => each !== id) : [...turned, id];
    this.actions?.setView({ turned: next });
  }

  #key(event: KeyboardEvent): void {
    const rows = [...(this.shadowRoot?.querySelectorAll<HTMLElement>('.entry') ?? [])];
    const current = this.shadowRoot?.activeElement ?? null;
    if (rove(rows, current, event)) return;
    const id = current instanceof HTMLElement ? current.dataset['id'] : undefined;
    const { model } = this;
    if (id === undefined || !model?.state) return;
    const row = whoDiffers(model.state, model.answers, model.view).rows.find((each) => each.id === id);
    if (!row) return;
    const act = {
      ArrowRight: () => row.open || this.#turn(id),
      ArrowLeft: () => row.open && this.#turn(id),
      Enter: () => this.#compare(row),
      ' ': () => this.#choose(row),
    }[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  static override styles = [shared, controls, questionStyles, answerStyles];
}

/** What the filter has, and what its chip says. */
function onlyOf({ sign, count, word, end, executions }: AnswerRow): Only {
  return { label: `${sign} ${count} ${word}${isWell(end) ? '' : `, ${end}`}`, executions };
}

customElements.define('muster-answers', Answers);
