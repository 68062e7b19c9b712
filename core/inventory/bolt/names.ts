import type { SourceText } from '../sourceText.ts';
import type { Resolved } from './resolve.ts';
import { shown } from './tree.ts';

/** Names that Bolt refuses because they are taken: groups, targets and aliases share one set of names. */
export function checkNames({ groups, targets }: Resolved, source: SourceText): void {
  const taken = new Map<string, { readonly what: string; readonly start: number }>();
  for (const { draft } of groups) {
    const first = taken.get(draft.name);
    if (first) {
      const message = `Group "${shown(draft.name)}" is there already${lineOf(source, first)}.`;
      source.report(draft.range, {
        code: 'bolt/repeated-group',
        message,
        fix: 'A group stands in one place only.',
      });
    } else taken.set(draft.name, { what: 'a group', start: draft.name === 'all' ? -1 : draft.range.start });
  }
  for (const { name, range } of targets) {
    const first = taken.get(name);
    if (first) {
      const message = `"${shown(name)}" is a target and ${first.what}${lineOf(source, first)}.`;
      source.report(range, { code: 'bolt/taken-name', message, fix: 'Rename one.' });
    } else taken.set(name, { what: 'a target', start: range.start });
  }
  for (const { name, range } of targets.flatMap(({ aliases }) => aliases)) {
    const first = taken.get(name);
    if (first) {
      const message = `The alias "${shown(name)}" is taken by ${first.what}${lineOf(source, first)}.`;
      source.report(range, { code: 'bolt/taken-name', message, fix: 'Choose another.' });
    } else taken.set(name, { what: 'an alias', start: range.start });
  }
  for (const group of groups) reportRepeats(group, source);
}

/** Of a target that a group defines twice Bolt keeps the first. */
function reportRepeats({ draft }: Resolved['groups'][number], source: SourceText): void {
  const seen = new Map<string, number>();
  for (const { name, range, isReference } of draft.targets) {
    const first = seen.get(name);
    if (first === undefined) seen.set(name, range.line);
    else if (!isReference) {
      const message = `Target "${shown(name)}" is in this group already, on line ${first}: this entry has no effect.`;
      source.report(range, {
        code: 'bolt/repeated-target',
        severity: 'warning',
        message,
        fix: 'Take one out.',
      });
    }
  }
}

function lineOf(source: SourceText, { start }: { readonly start: number }): string {
  return start < 0 ? ': the top level' : `, on line ${source.rangeOf({ start, end: start }).line}`;
}
