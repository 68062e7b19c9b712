/**
 * Where the characters of a scalar's value stand in what was written: offsets of the value to offsets of `written`,
 * which begins where the scalar does. Exact for every character but space, which folding makes of line breaks.
 */
export function scalarOffsets(written: string, value: string): (offset: number) => number {
  if (written === value) return (offset) => Math.max(0, Math.min(offset, value.length));
  const first = written[0];
  if (first === '"' || first === "'") return quotedOffsets(written, value);
  const from = first === '|' || first === '>' ? written.indexOf('\n') + 1 : 0;
  return lazily(() => align(written, value, from));
}

/** Text that is not quoted is there in order, with space of other amounts in between. */
function align(written: string, value: string, from: number): readonly number[] {
  const offsets: number[] = [];
  let at = from;
  for (const character of units(value)) {
    if (isSpace(character)) {
      offsets.push(at);
      if (isSpace(written[at] ?? '')) at += 1;
      continue;
    }
    while (at < written.length && written[at] !== character) at += 1;
    offsets.push(at);
    at += 1;
  }
  return [...offsets, Math.min(at, written.length)];
}

function quotedOffsets(written: string, value: string): (offset: number) => number {
  const isDouble = written.startsWith('"');
  return lazily(() => {
    const offsets: number[] = [];
    let at = 1;
    while (offsets.length < value.length && at < written.length) {
      const length = isDouble ? escapeLength(written, at) : written.startsWith("''", at) ? 2 : 1;
      const made = isDouble && length > 1 ? madeBy(written.slice(at, at + length)) : 1;
      // A line break and the space around it fold to what the value has there.
      if (/[\r\n]/.test(written[at] ?? '') && !/\s/.test(value[offsets.length] ?? '')) {
        at += 1;
        continue;
      }
      for (let unit = 0; unit < made; unit += 1) offsets.push(at);
      at += length;
      if (isSpace(value[offsets.length - 1] ?? '') && made > 0 && length === 1)
        while (isSpace(written[at] ?? '') && !isSpace(value[offsets.length] ?? '')) at += 1;
    }
    return [...offsets, at];
  });
}

/** Characters of an escape sequence of YAML (1.2, 5.7), backslash included; 1 where there is none. */
function escapeLength(written: string, at: number): number {
  if (written[at] !== '\\') return 1;
  const after = written[at + 1];
  if (after === 'x') return 4;
  if (after === 'u') return 6;
  return after === 'U' ? 10 : 2;
}

/** How many UTF-16 units an escape sequence stands for. */
function madeBy(escape: string): number {
  if (/^\\[\r\n]/.test(escape)) return 0;
  return escape.startsWith('\\U') && Number.parseInt(escape.slice(2), 16) > 0xffff ? 2 : 1;
}

function* units(text: string): Iterable<string> {
  for (let at = 0; at < text.length; at += 1) yield text.charAt(at);
}

function isSpace(character: string): boolean {
  return /^\s$/.test(character);
}

function lazily(make: () => readonly number[]): (offset: number) => number {
  let offsets: readonly number[] | undefined;
  return (offset) => {
    offsets ??= make();
    return offsets[Math.max(0, Math.min(offset, offsets.length - 1))] ?? 0;
  };
}
