import { filters } from '../../../core/playbook/template/filters.ts';
import { tests } from '../../../core/playbook/template/tests.ts';
import type { Token, TokenType } from './legend.ts';

const pieces =
  /(?<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?<number>\d+(?:\.\d+)?)|(?<name>[\p{L}_][\p{L}\p{N}_]*)|(?<operator>==|!=|<=|>=|\/\/|[<>+\-~*/%|])/gu;
const words = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'true', 'false', 'none']);

/** The parts of an expression as it is written, without its braces; also of one that is half typed. */
export function expressionTokens(written: string, start: number): readonly Token[] {
  return [...written.matchAll(pieces)].map(({ index, 0: text, groups = {} }) => ({
    start: start + index,
    end: start + index + text.length,
    type: typeOf(groups, text, written.slice(0, index)),
  }));
}

function typeOf(groups: Record<string, string | undefined>, text: string, before: string): TokenType {
  if (groups['text'] !== undefined) return 'string';
  if (groups['number'] !== undefined) return 'number';
  if (groups['operator'] !== undefined) return 'operator';
  if (/\|\s*$/.test(before) && filters.has(text)) return 'function';
  if (/\bis\s+(?:not\s+)?$/.test(before) && tests.has(text)) return 'method';
  if (words.has(text)) return 'keyword';
  if (/(?:^|[^\w.])steps\.$/.test(before)) return 'method';
  if (/(?:^|[^\w.])params\.$/.test(before)) return 'parameter';
  return before.endsWith('.') ? 'property' : 'variable';
}
