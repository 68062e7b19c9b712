import { executionLook, plural } from '../../run/format.ts';
import { foldForDisplay } from '../../selection/nodeset.ts';
import { alikeText, type SameAnswer } from '../answers.ts';
import { type Excerpt, gapText, harmless, type Piece } from '../excerpt.ts';
import { html, lines, type Markup } from './markup.ts';
import { executionName } from '../../run/executionName.ts';

/** Answers that are open when the report is: the most frequent, and those of nodes that did not end well. */
const opened = { frequent: 3, failed: 20 };

/** One answer, the nodes that gave it, and how they ended. */
export function answerBlock({ number, executions, excerpt, isExact }: SameAnswer): Markup {
  const [first] = executions;
  const look = executionLook(first);
  const isOpen = number <= (look.family === 'ok' ? opened.frequent : opened.failed);
  const end = first.exitCode === null || first.exitCode === 0 ? look.inSentence : `exit ${first.exitCode}`;
  return html`<details class="answer" id="answer-${number}" ${isOpen ? html` open` : html``}>
    <summary>
      <b>${plural(executions.length, 'node')}</b>
      <span class="${look.family}">${look.mark} ${end}</span>
      <span class="names">${foldForDisplay(executions.map(executionName))}</span>
    </summary>
    ${isExact ? html`` : html`<p class="silent">${alikeText(first)}</p>`}
    ${excerpt ? outputBlock(excerpt) : html`<p class="silent">No output.</p>`}
  </details> `;
}

function outputBlock(excerpt: Excerpt): Markup {
  const { head, tail, leftOut } = excerpt;
  if (leftOut === 0) return html`<pre>${joined([...head, ...tail]).map(pieceMarkup)}</pre>`;
  const gap = html`<span class="gap">… ${gapText(excerpt)} …</span>`;
  return html`<pre>${head.map(pieceMarkup)}${gap}${tail.map(pieceMarkup)}</pre>`;
}

/** What was divided between head and tail is one again. */
function joined(pieces: readonly Piece[]): readonly Piece[] {
  const whole: Piece[] = [];
  for (const piece of pieces) {
    const last = whole.at(-1);
    if (last?.stream !== piece.stream) whole.push(piece);
    else whole[whole.length - 1] = { ...last, text: last.text + piece.text };
  }
  return whole;
}

function pieceMarkup(piece: Piece): Markup {
  const text = lines(harmless(piece));
  return piece.stream === 'stdout' ? text : html`<span class="err">${text}</span>`;
}
