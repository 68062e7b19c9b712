import type { Shell } from '../../util/quote.ts';
import type { TemplatePart } from './template.ts';

/** Where in a command a value lands: how it has to be quoted there, or why no quoting is safe. */
export type ShellContext =
  'word' | 'double-quotes' | 'single-quotes' | 'arithmetic' | { readonly unsafe: string };

/** Where each expression of a command lands, in order. One pass; what is not certain is unsafe. */
export function shellContexts(parts: readonly TemplatePart[], shell: Shell): readonly ShellContext[] {
  const scanner: Scanner = { frames: [{ type: 'top' }], heredocs: [], isWordStart: true, isEscaped: false };
  const isPosix = shell !== 'fish' && shell !== 'pwsh';
  return parts.flatMap((part) => {
    if (part.type === 'text') {
      if (isPosix) scanPosix(part.text, scanner);
      else scanOther(part.text, scanner);
      return [];
    }
    const context = contextOf(scanner);
    scanner.isWordStart = false;
    scanner.isEscaped = false;
    return [context];
  });
}

/** What is open at the end of a command, from the outermost on, each with where it begins in the template's text. */
export function framesOf(parts: readonly TemplatePart[]): {
  readonly frames: readonly (Frame & { readonly start: number })[];
  readonly heredocs: readonly string[];
} {
  const scanner: Scanner = { frames: [{ type: 'top' }], heredocs: [], isWordStart: true, isEscaped: false };
  const starts = [0];
  for (const part of parts) {
    if (part.type === 'expression') scanner.isWordStart = scanner.isEscaped = false;
    else
      for (let at = 0; at < part.text.length;) {
        const length = stepPosix(part.text, at, scanner);
        while (starts.length < scanner.frames.length) starts.push(part.start + at);
        starts.length = scanner.frames.length;
        at += length;
      }
  }
  const frames = scanner.frames.map((frame, depth) => ({ ...frame, start: starts[depth] ?? 0 }));
  return { frames, heredocs: scanner.heredocs };
}

type Frame =
  /** `parens`: how many are open beside the one of the frame. */
  | { readonly type: 'top' }
  | { readonly type: 'substitution'; parens: number }
  | { readonly type: 'arithmetic'; parens: number }
  | { readonly type: 'double' }
  | { readonly type: 'single' }
  | { readonly type: 'parameter' }
  | { readonly type: 'backticks' }
  | { readonly type: 'comment' }
  | { readonly type: 'heredoc'; readonly delimiter: string }
  /** What comes cannot be told any more. */
  | { readonly type: 'lost'; readonly why: string };

type Scanner = {
  readonly frames: Frame[];
  /** Delimiters of here-documents that begin on the next line. */
  readonly heredocs: string[];
  isWordStart: boolean;
  isEscaped: boolean;
};

function contextOf({ frames, isEscaped, heredocs }: Scanner): ShellContext {
  const frame = frames.at(-1) ?? { type: 'top' };
  if (isEscaped) return { unsafe: 'after a backslash' };
  if (frame.type === 'lost') return { unsafe: frame.why };
  if (heredocs.includes('')) return { unsafe: 'as the end of a here-document' };
  switch (frame.type) {
    case 'top':
    case 'substitution':
      return 'word';
    case 'double':
      return 'double-quotes';
    case 'single':
      return 'single-quotes';
    case 'arithmetic':
      return 'arithmetic';
    case 'parameter':
      return { unsafe: 'inside ${…}' };
    case 'backticks':
      return { unsafe: 'inside `…`' };
    case 'comment':
      return { unsafe: 'in a comment' };
    case 'heredoc':
      return { unsafe: 'in a here-document' };
  }
}

function scanPosix(text: string, scanner: Scanner): void {
  let at = 0;
  while (at < text.length) at += stepPosix(text, at, scanner);
}

/** Takes the characters at `at` and says how many. */
function stepPosix(text: string, at: number, scanner: Scanner): number {
  const { frames } = scanner;
  const frame = frames.at(-1) ?? { type: 'top' };
  const character = text[at] ?? '';
  if (frame.type === 'lost') return text.length - at;
  if (frame.type === 'heredoc') return stepHeredoc(text, at, { frame, frames });
  if (frame.type === 'single') return leaveAt("'", character, frames);
  if (frame.type === 'comment') {
    if (character !== '\n') return 1;
    frames.pop();
    return 0;
  }
  if (scanner.isEscaped) {
    scanner.isEscaped = false;
    return 1;
  }
  if (character === '\\') {
    scanner.isEscaped = true;
    scanner.isWordStart = false;
    return 1;
  }
  if (frame.type === 'backticks') return leaveAt('`', character, frames);
  if (frame.type === 'parameter') {
    if (/['"`$]/.test(character)) return lose(scanner, 'behind ${…} with quotes in it');
    return leaveAt('}', character, frames);
  }
  if (character === '$') return stepDollar(text, at, scanner);
  if (character === '`') return enter(scanner, { type: 'backticks' }, 1);
  if (frame.type === 'double') return leaveAt('"', character, frames);
  if (frame.type === 'arithmetic') return stepArithmetic(text, at, { frame, scanner });
  return stepWord(text, at, scanner);
}

function leaveAt(closing: string, character: string, frames: Frame[]): number {
  if (character === closing) frames.pop();
  return 1;
}

function enter({ frames }: Scanner, frame: Frame, length: number): number {
  frames.push(frame);
  return length;
}

function lose({ frames }: Scanner, why: string): number {
  frames.push({ type: 'lost', why });
  return 1;
}

function stepDollar(text: string, at: number, scanner: Scanner): number {
  const isDouble = scanner.frames.at(-1)?.type === 'double';
  scanner.isWordStart = false;
  if (text.startsWith('$((', at)) return enter(scanner, { type: 'arithmetic', parens: 0 }, 3);
  if (text.startsWith('$(', at)) {
    scanner.isWordStart = true;
    return enter(scanner, { type: 'substitution', parens: 0 }, 2);
  }
  if (text.startsWith('${', at)) return enter(scanner, { type: 'parameter' }, 2);
  // Some shells read $'…' with escapes, others as a dollar sign and quotes.
  if (!isDouble && text.startsWith("$'", at)) return lose(scanner, "behind $'…'");
  return 1;
}

function stepArithmetic(
  text: string,
  at: number,
  { frame, scanner }: { frame: Extract<Frame, { type: 'arithmetic' }>; scanner: Scanner },
): number {
  const character = text[at] ?? '';
  if (character === '(') frame.parens += 1;
  else if (character === ')' && frame.parens > 0) frame.parens -= 1;
  else if (character === ')') {
    if (text[at + 1] !== ')') return lose(scanner, 'behind $((…) without its second )');
    scanner.frames.pop();
    return 2;
  } else if (/['"]/.test(character)) return lose(scanner, 'in $((…)) with quotes in it');
  return 1;
}

/** Outside all quotes. */
function stepWord(text: string, at: number, scanner: Scanner): number {
  const { frames, heredocs } = scanner;
  const character = text[at] ?? '';
  const frame = frames.at(-1);
  if (character === '#' && scanner.isWordStart) return enter(scanner, { type: 'comment' }, 1);
  if (frame?.type === 'substitution') {
    if (scanner.isWordStart && /^case\b/.test(text.slice(at, at + 5)))
      return lose(scanner, 'behind "case" in $(…)');
    if (character === '(') frame.parens += 1;
    if (character === ')') {
      scanner.isWordStart = false;
      if (frame.parens === 0) frames.pop();
      else frame.parens -= 1;
      return 1;
    }
  }
  if (text.startsWith('<<<', at)) return 3;
  if (text.startsWith('<<', at)) return stepHeredocStart(text, at, scanner);
  scanner.isWordStart = /[\s;&|()<>]/.test(character);
  if (character === "'") return enter(scanner, { type: 'single' }, 1);
  if (character === '"') return enter(scanner, { type: 'double' }, 1);
  if (character === '\n' && heredocs.length > 0) {
    for (const delimiter of heredocs.splice(0).toReversed()) frames.push({ type: 'heredoc', delimiter });
  }
  return 1;
}

/** `<<EOF`, `<<-'EOF'`: the word that ends it, as it is without quotes. */
function stepHeredocStart(text: string, at: number, { heredocs }: Scanner): number {
  const [whole = '<<', word = ''] = /^<<-?[ \t]*([^\s;&|()<>]*)/.exec(text.slice(at)) ?? [];
  heredocs.push(word.replaceAll(/['"\\]/g, ''));
  return whole.length;
}

/** A line at a time; a line that is its delimiter ends it. */
function stepHeredoc(
  text: string,
  at: number,
  { frame, frames }: { frame: Extract<Frame, { type: 'heredoc' }>; frames: Frame[] },
): number {
  const end = text.indexOf('\n', at);
  const line = text.slice(at, end === -1 ? undefined : end);
  const isWhole = at === 0 || text[at - 1] === '\n';
  if (isWhole && line.trim() === frame.delimiter && frame.delimiter !== '') frames.pop();
  return Math.max(1, line.length + (end === -1 ? 0 : 1));
}

/** fish and PowerShell: outside quotes and comments only. */
function scanOther(text: string, scanner: Scanner): void {
  const { frames } = scanner;
  for (const character of text) {
    const frame = frames.at(-1);
    if (frame?.type === 'lost') return;
    scanner.isEscaped = !scanner.isEscaped && /[\\`]/.test(character);
    if (frame?.type === 'comment') {
      if (character === '\n') frames.pop();
    } else if (/['"‘’‚‛“”„]/.test(character))
      frames.push({ type: 'lost', why: 'in or behind quotes of this shell' });
    else if (character === '#' && scanner.isWordStart) frames.push({ type: 'comment' });
    scanner.isWordStart = /[\s;&|()]/.test(character);
  }
}
