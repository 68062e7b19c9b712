import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { ColumnFacts, MatrixRow } from '../view/matrix.ts';
import { type CellStatus, cellLook, cellText, stepsAt, unreachedLook } from '../view/stepCells.ts';
import type { StepColumn } from '../view/stepColumns.ts';
import { glyph, icon } from './icon.ts';
import './progressBar.ts';

export type CellContext = {
  readonly column: StepColumn;
  /** From 0. */
  readonly place: number;
  readonly tabindex: number;
  readonly now: number;
  open(): void;
};

export type WaveContext = {
  readonly index: number;
  readonly tabindex: number;
  measure(element: Element | undefined): void;
  /** Lists its nodes, or closes the list. */
  toggle(): void;
};

/** Which nodes a row is about; a click lists those that went the same way. */
export function nameTemplate(
  { key, names, open, inner, executions }: Extract<MatrixRow, { type: 'nodes' }>,
  act: { readonly tabindex: number; open(): void },
): TemplateResult {
  return html`<span
    role="rowheader"
    class="name ${inner ? 'inner' : ''}"
    aria-colindex="1"
    aria-expanded=${open ?? nothing}
    data-row=${key}
    data-column="0"
    tabindex=${act.tabindex}
    title=${names.slice(0, 2000)}
    @click=${act.open}
  >
    <span class="twistie ${open ? '' : 'closed'}" aria-hidden="true"
      >${open === undefined ? '' : glyph('chevron-down')}</span
    ><span class="cut">${names}</span
    >${executions.length > 1 ? html`<span class="muted">${executions.length}</span>` : nothing}
  </span>`;
}

/** How far some nodes are with a step: an icon, and how long it took or why it failed. */
export function cellTemplate(
  { key, executions, statuses, names }: Extract<MatrixRow, { type: 'nodes' }>,
  { column, place, tabindex, now, open }: CellContext,
): TemplateResult {
  const status = statuses[place] ?? 'open';
  const unreached = place === 0 ? unreachedLook(executions[0]) : undefined;
  const { icon: name, family, word } = unreached ?? cellLook[status];
  const steps = executions.map((each) => stepsAt(each, column.step)).filter(({ length }) => length > 0);
  const text = unreached ? word : cellText(status, steps, now);
  const label = [names, column.title, word, text === word ? '' : text].filter(Boolean).join(', ');
  return html`<span
    role="gridcell"
    class="cell is-${status}"
    aria-colindex=${place + 2}
    aria-label=${label}
    title="${column.title}: ${[word, text === word ? '' : text].filter(Boolean).join(', ')}"
    data-row=${key}
    data-column=${place + 1}
    tabindex=${tabindex}
    @click=${open}
    ><span class="icon ${family} ${name === 'loading' ? 'spin' : ''}" aria-hidden="true">${glyph(name)}</span
    ><span class="facts"
      >${partsOf(status, text).map((part) => html`<span class="cut">${part}</span>`)}</span
    ></span
  >`;
}

/** Where there is no room for all facts of a cell, the last ones go as a whole; reasons are cut. */
function partsOf(status: CellStatus, text: string): readonly string[] {
  return status === 'ok' || status === 'changed' ? text.split(/(?= · )/) : [text];
}

/** The head of a step: what it is, and how many nodes are how far with it. */
export function headTemplate(
  { title, kind }: StepColumn,
  { place, facts: { text, counts } }: { readonly place: number; readonly facts: ColumnFacts },
): TemplateResult {
  return html`<span role="columnheader" class="step" aria-colindex=${place + 2} title="${title}: ${text}">
    <span class="strong cut">${title}</span>
    <span class="muted cut">${kind}</span>
    ${counts.length === 0 ? html`<span class="cut">${text}</span>` : countsTemplate(text, counts)}
  </span>`;
}

function countsTemplate(text: string, counts: ColumnFacts['counts']): TemplateResult {
  return html`<span class="counts"
    ><span class="unseen">${text}</span>${counts.map(({ status, count }) => {
      const { icon: name, family } = cellLook[status];
      return html`<span class="count" aria-hidden="true">${icon(name, family)}${count}</span>`;
    })}</span
  >`;
}

export function waveTemplate(
  { key, title, facts, verdict, segments, open }: Extract<MatrixRow, { type: 'wave' }>,
  { index, tabindex, measure, toggle }: WaveContext,
): TemplateResult {
  return html`<div class="wave" role="row" aria-rowindex=${index + 2} data-index=${index} ${ref(measure)}>
    <span
      role="rowheader"
      class="wave-head"
      aria-expanded=${open}
      data-row=${key}
      data-column="0"
      tabindex=${tabindex}
      @click=${toggle}
      ><span class="twistie ${open ? '' : 'closed'}" aria-hidden="true">${glyph('chevron-down')}</span
      ><span class="strong">${title}</span> <span class="muted">${facts}</span
      ><muster-progress-bar
        class="thin"
        .segments=${segments}
        .percent=${0}
        .sentence=${`${title}: ${segments.map((each) => each.title).join(', ')}`}
      ></muster-progress-bar
      ><span class="muted verdict cut" title=${verdict}>${verdict}</span></span
    >
  </div>`;
}
