import type { Ended } from '../../run/executionState.ts';
import { executionLook, plural } from '../../run/format.ts';
import { reasonsOf } from '../../run/gather/reasons.ts';
import { foldForDisplay } from '../../selection/nodeset.ts';
import { html, type Markup } from './markup.ts';
import { executionName } from '../../run/executionName.ts';

/** Who failed and why, a row for each reason. */
export function failures(executions: readonly Ended[]): Markup {
  const reasons = reasonsOf({ executions });
  if (reasons.length === 0) return html``;
  const nodes = reasons.reduce((sum, each) => sum + each.executions.length, 0);
  const rows = reasons.map(({ title, text, executions: [first, ...others] }) => {
    const look = executionLook(first);
    const names = foldForDisplay([first, ...others].map(executionName));
    return html`<tr>
      <td class="number">${others.length + 1}</td>
      <td class="word"><span class="${look.family}">${look.mark}</span> ${title}</td>
      <td>${text}</td>
      <td>${names}</td>
    </tr>`;
  });
  return html`<section>
    <h2>Who failed and why <small>${plural(nodes, 'node')}, ${plural(reasons.length, 'reason')}</small></h2>
    <table>
      <thead>
        <tr>
          <th class="number">Nodes</th>
          <th>End</th>
          <th>Reason</th>
          <th>Which</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}
