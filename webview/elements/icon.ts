import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Family } from '../../core/run/format.ts';

/**
 * A codicon as a character of the codicon font, which the page's style sheet loads: classes of a page do not reach
 * into shadow roots, fonts do. Without a label it stands beside a word and is hidden from screen readers.
 */
export function icon(name: string, family?: Family | 'accent'): TemplateResult {
  const spin = name === 'loading';
  return html`<span class="icon ${family ?? ''} ${spin ? 'spin' : ''}" aria-hidden="true"
    >${glyph(name)}</span
  >`;
}

/** The character of an icon; a question mark in a circle for a name that is not in the table. */
export function glyph(name: string): string {
  return glyphs.get(name) ?? '\ueb32';
}

/** From codicon.csv of the codicon package; a test compares them. */
export const glyphs: ReadonlyMap<string, string> = new Map([
  ['pass', '\ueba4'],
  ['error', '\uea87'],
  ['zap', '\uea86'],
  ['clockface', '\uec75'],
  ['debug-disconnect', '\uead0'],
  ['question', '\ueb32'],
  ['shield', '\ueb53'],
  ['circle-slash', '\ueabd'],
  ['debug-step-over', '\uead6'],
  ['dash', '\ueacc'],
  ['stop-circle', '\ueba5'],
  ['bug', '\ueaaf'],
  ['circle-outline', '\ueabc'],
  ['plug', '\ueb2d'],
  ['loading', '\ueb19'],
  ['play-circle', '\ueba6'],
  ['key', '\ueb11'],
  ['warning', '\uea6c'],
  ['debug-rerun', '\uebc0'],
  ['debug-stop', '\uead7'],
  ['debug-pause', '\uead1'],
  ['debug-continue', '\ueacf'],
  ['target', '\uebf8'],
  ['chevron-down', '\ueab4'],
  ['search', '\uea6d'],
  ['word-wrap', '\ueb80'],
  ['copy', '\uebcc'],
  ['go-to-file', '\uea94'],
  ['close', '\uea76'],
  ['git-compare', '\ueafd'],
  ['checklist', '\ueab3'],
  ['run-all', '\ueb9e'],
  ['lock', '\uea75'],
  ['folder', '\uea83'],
  ['tag', '\uea66'],
  ['server', '\ueb50'],
  ['book', '\ueaa4'],
  ['file-code', '\ueae9'],
  ['export', '\uebac'],
  ['ellipsis', '\uea7c'],
  ['terminal', '\uea85'],
  ['history', '\uea82'],
]);
