import { LitElement, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Rerun } from '../../core/protocol/webview.ts';
import { batchLook, sentenceOf, sentenceText, shortId } from '../../core/run/format.ts';
import { mostAtOnce } from '../../core/run/mostAtOnce.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { Actions } from '../actions.ts';
import { barSegments, percentDone } from '../view/bar.ts';
import { cancelChoices, rerunChoices } from '../view/choices.ts';
import { factsOf } from '../view/facts.ts';
import type { Fact } from '../view/facts.ts';
import { headlineOf } from '../view/headline.ts';
import type { Headline } from '../view/headline.ts';
import { headerStyles } from './headerStyles.ts';
import { type Relative, relativesOf } from '../view/relatives.ts';
import { batchMenu } from '../view/menus.ts';
import { icon } from './icon.ts';
import { menuButton } from './menu.ts';
import './progressBar.ts';
import './splitButton.ts';
import { controls, shared } from './styles.ts';

/** Who is done: what runs, on whom, how far it is. Fires `show-nodes` and `show-execution`. */
export class RunHeader extends LitElement {
  static override properties = {
    state: { attribute: false },
    folded: { attribute: false },
    now: { type: Number },
    actions: { attribute: false },
    reruns: { attribute: false },
    usualMs: { attribute: false },
  };
  declare state: BatchState | undefined;
  /** The nodes of the batch, folded. */
  declare folded: string;
  declare now: number;
  declare actions: Actions | undefined;
  /** Batches that run this one again. */
  declare reruns: readonly Rerun[] | undefined;
  /** Milliseconds that such a batch took before, where that is known. */
  declare usualMs: number | undefined;

  override render(): TemplateResult | typeof nothing {
    const { state } = this;
    if (!state) return nothing;
    const headline = headlineOf(state, this.now);
    return html`<header>
      ${this.#title(state, headline)} ${this.#subject(state, headline)}
      <div class="progress">
        <muster-progress-bar
          .segments=${barSegments(state)}
          .percent=${percentDone(state)}
          .sentence=${sentenceText(state)}
        ></muster-progress-bar>
        <span class="percent strong">${percentDone(state)} %</span>
      </div>
      ${this.#outcome(state)}
    </header>`;
  }

  #title(state: BatchState, { command, more, full }: Headline): TemplateResult {
    const { icon: name, family, word } = batchLook[state.status];
    return html`<div class="line title">
      <span class="state" role="img" aria-label=${word}>${icon(name, family)}</span>
      <h1 class="cut mono" title=${full}>${command}</h1>
      ${more === '' ? nothing : html`<span class="muted more" title=${full}>${more}</span>`}
      <span class="grow"></span>
      ${state.status === 'running' ? this.#live(state) : this.#ended(state)}
    </div>`;
  }

  #live(state: BatchState): TemplateResult {
    return html`<div role="toolbar" aria-label="Actions">
      ${this.#pause(state)}
      <muster-split-button
        .choices=${cancelChoices(state)}
        .blocked=${state.cancelRequested}
        @choose=${this.#cancel}
      ></muster-split-button>
      ${this.#more(state)}
    </div>`;
  }

  #more(state: BatchState): TemplateResult | typeof nothing {
    const { actions } = this;
    return actions ? menuButton('More Actions', () => batchMenu({ state, actions })) : nothing;
  }

  #ended(state: BatchState): TemplateResult {
    return html`<div role="toolbar" aria-label="Actions">
      <muster-split-button
        .choices=${rerunChoices(state)}
        @choose=${({ detail }: CustomEvent<string>) => this.actions?.rerun(detail)}
      ></muster-split-button>
      ${this.#compare(state)} ${this.#more(state)}
    </div>`;
  }

  #compare({ executions }: BatchState): TemplateResult | typeof nothing {
    if (executions.length < 2) return nothing;
    return html`<button
      class="button compare"
      title="Compare the output of two nodes"
      @click=${() => this.actions?.compareTwo()}
    >
      ${icon('git-compare')}<span class="word">Compare…</span>
    </button>`;
  }

  #subject(state: BatchState, headline: Headline): TemplateResult {
    const { expression, nodes, file, params, details } = headline;
    const tip = [expression, this.folded, params, ...details].filter(Boolean).join('\n');
    return html`<div class="line subject">
      ${icon('target')}
      <span class="mono cut expression" title=${tip}>${expression}</span>
      ${
        state.executions.length > 1
          ? html`<button class="link" title=${tipOf(this.folded)} @click=${this.#showNodes}>${nodes}</button>`
          : nothing
      }
      ${
        this.folded === expression
          ? nothing
          : html`<span class="cut detail folded" title=${tipOf(this.folded)}>${this.folded}</span>`
      }
      ${file === '' ? nothing : this.#file(file)}
      ${params === '' ? nothing : html`<span class="cut detail params mono" title=${tipOf(params)}>${params}</span>`}
      ${details.map((each) => html`<span class="detail">${each}</span>`)}
      ${relativesOf(state, this.reruns).map((each) => this.#relative(each))}
    </div>`;
  }

  #file(file: string): TemplateResult {
    return html`<button
      class="link relative file"
      title="Open ${file}"
      @click=${() => this.actions?.openPlaybook(undefined)}
    >
      ${file}
    </button>`;
  }

  #relative({ text, batch }: Relative): TemplateResult {
    const open = (): void => this.actions?.openBatch(batch);
    return html`<button class="link relative" title="Open batch ${shortId(batch)}" @click=${open}>
      ${text}
    </button>`;
  }

  #outcome(state: BatchState): TemplateResult {
    const { lead, rest } = sentenceOf(state);
    return html`<div class="outcome">
      <p class="sentence"><span class="strong">${lead}</span>${rest}</p>
      <ul class="facts" aria-label="Facts">
        ${factsOf(state, this.now, this.usualMs).map((fact) => this.#fact(fact))}
      </ul>
    </div>`;
  }

  #fact({ text, strong, links = [], places }: Fact): TemplateResult {
    return html`<li>
      ${text}${strong === undefined ? nothing : html` <span class="plain">${strong}</span>`}
      ${links.map(
        ({ text: label, execution }) =>
          html`<button class="link" @click=${() => this.#fire('show-execution', execution)}>
            ${label}
          </button> `,
      )}
      ${places === undefined ? nothing : [places - 1, places + 1].map((next) => this.#resize(next, places))}
    </li>`;
  }

  #resize(next: number, places: number): TemplateResult {
    const label = next < places ? 'Fewer at once' : 'More at once';
    const resize = (): void => this.actions?.resize(next - places);
    const isOutside = next < 1 || next > mostAtOnce;
    return html`<button
      class="tool step"
      title=${label}
      aria-label="${label}: ${next}"
      ?disabled=${isOutside}
      @click=${resize}
    >
      ${next < places ? '−' : '+'}
    </button>`;
  }

  #pause({ paused, cancelRequested, counts, executions }: BatchState): TemplateResult | typeof nothing {
    if (cancelRequested || executions.length < 2 || (counts.queued === 0 && !paused)) return nothing;
    const toggle = (): void => this.actions?.control({ type: paused ? 'resume' : 'pause' });
    const label = paused ? 'Continue' : 'Pause';
    return html`<button class="button pause" title=${label} @click=${toggle}>
      ${icon(paused ? 'debug-continue' : 'debug-pause')}<span class="word">${label}</span>
    </button>`;
  }

  #cancel({ detail }: CustomEvent<string>): void {
    if (detail === 'all' || detail === 'queued') this.actions?.cancel(detail);
  }

  #showNodes(): void {
    this.#fire('show-nodes', undefined);
  }

  #fire(name: string, detail: string | undefined): boolean {
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  static override styles = [shared, controls, headerStyles];
}

/** Tooltips show at most 2,000 characters. */
function tipOf(text: string): string {
  return text.length <= 2_000 ? text : `${text.slice(0, 2_000)}…`;
}

customElements.define('muster-run-header', RunHeader);
