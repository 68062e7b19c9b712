/** Whether a spreadsheet would run a cell: also behind quotes, separators and blanks, and in full-width characters. */
function isFormula(text: string): boolean {
  return /^(?:[\t\r]|[\s"',;]*[=+\-@＝＋－＠])/u.test(text);
}

/** The text with a `'` before it, where a spreadsheet would run it. */
export function guardFormula(text: string): string {
  return isFormula(text) ? `'${text}` : text;
}

/** The text as it was before `guardFormula`. */
export function unguardFormula(text: string): string {
  return text.startsWith("'") && isFormula(text.slice(1)) ? text.slice(1) : text;
}
