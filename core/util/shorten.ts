/** UTF-16 units of a text out of a file that a message shows. */
const most = 300;

/** A text for a message: what is longer than a few lines ends with `…`. */
export function shorten(text: string): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
