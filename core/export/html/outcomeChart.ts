import { outcomeLook } from '../../run/format.ts';
import { outcomeStatuses } from '../../run/statuses.ts';
import type { Ended } from '../../run/executionState.ts';
import { html, type Markup } from './markup.ts';

const width = 480;
const rowHeight = 28;
const label = 150;
const numbers = 84;

/** A bar for each outcome that there is, with its count and its share. */
export function outcomeChart(executions: readonly Ended[]): Markup {
  const counts = outcomeStatuses
    .map((status) => ({
      look: outcomeLook[status],
      count: executions.filter((each) => each.status === status).length,
    }))
    .filter(({ count }) => count > 0);
  const most = Math.max(1, ...counts.map(({ count }) => count));
  const room = width - label - numbers;
  const rows = counts.map(({ look, count }, at) => {
    const y = at * rowHeight;
    const share = Math.round((count / executions.length) * 1000) / 10;
    return html`<g transform="translate(0 ${y})">
      <text x="0" y="18">${look.mark} ${look.word}</text>
      <rect class="track" x="${label}" y="6" width="${room}" height="16" rx="3" />
      <rect
        class="fill-${look.family}"
        x="${label}"
        y="6"
        width="${Math.max(3, Math.round((count / most) * room))}"
        height="16"
        rx="3"
      />
      <text x="${width - numbers + 12}" y="18">${count} <tspan class="soft">${share} %</tspan></text>
    </g>`;
  });
  const said = counts.map(({ look, count }) => `${count} ${look.inSentence}`).join(', ');
  return html`<figure>
    <figcaption>Outcomes</figcaption>
    <svg
      viewBox="0 0 ${width} ${Math.max(1, counts.length) * rowHeight}"
      role="img"
      aria-label="Outcomes: ${said}"
    >
      ${rows}
    </svg>
  </figure>`;
}
