import type { Param } from '../schema/param.ts';
import type { Value } from '../schema/value.ts';

/**
 * What a text of a command line or of a field stands for, as the type wants it. A text that is no such value stays a
 * text: `checkParam` says what is wrong with it. This file stays free of Zod for the web view.
 */
export function valueOfText({ type = 'string' }: Pick<Param, 'type'>, text: string): Value {
  switch (type) {
    case 'integer':
    case 'number':
      return number.test(text) ? Number(text) : text;
    case 'boolean':
      return truths.get(text) ?? text;
    case 'enum':
      return number.test(text) ? Number(text) : text === 'true' ? true : text === 'false' ? false : text;
    case 'array':
    case 'object':
      return parsed(text);
    case 'string':
    case 'path':
    case 'duration':
    case 'size':
      return text;
  }
}

/** How a value is written in a field; what it stands for there is the value again. */
export function textOfValue(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const number = /^-?\d+(?:\.\d+)?$/;
const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['false', false],
  ['no', false],
]);

function parsed(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}
