import { LitElement, html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { visible } from '../../core/util/visible.ts';
import { styled } from '../elements/styled.ts';
import { controls, shared } from '../elements/styles.ts';
import { VirtualController } from '../elements/virtual.ts';
import { exactNodesStyles } from './exactNodesStyles.ts';
import { fieldStyles } from './fieldStyles.ts';

/** Each node that the form would run on, with a box that leaves it out; those that were left out here stay in sight. */
export class ExactNodes extends LitElement {
  static override properties = {
    nodes: { attribute: false },
    leftOut: { attribute: false },
    tick: { attribute: false },
  };
  declare nodes: readonly string[];
  declare leftOut: readonly string[];
  declare tick: (node: string, on: boolean) => void;
  readonly #virtual = new VirtualController(this);
  #rows: readonly string[] = [];

  constructor() {
    super();
    this.nodes = [];
    this.leftOut = [];
    this.tick = () => {};
  }

  /** A row stays where it is when its box is cleared: nothing moves under the pointer. */
  override willUpdate(): void {
    const all = new Set([...this.nodes, ...this.leftOut]);
    const before = this.#rows.filter((node) => all.has(node));
    this.#rows = before.length === all.size ? before : [...all];
  }

  override render(): TemplateResult {
    const selected = new Set(this.nodes);
    const rows = this.#rows;
    this.#virtual.update({
      count: rows.length,
      scroller: this,
      itemSize: 22,
      margin: 0,
      keyOf: (index) => rows[index] ?? index,
    });
    return html`<div
      class="all"
      role="group"
      aria-label="Nodes"
      ${styled({ height: `${this.#virtual.height}px` })}
    >
      ${repeat(
        this.#virtual.items,
        ({ key }) => key,
        ({ index, start }) => {
          const node = rows[index] ?? '';
          return this.#row(node, selected.has(node), start);
        },
      )}
    </div>`;
  }

  #row(node: string, isIn: boolean, top: number): TemplateResult {
    const change = ({ target }: Event): void => {
      if (target instanceof HTMLInputElement) this.tick(node, target.checked);
    };
    return html`<label class="node ${isIn ? '' : 'out'}" ${styled({ top: `${top}px` })}>
      <input type="checkbox" .checked=${isIn} @change=${change} /><span class="cut">${visible(node)}</span>
    </label>`;
  }

  static override styles = [shared, controls, fieldStyles, exactNodesStyles];
}

customElements.define('muster-exact-nodes', ExactNodes);
