/** A `{` or `[` that is open at the cursor. */
type Frame = {
  readonly type: 'map' | 'list';
  readonly keys: string[];
  key?: string;
  /** Where what stands behind that key begins. */
  valueStart?: number;
  at: number;
};

/** Where a place is inside of flow style, `{ a: [1, 2] }`. */
export type FlowPlace = {
  readonly path: readonly (string | number)[];
  readonly part: 'key' | 'value';
  /** Keys of the innermost map, also those behind the cursor. */
  readonly present: readonly string[];
  /** Where the word at the cursor begins: after its quote, if it has one. */
  readonly start: number;
};

type Reader = { readonly frames: Frame[]; wordStart: number; isQuoted: boolean; quote: string };

/** Reads flow style from its first bracket to the cursor. Undefined when it is closed before that. */
export function flowAt(text: string, from: number, offset: number): FlowPlace | undefined {
  const reader: Reader = { frames: [], wordStart: from, isQuoted: false, quote: '' };
  for (let at = from; at < offset; at += 1) {
    step(reader, text, at);
    if (reader.frames.length === 0) return undefined;
  }
  const frame = reader.frames.at(-1);
  if (!frame) return undefined;
  const path = pathOf(reader.frames);
  const isKey = frame.type === 'map' && frame.key === undefined;
  const space = /^\s*/.exec(text.slice(reader.wordStart, offset))?.[0].length ?? 0;
  const start = Math.min(offset, reader.wordStart + (reader.isQuoted ? 0 : space));
  const present = [...frame.keys, ...(frame.type === 'map' ? keysBehind(text, offset) : [])];
  return { path, part: isKey ? 'key' : 'value', present, start };
}

function step(reader: Reader, text: string, at: number): void {
  const character = text[at] ?? '';
  if (reader.isQuoted) {
    if (character === reader.quote && text[at - 1] !== '\\') reader.isQuoted = false;
    return;
  }
  const frame = reader.frames.at(-1);
  const word = text.slice(reader.wordStart, at).trim();
  if ((character === '"' || character === "'") && word === '') {
    reader.isQuoted = true;
    reader.quote = character;
    reader.wordStart = at + 1;
  } else if (character === '{' || character === '[') {
    reader.frames.push({ type: character === '{' ? 'map' : 'list', keys: [], at: 0 });
    reader.wordStart = at + 1;
  } else if (character === '}' || character === ']') {
    reader.frames.pop();
    reader.wordStart = at + 1;
  } else if (character === ',' && frame) {
    delete frame.key;
    frame.at += 1;
    reader.wordStart = at + 1;
  } else if (character === ':' && frame?.type === 'map' && isColon(text, at)) {
    frame.key ??= word.replaceAll(/^["']|["']$/g, '');
    frame.keys.push(frame.key);
    frame.valueStart = at + 1;
    reader.wordStart = at + 1;
  }
}

function isColon(text: string, at: number): boolean {
  return /["'\s,{}[\]]/.test(text[at - 1] ?? '') || /[\s,{}[\]]|^$/.test(text[at + 1] ?? '');
}

/** Keys between the cursor and the end of the map that it is in, the one that it stands on left out. */
function keysBehind(text: string, offset: number): readonly string[] {
  const reader: Reader = {
    frames: [{ type: 'map', keys: [], at: 0, key: '' }],
    wordStart: offset,
    isQuoted: false,
    quote: '',
  };
  const [own] = reader.frames;
  const end = Math.min(text.length, offset + 2000);
  for (let at = offset; at < end && reader.frames.length > 0; at += 1) step(reader, text, at);
  return own?.keys.filter((key) => key !== '') ?? [];
}

/** An entry of a map in flow style, and its value as far as it is one word or a list. */
export type FlowEntry = { readonly path: readonly (string | number)[]; readonly value: string };

/** Entries of the maps in a value in flow style, up to its end, to where the text ends or after `most` characters. */
export function flowEntries(text: string, from: number, most = 20_000): readonly FlowEntry[] {
  const reader: Reader = { frames: [], wordStart: from, isQuoted: false, quote: '' };
  const found: FlowEntry[] = [];
  const end = Math.min(text.length, from + most);
  for (let at = from; at < end; at += 1) {
    const frame = reader.frames.at(-1);
    const isEnd = !reader.isQuoted && /[,}\]]/.test(text[at] ?? '');
    if (isEnd && frame?.type === 'map' && frame.key !== undefined) {
      const whole = text.slice(frame.valueStart ?? at, at).trim();
      const value = whole.startsWith('[') ? whole : text.slice(reader.wordStart, at).trim();
      found.push({ path: pathOf(reader.frames), value: value.replaceAll(/^["']|["']$/g, '') });
    }
    step(reader, text, at);
    if (reader.frames.length === 0) break;
  }
  return found;
}

function pathOf(frames: readonly Frame[]): readonly (string | number)[] {
  return frames.flatMap((frame): (string | number)[] => {
    if (frame.type === 'list') return [frame.at];
    return frame.key === undefined ? [] : [frame.key];
  });
}
