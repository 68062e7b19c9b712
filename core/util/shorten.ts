/** A text for a message: what is longer than a few lines, or `most` UTF-16 units, ends with `…`. */
export function shorten(text: string, most = 300): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
