import { visible } from './visible.ts';

const plain = /^[\t\n\x20-\x7e]*$/;

/** Colours and weights of ECMA-48 (SGR): the only sequences that are dropped without a trace. */
// oxlint-disable-next-line no-control-regex -- it is the escape character that is looked for
const colours = /\u001b\[[0-9;:]*m/g;

/** Text of a node, an inventory or a workspace made harmless for people to read. Tabs and line feeds stay. */
export function escapeText(text: string): string {
  if (plain.test(text)) return text;
  return text.replace(colours, '').replaceAll('\r\n', '\n').split('\n').map(visible).join('\n');
}

/** As escapeText, in one line: line feeds and tabs become visible as well. */
export function escapeLine(text: string): string {
  return visible(text.replace(colours, '')).replaceAll('\t', '␉');
}
