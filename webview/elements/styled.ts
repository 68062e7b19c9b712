import { noChange } from 'lit';
import { Directive, directive } from 'lit/directive.js';
import type { ElementPart, PartInfo } from 'lit/directive.js';
import { PartType } from 'lit/directive.js';

type Properties = Readonly<Record<string, string>>;

/**
 * Sets style properties of an element through its `style` object. Style attributes, which Lit's own `styleMap` writes
 * at first, are refused by the panel's content security policy.
 */
class Styled extends Directive {
  #before: Properties = {};

  constructor(info: PartInfo) {
    super(info);
    if (info.type !== PartType.ELEMENT) throw new Error('styled stands in the tag of an element');
  }

  render(_properties: Properties): typeof noChange {
    return noChange;
  }

  override update(part: ElementPart, [properties]: [Properties]): typeof noChange {
    const { style } = part.element as HTMLElement; // an element part is on an element; ours are all HTML
    for (const name of Object.keys(this.#before)) if (!(name in properties)) style.removeProperty(name);
    for (const [name, value] of Object.entries(properties)) {
      if (this.#before[name] !== value) style.setProperty(name, value);
    }
    this.#before = properties;
    return noChange;
  }
}

export const styled = directive(Styled);
