/** The name around an offset: what a person would replace as one word. */
export function wordAt(text: string, offset: number): { text: string; start: number; end: number } {
  const before =
    /[\p{L}\p{M}\p{N}_.:@%/+[\]-]*$/u.exec(text.slice(lineStart(text, offset), offset))?.[0] ?? '';
  const after = /^[\p{L}\p{M}\p{N}_.@%/+[\]-]*/u.exec(text.slice(offset, offset + 300))?.[0] ?? '';
  const start = offset - before.length;
  return { text: before + after, start, end: offset + after.length };
}

export function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
