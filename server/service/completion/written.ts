import { escaped } from './keySnippet.ts';
import type { Offer } from './item.ts';
import type { Place } from './place.ts';

/** Offers whose text YAML reads back as it is: quoted where something in it means something else to it. */
export function asScalars(
  { text, cursor }: Place,
  start: number,
  offers: readonly Offer[],
): readonly Offer[] {
  const isQuoted = /["']/.test(text[cursor.start - 1] ?? '');
  // What stands behind the beginning of a text is part of it.
  if (isQuoted || start !== cursor.start || cursor.where === 'scalar') return offers;
  const isFlow = cursor.where === 'flow-value';
  return offers.map((offer) => {
    const { label, text: put = label, isSnippet } = offer;
    return isSnippet || !needsQuotes(put, isFlow) ? offer : { ...offer, text: quoted(put) };
  });
}

/** A text in quotes as a snippet, so that more can be written before the closing one. */
export function quotedSnippet(text: string): string {
  const quote = quoteFor(text);
  return `${quote}${escaped(inside(text, quote))}$0${quote}`;
}

function quoted(text: string): string {
  const quote = quoteFor(text);
  return quote + inside(text, quote) + quote;
}

function quoteFor(text: string): '"' | "'" {
  return /["\\]/.test(text) ? "'" : '"';
}

function inside(text: string, quote: '"' | "'"): string {
  return quote === "'" ? text.replaceAll("'", "''") : text;
}

/** YAML 1.2, 7.3.3: what a plain scalar may not begin with, or have in it; and words that are no text. */
function needsQuotes(text: string, isFlow: boolean): boolean {
  return (
    /^[!&*|>%@`"'#{}[\],]|^[-?:](?:\s|$)|^\s|\s$|^$/.test(text) ||
    /:(?:\s|$)|\s#/.test(text) ||
    (isFlow && /[[\]{},]/.test(text)) ||
    /^(?:null|~|true|false)$/i.test(text)
  );
}
