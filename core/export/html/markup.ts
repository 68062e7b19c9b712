import { escapeLine } from '../../util/escape.ts';

/** HTML whose text has been escaped. Only `html` and `escaped` make it. */
export class Markup {
  readonly #text: string;
  constructor(text: string) {
    this.#text = text;
  }
  toString(): string {
    return this.#text;
  }
}

type Value = string | number | Markup | readonly Markup[] | undefined;

/** HTML in which every value is text, in element or in quotes, unless it is HTML itself. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  return new Markup(String.raw({ raw: parts }, ...values.map(valueText)));
}

/** Text of several lines, made harmless before. */
export function lines(text: string): Markup {
  return new Markup(entities(text));
}

/** A title and what belongs to it, for a list of facts. */
export function fact(title: string, value: string | Markup): Markup {
  return html`<dt>${title}</dt>
    <dd>${value}</dd>`;
}

function valueText(value: Value): string {
  if (value === undefined) return '';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return entities(escapeLine(value));
  return value instanceof Markup ? value.toString() : value.join('');
}

function entities(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
