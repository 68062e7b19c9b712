import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { AnswerRow, BodyLine } from '../view/answers.ts';
import { piecesOf } from '../view/masks.ts';

/** What an answer says; `showAll` lists all its lines. */
export function bodyTemplate({ kind, lines, below }: AnswerRow, showAll: () => void): TemplateResult {
  const canGrow = kind === 'same' && below !== '' && lines.length > 0;
  return html`<div class="body" role="group">
    ${lines.map((line) => lineTemplate(line))}
    ${
      below === ''
        ? nothing
        : html`<div class="below">
            ${
              canGrow
                ? html`<button class="link" role="treeitem" aria-level="2" @click=${showAll}>
                    ${below}
                  </button>`
                : below
            }
          </div>`
    }
  </div>`;
}

/** Text of an answer; what is each node's own is a word in a box. */
function pieces(text: string): readonly (string | TemplateResult)[] {
  return piecesOf(text).map((piece) =>
    'text' in piece
      ? piece.text
      : html`<span class="own" title="Each node's own ${piece.masks}: it does not count"
          >${piece.masks}</span
        >`,
  );
}

function lineTemplate({ number, isStderr, missing, parts, majority }: BodyLine): TemplateResult {
  return html`<div class="line ${isStderr ? 'stderr' : ''} ${missing === '' ? '' : 'missing'}">
    <span class="number">${number}</span><span class="edge"></span
    ><span class="text cut"
      >${
        missing !== ''
          ? missing
          : parts.map(({ text, differs }) =>
              differs
                ? html`<mark><span class="unseen">differs: </span>${pieces(text)}</mark>`
                : pieces(text),
            )
      }</span
    >${majority === '' ? nothing : html`<span class="majority cut" title=${majority}>majority ${majority}</span>`}
  </div>`;
}
