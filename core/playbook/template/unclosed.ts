import type { TextPlace } from '../../util/problem.ts';
import type { Shell } from '../../util/quote.ts';
import { framesOf } from './shellContext.ts';
import type { TemplatePart } from './template.ts';

/** What a command of a POSIX shell leaves open at its end, and where it begins. Nothing where that is not certain. */
export function unclosedIn(
  parts: readonly TemplatePart[],
  shell: Shell,
): (TextPlace & { readonly what: string }) | undefined {
  if (shell === 'fish' || shell === 'pwsh') return undefined;
  const { frames, heredocs } = framesOf(parts);
  if (frames.some(({ type }) => type === 'lost')) return undefined;
  const open = frames.find(({ type }) => type !== 'top' && type !== 'comment');
  const [pending] = heredocs;
  const what = open ? nameOf(open) : pending === undefined ? undefined : `The here-document "${pending}"`;
  if (what === undefined) return undefined;
  const start = open?.start ?? parts.at(-1)?.start ?? 0;
  return { what, start, end: start + 1 };
}

function nameOf(frame: { readonly type: string; readonly delimiter?: string }): string {
  switch (frame.type) {
    case 'single':
      return "This '";
    case 'double':
      return 'This "';
    case 'backticks':
      return 'This `';
    case 'substitution':
      return 'This $(';
    case 'arithmetic':
      return 'This $((';
    case 'parameter':
      return 'This ${';
    default:
      return `The here-document "${frame.delimiter ?? ''}"`;
  }
}
