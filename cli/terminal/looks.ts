import type { Family, Look as StatusLook } from '../../core/run/format.ts';
import type { Look, Span } from './style.ts';
import { span } from './style.ts';
import type { Terminal } from './terminal.ts';

/** The terminal's colour of each family of outcomes. */
export const familyLook: Readonly<Record<Family, Look>> = {
  ok: 'green',
  bad: 'red',
  unknown: 'yellow',
  idle: 'muted',
  ours: 'purple',
  active: 'blue',
};

/** Marks where the character set has no others: a word, since one letter would say nothing. */
const plainMarks: Readonly<Record<string, string>> = {
  '✓': 'ok  ',
  '✗': 'FAIL',
  '?': '????',
  '-': '-   ',
  '!': '!!!!',
};

export function markOf(look: StatusLook, terminal: Pick<Terminal, 'utf8'>): Span {
  const text = terminal.utf8 ? look.mark : (plainMarks[look.mark] ?? '.   ');
  return span(text, familyLook[look.family]);
}
