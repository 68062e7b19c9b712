import type { TextPlace } from '../../util/problem.ts';
import type { Expression, TemplateProblem } from './expression.ts';
import { parseFrom } from './parse.ts';

/** A piece of a template: text as it is, or an expression between `{{` and `}}`. */
export type TemplatePart = TextPlace &
  (
    | { readonly type: 'text'; readonly text: string }
    | {
        readonly type: 'expression';
        readonly expression: Expression;
        /** The author says that it is not quoted where it lands in a command. */
        readonly isRaw: boolean;
      }
  );

export type Template = {
  readonly parts: readonly TemplatePart[];
  readonly problems: readonly TemplateProblem[];
};

/** Jinja's statements: they would reach the node as they are. */
const statement = /\{%[-+]?\s*(?:if|elif|else|endif|for|endfor|set|block|include|macro|raw|filter)\b/;

/** Splits a text into what it says and what is put in. Never throws; each `{{ }}` with a mistake is a problem. */
export function parseTemplate(source: string): Template {
  const parts: TemplatePart[] = [];
  const problems: TemplateProblem[] = [];
  let at = 0;
  for (;;) {
    const opening = source.indexOf('{{', at);
    const end = opening === -1 ? source.length : opening;
    if (end > at) parts.push({ type: 'text', text: source.slice(at, end), start: at, end });
    if (opening === -1) break;
    const parsed = parseFrom(source, opening + 2, '}}');
    at = Math.min(source.length, parsed.end + 2);
    if (!parsed.ok) {
      problems.push(parsed.problem);
      // What follows an expression without an end is not known to be outside it.
      if (parsed.problem.code === 'template/unclosed') break;
      at = Math.max(at, afterClosing(source, opening));
      continue;
    }
    const part = partOf(parsed.expression, { start: opening, end: at });
    if ('code' in part) problems.push(part);
    else parts.push(part);
  }
  return { parts, problems: [...problems, ...statementsIn(parts)] };
}

function afterClosing(source: string, opening: number): number {
  const closing = source.indexOf('}}', opening);
  return closing === -1 ? source.length : closing + 2;
}

function partOf(expression: Expression, at: TextPlace): TemplatePart | TemplateProblem {
  const isRaw = expression.type === 'filter' && expression.name === 'raw';
  // In a command every value is quoted: asking for it does it once.
  const isQuoted = expression.type === 'filter' && expression.name === 'quote';
  const inner = isRaw ? expression.of : expression;
  const misplaced = rawIn(inner);
  if (misplaced) return misplaced;
  return { type: 'expression', expression: isQuoted ? expression.of : inner, isRaw, ...at };
}

/** `raw` is about where a value lands, so it stands last. */
export function rawIn(expression: Expression): TemplateProblem | undefined {
  if (expression.type !== 'filter') return undefined;
  if (expression.name !== 'raw') return rawIn(expression.of);
  const { start, end } = expression;
  const message = 'The filter "raw" says how a value lands in a command.';
  return { code: 'template/raw', message, fix: 'Write it last: {{ value | raw }}.', start, end };
}

function statementsIn(parts: readonly TemplatePart[]): readonly TemplateProblem[] {
  return parts.flatMap((part): TemplateProblem[] => {
    const found = part.type === 'text' ? statement.exec(part.text) : null;
    if (!found) return [];
    const start = part.start + found.index;
    const message = 'Templates have no statements.';
    const fix = 'Use "when" and "loop" of a step, or {{ a if b else c }}.';
    return [{ code: 'template/statement', message, fix, start, end: start + found[0].length }];
  });
}
