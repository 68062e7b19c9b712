import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Row, Sort, SortKey } from '../view/rows.ts';
import { icon } from './icon.ts';

export type RowPlace = {
  readonly index: number;
  readonly current: boolean;
  readonly open: boolean;
  readonly chosen: boolean;
};

/** The cells of one node. Below 560 px the status is told by the icon alone and `brief` stands for exit and time. */
export function rowTemplate(row: Row, { index, current, open, chosen }: RowPlace): TemplateResult {
  const { id, node, look, line, exit, time, slow, label } = row;
  return html`<div
    class="row ${chosen ? 'chosen' : ''}"
    role="row"
    aria-rowindex=${index + 2}
    aria-label=${label}
    aria-expanded=${open}
    aria-selected=${chosen}
    data-id=${id}
    tabindex=${current ? 0 : -1}
  >
    <span role="gridcell" class="cell">${icon(look.icon, look.family)}</span>
    <span role="gridcell" class="cell node" title=${node} tabindex="-1">${node}</span>
    <span role="gridcell" class="cell status" title=${look.word} tabindex="-1">${look.word}</span>
    <span role="gridcell" class="cell last" title=${line} tabindex="-1">${line}</span>
    <span role="gridcell" class="cell exit" tabindex="-1">${exit}</span>
    <span role="gridcell" class="cell time ${slow ? 'slow' : ''}" tabindex="-1">${time}</span>
    <span class="cell brief" aria-hidden="true">${exit === '' || exit === '0' ? time : `exit ${exit}`}</span>
  </div>`;
}

const heads: readonly (readonly [SortKey, string])[] = [
  ['node', 'Node'],
  ['status', 'Status'],
  ['line', 'Last line'],
  ['exit', 'Exit'],
  ['time', 'Time'],
];

/** The column heads; each sorts. */
export function headTemplate(sort: Sort, sortBy: (key: SortKey) => void): TemplateResult {
  return html`<div class="head" role="row" aria-rowindex="1">
    <span role="columnheader" class="cell"><span class="unseen">Outcome</span></span>
    ${heads.map(([key, title]) => {
      const on = sort.by === key;
      const direction = sort.descending ? 'descending' : 'ascending';
      return html`<span role="columnheader" class="cell ${key}" aria-sort=${on ? direction : 'none'}
        ><button tabindex="-1" @click=${() => sortBy(key)}>
          ${title}${on ? html`<span aria-hidden="true"> ${sort.descending ? '↓' : '↑'}</span>` : nothing}
        </button></span
      >`;
    })}
  </div>`;
}

/** Moves the focus within a row. Left of the first cell is the row itself. */
export function focusCell(row: HTMLElement, focused: Element | null, step: 1 | -1): void {
  const stops = [row, ...row.querySelectorAll<HTMLElement>('[role=gridcell][tabindex]')];
  const at = stops.findIndex((each) => each === focused);
  stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus();
}
