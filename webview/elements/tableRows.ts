import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { TableLine, TableSort } from '../view/table.ts';
import { styled } from './styled.ts';
import type { TableColumns } from './tableColumns.ts';

/** The names of the columns; a click sorts by one, another the other way round. */
export function tableHeadTemplate(
  head: readonly string[],
  columns: TableColumns,
  { sort, turn }: { readonly sort: TableSort; turn(sort: TableSort): void },
): TemplateResult {
  return html`<div class="head" role="row" aria-rowindex="1">
    ${columns.shown.map((column) => {
      const on = sort.column === column;
      const direction = sort.descending ? 'descending' : 'ascending';
      return html`${spaceBefore(column, columns)}<span
          role="columnheader"
          class="cell ${kindOf(column, columns)}"
          aria-colindex=${column + 1}
          aria-sort=${on ? direction : 'none'}
          ${styled({ width: `${columns.widths[column]}px` })}
          ><button
            title=${head[column] ?? ''}
            @click=${() => turn({ column, descending: on && !sort.descending })}
          >
            ${head[column]}${on ? html`<span aria-hidden="true"> ${sort.descending ? '↓' : '↑'}</span>` : nothing}
          </button></span
        >`;
    })}
  </div>`;
}

export type LineContext = {
  readonly index: number;
  readonly columns: TableColumns;
  /** It is come to by Tab. */
  readonly isEntry: boolean;
  readonly isChosen: boolean;
  measure(element: Element | undefined): void;
  open(): void;
};

export function tableLineTemplate(
  { key, cells }: TableLine,
  { index, columns, isEntry, isChosen, measure, open }: LineContext,
): TemplateResult {
  return html`<div
    class="row ${isChosen ? 'chosen' : ''}"
    role="row"
    aria-rowindex=${index + 2}
    data-index=${index}
    data-key=${key}
    tabindex=${isEntry ? 0 : -1}
    @click=${open}
    ${ref(measure)}
  >
    ${columns.shown.map(
      (column) =>
        html`${spaceBefore(column, columns)}<span
            role="gridcell"
            class="cell cut ${kindOf(column, columns)}"
            aria-colindex=${column + 1}
            title=${cells[column] ?? ''}
            ${styled({ width: `${columns.widths[column]}px` })}
            >${cells[column]}</span
          >`,
    )}
  </div>`;
}

/** In place of the columns that are not in view, behind the first. */
function spaceBefore(column: number, { shown, before }: TableColumns): TemplateResult | typeof nothing {
  return column === shown[1]
    ? html`<span role="presentation" ${styled({ width: `${before}px` })}></span>`
    : nothing;
}

function kindOf(column: number, { numeric }: TableColumns): string {
  return [column === 0 && 'first', numeric.has(column) && 'number'].filter(Boolean).join(' ');
}
