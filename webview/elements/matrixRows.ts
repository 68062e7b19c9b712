import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { ref } from 'lit/directives/ref.js';
import type { BatchState } from '../../core/run/state.ts';
import { columnFacts, type MatrixRow } from '../view/matrix.ts';
import type { StepColumn } from '../view/stepColumns.ts';
import type { View } from '../view/view.ts';
import { cellTemplate, headTemplate, nameTemplate } from './matrixCells.ts';
import type { ColumnSizes } from './matrixSizes.ts';
import { styled } from './styled.ts';

/** The heads of the steps that are in view. */
export function headRowTemplate(
  columns: readonly StepColumn[],
  { first, last, step }: ColumnSizes,
  { state, view }: { readonly state: BatchState; readonly view: Pick<View, 'fold'> },
): TemplateResult {
  return html`<div class="head" role="row" aria-rowindex="1">
    <span role="columnheader" class="name" aria-colindex="1">
      <span class="muted">${view.fold ? 'Node, or nodes that went the same way' : 'Node'}</span>
    </span>
    <span role="presentation" class="space" ${styled({ width: `${first * step}px` })}></span>
    ${columns
      .slice(first, last)
      .map((column, at) =>
        headTemplate(column, { place: first + at, facts: columnFacts(first + at, columns, state) }),
      )}
  </div>`;
}

export type NodesRowContext = {
  readonly index: number;
  readonly columns: readonly StepColumn[];
  readonly sizes: ColumnSizes;
  readonly now: number;
  /** What it said is shown below. */
  readonly isShown: boolean;
  /** The column that is come to by Tab, from 0; undefined where another row has it. */
  readonly entry: number | undefined;
  measure(element: Element | undefined): void;
  /** Of the cell of a column; column 0 are the names. */
  open(column: number): void;
};

/** Some nodes that went the same way, and how far they are with each step that is in view. */
export function nodesRowTemplate(
  row: Extract<MatrixRow, { type: 'nodes' }>,
  { index, columns, sizes, now, isShown, entry, measure, open }: NodesRowContext,
): TemplateResult {
  const { first, last, step } = sizes;
  const tabindex = (column: number): number => (column === entry ? 0 : -1);
  return html`<div
    class="row ${isShown ? 'shown-below' : ''}"
    role="row"
    aria-rowindex=${index + 2}
    data-index=${index}
    ${ref(measure)}
  >
    ${nameTemplate(row, { tabindex: tabindex(0), open: () => open(0) })}
    <span role="presentation" class="space" ${styled({ width: `${first * step}px` })}></span>
    ${columns.slice(first, last).map((column, at) => {
      const place = first + at;
      return cellTemplate(row, {
        column,
        place,
        now,
        tabindex: tabindex(place + 1),
        open: () => open(place + 1),
      });
    })}
  </div>`;
}
