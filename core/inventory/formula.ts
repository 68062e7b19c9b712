/** Whether a spreadsheet would run a cell: also behind quotes, separators, blanks and controls, and in full-width characters. */
function isFormula(text: string): boolean {
  return /^(?:[\t\r]|[\s"',;\p{Cc}\p{Cf}]*[=+\-@＝＋－＠])/u.test(text);
}

/** Whether it can be told from this beginning of a text: there is more in it than what may stand before a formula. */
export function isDecided(beginning: string): boolean {
  return /[^\s"',;\p{Cc}\p{Cf}]/u.test(beginning);
}

/** The text with a `'` before it, where a spreadsheet would run it. */
export function guardFormula(text: string): string {
  return isFormula(text) ? `'${text}` : text;
}

/** The text as it was before `guardFormula`. */
export function unguardFormula(text: string): string {
  return text.startsWith("'") && isFormula(text.slice(1)) ? text.slice(1) : text;
}
