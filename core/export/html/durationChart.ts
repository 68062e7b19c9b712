import type { Ended } from '../../run/executionState.ts';
import { type Family, formatDuration, outcomeLook, plural } from '../../run/format.ts';
import { binsOf } from './bins.ts';
import { html, type Markup } from './markup.ts';

const width = 480;
const height = 190;
const bottom = 24;
const top = 18;

/** From the foot of a column to its head. */
const families: readonly Family[] = ['ok', 'bad', 'unknown', 'ours', 'idle'];

/** How many nodes took how long. */
export function durationChart(executions: readonly Ended[]): Markup | undefined {
  const timed = executions.flatMap(({ startedAt, endedAt, status }) =>
    startedAt === undefined || endedAt === undefined
      ? []
      : [{ took: endedAt - startedAt, family: outcomeLook[status].family }],
  );
  if (timed.length === 0) return undefined;
  const bins = binsOf(timed.map(({ took }) => took)).map(({ from, to }) => {
    const within = timed.filter(({ took }) => took >= from && took < to);
    const counts = families.map((family) => within.filter((each) => each.family === family).length);
    return { from, to, total: within.length, counts };
  });
  const most = Math.max(...bins.map(({ total }) => total));
  const pace = width / bins.length;
  const room = height - bottom - top;
  const columns = bins.map(({ from, to, total, counts }, at) => {
    const x = at * pace + 2;
    let y = height - bottom;
    const parts = counts.map((count, which) => {
      const tall = (count / most) * room;
      y -= tall;
      return count === 0
        ? html``
        : html`<rect
            class="fill-${families[which]}"
            x="${fixed(x)}"
            y="${fixed(y)}"
            width="${fixed(pace - 4)}"
            height="${fixed(tall)}"
          />`;
    });
    const middle = fixed(x + pace / 2 - 2);
    return html`<g
      ><title>${formatDuration(from)} to ${formatDuration(to)}: ${plural(total, 'node')}</title>${parts}
      ${total > 0 ? html`<text x="${middle}" y="${fixed(y - 5)}" text-anchor="middle" class="soft">${total}</text>` : html``}
      ${at % Math.ceil(bins.length / 8) === 0 ? html`<text x="${fixed(x)}" y="${height - 6}" class="soft">${formatDuration(from)}</text>` : html``}
    </g>`;
  });
  return html`<figure>
    <figcaption>Durations <small>nodes by the time they took</small></figcaption>
    <svg
      viewBox="0 0 ${width} ${height}"
      role="img"
      aria-label="Durations of ${plural(timed.length, 'node')}"
    >
      <line class="grid" x1="0" x2="${width}" y1="${height - bottom}" y2="${height - bottom}" />
      ${columns}
    </svg>
  </figure>`;
}

function fixed(value: number): string {
  return value.toFixed(1);
}
