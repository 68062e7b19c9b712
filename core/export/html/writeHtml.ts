import { actionTitle } from '../../run/actionText.ts';
import { plural } from '../../run/format.ts';
import { sameAnswers } from '../answers.ts';
import { type ExportInput, wantedOf } from '../input.ts';
import { answerBlock } from './answers.ts';
import { durationChart } from './durationChart.ts';
import { failures } from './failures.ts';
import { html, lines, type Markup } from './markup.ts';
import { nodeRow, nodesHead } from './nodes.ts';
import { outcomeChart } from './outcomeChart.ts';
import { progressChart } from './progressChart.ts';
import { style } from './style.ts';
import { summary } from './summary.ts';

/** Nothing is loaded and nothing runs: the page has its own style and no script. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A report that is one file: what was done, how it went, who failed and why, who said what, node by node. */
export async function* writeHtml(input: ExportInput): AsyncGenerator<string> {
  const executions = wantedOf(input);
  const title = actionTitle(input.state.plan.action);
  yield html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${lines(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title.slice(0, 80)}</title>
<style>`.toString();
  yield `${style}</style>\n</head>\n<body>\n`;
  yield text(
    html`${summary(input, executions)}
      <main>
        <h2>At a glance</h2>
      </main> `,
  );
  yield text(html`<div class="charts">${outcomeChart(executions)}${durationChart(executions)}</div> `);
  yield text(html`${progressChart(input.state, executions)} ${failures(executions)} `);
  const answers = await sameAnswers(input);
  const answerOf = new Map(
    answers.flatMap(({ number, executions: same }) => same.map(({ id }) => [id, number])),
  );
  const count = plural(answers.length, 'different answer');
  yield text(
    html`<section>
      <h2>Answers <small>${count}, equal ones together</small></h2>
    </section> `,
  );
  for (const answer of answers) yield text(answerBlock(answer));
  yield text(html`</section>\n<section class="nodes">\n<h2>Nodes</h2>\n${nodesHead}\n`);
  for (const execution of executions) yield text(nodeRow(execution, input, answerOf.get(execution.id)));
  yield text(html`</section>\n</main>\n<footer>Muster, batch ${input.state.id}</footer>\n</body>\n</html>\n`);
}

function text(markup: Markup): string {
  return markup.toString();
}
