import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { FoundRow } from '../view/search.ts';
import { icon } from './icon.ts';

/** A node, with how many of its lines were found, or one of them. */
export function foundTemplate(row: FoundRow): TemplateResult {
  return row.type === 'node' ? nodeTemplate(row) : hitTemplate(row);
}

function nodeTemplate({ look, node, count }: Extract<FoundRow, { type: 'node' }>): TemplateResult {
  return html`${icon(look.icon, look.family)}<span class="strong cut" title=${node}>${node}</span>${' '}<span
      class="muted"
      >${count}</span
    >`;
}

function hitTemplate({ hit, before, match, after }: Extract<FoundRow, { type: 'hit' }>): TemplateResult {
  return html`<span class="number">${hit.line}</span>${' '}<span class="edge ${hit.stream}"></span
    ><span class="text cut">${before}<mark>${match}</mark>${after}</span>`;
}
