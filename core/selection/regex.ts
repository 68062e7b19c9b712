import { compileProgram, runProgram, sizeOf } from './regex/program.ts';
import type { RegexRefusal } from './regex/syntax.ts';
import { readRegex } from './regex/syntax.ts';

/** UTF-16 units. */
const maxLength = 500;
/** Instructions, counted repeats written out. */
const maxSize = 1000;

/** Why a regular expression cannot be used: not valid, too long, or not matched in linear time by every engine. */
export function checkRegex(source: string): RegexRefusal | undefined {
  if (source === '')
    return { message: 'The regular expression is empty.', fix: 'Write “all” for all nodes.' };
  if (source.length > maxLength) {
    return {
      message: `The regular expression has more than ${maxLength} characters.`,
      fix: 'Write a shorter one.',
    };
  }
  const read = readRegex(source);
  if ('refusal' in read) return read.refusal;
  if (sizeOf(read.node) <= maxSize) return undefined;
  return {
    message: `The repeats in the regular expression come to more than ${maxSize} pieces.`,
    fix: 'Repeat less often.',
  };
}

/** A test whether the expression matches somewhere in a text, in time linear in the text. Refused expressions match nothing. */
export function compileRegex(source: string): (text: string) => boolean {
  const read = readRegex(source);
  if (checkRegex(source) || 'refusal' in read) return () => false;
  const program = compileProgram(read.node);
  return (text) => runProgram(program, text);
}
