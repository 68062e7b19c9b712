import { noFilter } from './filter.ts';
import type { Part } from './part.ts';
import type { Filter, Kind } from './filter.ts';
import { byStatus, sortKeys } from './rows.ts';
import type { Sort } from './rows.ts';
import { statusOrder } from './status.ts';

/** How the nodes are shown. */
export const nodeViews = ['list', 'steps', 'table', 'search'] as const;
export type NodeView = (typeof nodeViews)[number];

/** What a person set up in the panel; kept over hide, show and reload. */
export type View = {
  readonly filter: Filter;
  /** Whether a person chose the filter; else it may be chosen for them at the end. */
  readonly filterChosen: boolean;
  /** Whether what opens by itself at the end of the batch has been opened. */
  readonly endShown: boolean;
  readonly sort: Sort;
  /** Without a choice of a person: the steps of a playbook, else the list. */
  readonly shows: NodeView | undefined;
  /** Nodes that went the same way through the steps are one row. */
  readonly fold: boolean;
  /** The execution whose detail is below the steps, the table or what was found. */
  readonly pane: string | undefined;
  /** What of its output the detail of an execution shows; without it, all. */
  readonly part: Part | undefined;
  /** Executions whose details are open, oldest first, at most ten. */
  readonly open: readonly string[];
  readonly wrap: boolean;
  /** The step whose answers are compared; `all` for all output. Nothing chosen: see `answersStep`. */
  readonly step: string | undefined;
  /** Answers are compared as they are, without masks. */
  readonly exact: boolean;
  /** Answers that a person opened or closed, against how they start. */
  readonly turned: readonly string[];
  /** Pixels. */
  readonly scroll: number;
  /** The row that has the focus, or had it last. */
  readonly current: string | undefined;
};

export const firstView: View = {
  filter: noFilter,
  filterChosen: false,
  endShown: false,
  sort: byStatus,
  shows: undefined,
  fold: true,
  pane: undefined,
  part: undefined,
  open: [],
  wrap: false,
  step: undefined,
  exact: false,
  turned: [],
  scroll: 0,
  current: undefined,
};

/** Without steps there is no matrix, whatever was chosen for another batch. */
export function shownView({ shows }: View, hasSteps: boolean): NodeView {
  if (hasSteps) return shows ?? 'steps';
  return shows === undefined || shows === 'steps' ? 'list' : shows;
}

export const mostOpen = 10;
/** Answers of which it is remembered that they were turned. */
const mostTurned = 200;

/** Opens or closes a detail; when ten are open the oldest closes. */
export function toggleOpen(view: View, id: string): View {
  const open = view.open.includes(id) ? view.open.filter((each) => each !== id) : [...view.open, id];
  return { ...view, open: open.slice(-mostOpen), current: id };
}

/** A view from what was saved, by this version or another: what does not fit is left out. */
export function viewFrom(saved: unknown): View {
  if (!isRecord(saved)) return firstView;
  const { filter, sort, open, scroll, current, pane } = saved;
  return {
    filter: isRecord(filter) ? filterFrom(filter) : noFilter,
    filterChosen: saved['filterChosen'] === true,
    endShown: saved['endShown'] === true,
    sort: isRecord(sort) ? sortFrom(sort) : byStatus,
    shows: nodeViews.find((each) => each === saved['shows']),
    fold: saved['fold'] !== false,
    pane: typeof pane === 'string' ? pane : undefined,
    part: undefined,
    open: strings(open).slice(-mostOpen),
    wrap: saved['wrap'] === true,
    step: typeof saved['step'] === 'string' ? saved['step'] : undefined,
    exact: saved['exact'] === true,
    turned: strings(saved['turned']).slice(-mostTurned),
    scroll: typeof scroll === 'number' && scroll > 0 ? scroll : 0,
    current: typeof current === 'string' ? current : undefined,
  };
}

function filterFrom({ kinds, text }: Record<string, unknown>): Filter {
  const known: readonly Kind[] = ['not-ok', ...statusOrder];
  const wanted = new Set(strings(kinds));
  return { kinds: known.filter((kind) => wanted.has(kind)), text: typeof text === 'string' ? text : '' };
}

function sortFrom({ by, descending }: Record<string, unknown>): Sort {
  return { by: sortKeys.find((key) => key === by) ?? byStatus.by, descending: descending === true };
}

function strings(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
