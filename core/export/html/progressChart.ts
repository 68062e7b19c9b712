import type { Ended } from '../../run/executionState.ts';
import { formatDuration, outcomeLook } from '../../run/format.ts';
import type { BatchState } from '../../run/state.ts';
import { html, type Markup } from './markup.ts';

const width = 1000;
const height = 200;
const left = 44;
const foot = 176;
const top = 12;
/** Places along the time at which nodes are counted. */
const places = 200;

/** Where moments and counts are on the chart. */
type Scale = {
  readonly start: number;
  readonly span: number;
  readonly x: (at: number) => string;
  readonly y: (count: number) => string;
};

/** How many nodes had ended at each moment, and how: the course of a change. */
export function progressChart(state: BatchState, executions: readonly Ended[]): Markup | undefined {
  const end = executions.reduce((last, { endedAt = 0 }) => Math.max(last, endedAt), state.startedAt);
  if (end === state.startedAt || executions.length < 2) return undefined;
  const scale = scaleOf(state.startedAt, end, executions.length);
  return html`<figure>
    <figcaption>Course <small>nodes that had ended, by the time since the start</small></figcaption>
    <svg viewBox="0 0 ${width} ${height}" role="img" aria-label="Nodes that had ended over time">
      ${levels(scale, executions.length)} ${areas(scale, executions)} ${waves(scale, state)} ${moments(scale)}
    </svg>
    <p class="key">
      <span class="ok"><i></i>ok</span><span class="bad"><i></i>not ok</span>
    </p>
  </figure>`;
}

function scaleOf(start: number, end: number, most: number): Scale {
  const span = end - start;
  return {
    start,
    span,
    x: (at) => (left + ((at - start) / span) * (width - left)).toFixed(1),
    y: (count) => (foot - (count / most) * (foot - top)).toFixed(1),
  };
}

function levels({ y }: Scale, most: number): readonly Markup[] {
  const counts = most > 3 ? [0, Math.round(most / 2), most] : [0, most];
  return counts.map(
    (count) =>
      html`<g>
        <line class="grid" x1="${left}" x2="${width}" y1="${y(count)}" y2="${y(count)}" />
        <text class="soft" x="${left - 8}" y="${y(count)}" dy="4" text-anchor="end">${count}</text>
      </g>`,
  );
}

function moments({ start, span, x }: Scale): readonly Markup[] {
  const anchors = ['start', 'middle', 'middle', 'middle', 'end'];
  return anchors.map((anchor, at) => {
    const ms = (at / 4) * span;
    return html`<text class="soft" x="${x(start + ms)}" y="194" text-anchor="${anchor}">
      ${formatDuration(ms)}
    </text>`;
  });
}

function waves({ x }: Scale, state: BatchState): readonly Markup[] {
  return state.waves
    .filter(({ wave }) => wave > 1)
    .map(({ wave, startedAt }) => {
      const at = x(startedAt);
      return html`<g>
        <line class="wave" x1="${at}" x2="${at}" y1="${top}" y2="${foot}" />
        <text class="soft" x="${at}" dx="4" y="${top + 10}">wave ${wave}</text>
      </g>`;
    });
}

function areas(scale: Scale, executions: readonly Ended[]): Markup {
  const samples = sample(scale, executions);
  const points = (counts: (each: Sample) => number): readonly string[] =>
    samples.map((each) => `${scale.x(each.at)},${scale.y(counts(each))}`);
  const between = (lower: readonly string[], upper: readonly string[]): string =>
    [...upper, ...lower.toReversed()].join(' ');
  const ok = points((each) => each.ok);
  return html`<polygon
      class="fill-ok"
      points="${between(
        points(() => 0),
        ok,
      )}"
    />
    <polygon
      class="fill-bad"
      points="${between(
        ok,
        points((each) => each.all),
      )}"
    />`;
}

type Sample = { readonly at: number; readonly ok: number; readonly all: number };

function sample({ start, span }: Scale, executions: readonly Ended[]): readonly Sample[] {
  const sorted = executions
    .map(({ endedAt = start, status }) => ({ at: endedAt, isOk: outcomeLook[status].family === 'ok' }))
    .toSorted((a, b) => a.at - b.at);
  const samples: Sample[] = [];
  let ok = 0;
  let all = 0;
  for (let place = 0; place <= places; place++) {
    const at = start + (place / places) * span;
    for (let next = sorted[all]; next && next.at <= at; next = sorted[all]) {
      all++;
      if (next.isOk) ok++;
    }
    samples.push({ at, ok, all });
  }
  return samples;
}
