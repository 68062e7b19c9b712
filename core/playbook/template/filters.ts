import { isMap, type Value } from '../../schema/value.ts';
import { compare, isEqual, isTrue, longestText, textOf } from './values.ts';
import { kindOf } from '../../util/kindOf.ts';

/** Why a filter can do nothing with what it was given. A class, because a value may look like anything. */
export class Misfit {
  readonly why: string;
  constructor(why: string) {
    this.why = why;
  }
}

export function misfit(why: string): Misfit {
  return new Misfit(why);
}

/** What makes a value of a value. None of them looks at anything else, and none takes longer than its input is long. */
export type Filter = {
  readonly least: number;
  readonly most: number;
  /** For completion, hover and the page about templates. */
  readonly description: string;
  readonly example: string;
  apply(value: Value, args: readonly Value[]): Value | Misfit;
};

type Apply = Filter['apply'];

/** `default`, `raw` and `quote` are looked at where they stand: their value may be missing, or where it lands counts. */
const asIs: Apply = (value) => value;

const list: readonly [string, string, string, Apply, least?: number, most?: number][] = [
  ['default', 'Another value where there is none.', 'vars.port | default(8080)', asIs, 1, 1],
  ['raw', 'In a command: as it is, not quoted. Last of all.', 'params.options | raw', asIs],
  ['quote', 'As one word for a POSIX shell; in a command that is so without it.', 'vars.name | quote', asIs],
  ['upper', 'In capitals.', 'vars.env | upper', onText((text) => text.toUpperCase())],
  ['lower', 'In small letters.', 'node.name | lower', onText((text) => text.toLowerCase())],
  ['trim', 'Without space at both ends.', 'steps.id.stdout | trim', onText((text) => text.trim())],
  ['replace', 'With one text in the place of another.', "vars.a | replace('-', '_')", onText(replace), 2, 2],
  [
    'split',
    'The parts of a text, between spaces or a given text.',
    "vars.path | split(':')",
    onText(split),
    0,
    1,
  ],
  ['lines', 'The lines of a text, without empty ones.', 'steps.ls.stdout | lines', onText(lines)],
  [
    'basename',
    'The last part of a path.',
    'params.file | basename',
    onText((path) => parts(path).at(-1) ?? ''),
  ],
  ['dirname', 'A path without its last part.', 'params.file | dirname', onText(dirname)],
  ['from_json', 'What a JSON text says.', 'steps.info.stdout | from_json', onText(fromJson)],
  ['b64encode', 'In base64.', 'vars.key | b64encode', onText((text) => btoa(utf8(text)))],
  ['b64decode', 'What base64 stands for.', 'vars.key | b64decode', onText(fromBase64)],
  [
    'join',
    'The items as one text, with a given text between them.',
    "vars.names | join(',')",
    onList(join),
    0,
    1,
  ],
  ['sort', 'In order.', 'vars.ports | sort', onList(sorted)],
  ['unique', 'Without repeats.', 'vars.names | unique', onList(unique)],
  [
    'reverse',
    'From the end to the beginning.',
    'vars.names | reverse',
    onList((items) => items.toReversed()),
  ],
  ['sum', 'The sum of numbers.', 'vars.sizes | sum', onList(sum)],
  ['min', 'The least.', 'vars.sizes | min', onList((items) => extreme(items, -1))],
  ['max', 'The greatest.', 'vars.sizes | max', onList((items) => extreme(items, 1))],
  ['first', 'The first item or character.', 'vars.names | first', (value) => item(value, 0)],
  ['last', 'The last item or character.', 'vars.names | last', (value) => item(value, -1)],
  ['length', 'How many items, keys or characters.', 'vars.names | length', length],
  ['keys', 'The keys of a map.', 'vars.ports | keys', onMap((map) => Object.keys(map))],
  ['values', 'The values of a map.', 'vars.ports | values', onMap((map) => Object.values(map))],
  ['int', 'As a whole number.', 'steps.count.stdout | int', (value) => number(value, Math.trunc)],
  ['float', 'As a number.', 'steps.load.stdout | float', (value) => number(value, (each) => each)],
  ['round', 'The nearest whole number.', 'vars.share | round', (value) => number(value, Math.round)],
  ['abs', 'Without its sign.', 'vars.offset | abs', (value) => number(value, Math.abs)],
  ['bool', 'As true or false: `yes`, `on`, `true` and `1` are true.', 'vars.flag | bool', bool],
  ['string', 'As text.', 'vars.port | string', (value) => textOf(value) ?? ''],
  ['json', 'As JSON.', 'vars.config | json', (value) => JSON.stringify(value)],
];

/** Every filter there is, by name. */
export const filters: ReadonlyMap<string, Filter> = new Map(
  list.map(([name, description, example, apply, least = 0, most = least]) => [
    name,
    { least, most, description, example, apply },
  ]),
);

function onText(make: (text: string, args: readonly Value[]) => Value | Misfit): Apply {
  return (value, args) => {
    const texts = [value, ...args].map((each) => (typeof each === 'object' ? undefined : textOf(each)));
    const [text] = texts;
    if (text === undefined || texts.includes(undefined)) return wrongKind(value, 'text');
    return make(text, args);
  };
}

function onList(make: (items: readonly Value[], args: readonly Value[]) => Value | Misfit): Apply {
  return (value, args) => (Array.isArray(value) ? make(value, args) : wrongKind(value, 'a list'));
}

function onMap(make: (map: Record<string, Value>) => Value): Apply {
  return (value) => (isMap(value) ? make(value) : wrongKind(value, 'a map'));
}

function wrongKind(value: Value, wanted: string): Misfit {
  return misfit(`takes ${wanted}, and this is ${kindOf(value)}`);
}

function wordOf(argument: Value | undefined): string {
  return textOf(argument ?? '') ?? '';
}

function replace(text: string, [from, to]: readonly Value[]): Value | Misfit {
  const pieces = text.split(wordOf(from));
  const length = text.length + pieces.length * wordOf(to).length;
  return length > longestText ? misfit('would make a text of more than 1 MiB') : pieces.join(wordOf(to));
}

function split(text: string, [by]: readonly Value[]): Value {
  return by === undefined ? text.split(/\s+/).filter((part) => part !== '') : text.split(wordOf(by));
}

function lines(text: string): Value {
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function parts(path: string): readonly string[] {
  return path.split('/').filter((part) => part !== '');
}

function dirname(path: string): string {
  const above = parts(path).slice(0, -1).join('/');
  if (path.startsWith('/')) return `/${above}`;
  return above === '' ? '.' : above;
}

function fromJson(text: string): Value | Misfit {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return misfit('takes JSON, and this text is none');
  }
}

/** One character a byte, as btoa and atob have it. */
function utf8(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function fromBase64(text: string): Value | Misfit {
  try {
    const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return misfit('takes text in base64, and this is none');
  }
}

function join(items: readonly Value[], [by]: readonly Value[]): Value | Misfit {
  const texts = items.map((each) => textOf(each) ?? '');
  const between = wordOf(by);
  const length = texts.reduce((sum, text) => sum + text.length + between.length, 0);
  return length > longestText ? misfit('would make a text of more than 1 MiB') : texts.join(between);
}

function sorted(items: readonly Value[]): Value | Misfit {
  const kinds = new Set(items.map((each) => typeof each));
  if (kinds.size > 1 || kinds.has('object')) return misfit('puts numbers or texts in order, not both');
  return items.toSorted((a, b) => compare(a, b) ?? 0);
}

function unique(items: readonly Value[]): Value {
  const seen = new Set<string>();
  return items.filter((each) => {
    const key = JSON.stringify(each);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}

function sum(items: readonly Value[]): Value | Misfit {
  const numbers = items.filter((each) => typeof each === 'number');
  if (numbers.length < items.length) return misfit('adds numbers, and not all of these are');
  return finite(numbers.reduce((total, each) => total + each, 0));
}

function extreme(items: readonly Value[], sign: 1 | -1): Value | Misfit {
  const all = sorted(items);
  if (all instanceof Misfit || !Array.isArray(all)) return all;
  return all.at(sign === 1 ? -1 : 0) ?? misfit('finds nothing in an empty list');
}

function item(value: Value, at: number): Value | Misfit {
  if (!Array.isArray(value) && typeof value !== 'string') return wrongKind(value, 'a list or text');
  return value.at(at) ?? misfit('finds nothing: it is empty');
}

function length(value: Value): Value | Misfit {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  return isMap(value) ? Object.keys(value).length : wrongKind(value, 'a list, a map or text');
}

function number(value: Value, make: (number: number) => number): Value | Misfit {
  const text = typeof value === 'object' ? '' : String(value).trim();
  const read = text === '' || typeof value === 'boolean' ? Number.NaN : Number(text);
  return Number.isFinite(read) ? make(read) : misfit('takes a number, and this is none');
}

/** A number that JSON can hold. */
export function finite(result: number): Value | Misfit {
  return Number.isFinite(result) ? result : misfit('would come to no number');
}

function bool(value: Value): Value | Misfit {
  if (typeof value !== 'string') return isTrue(value);
  const word = value.trim().toLowerCase();
  if (['true', 'yes', 'on', '1'].includes(word)) return true;
  if (['false', 'no', 'off', '0', ''].some((each) => isEqual(each, word))) return false;
  return misfit('takes true or false, yes or no, on or off');
}
