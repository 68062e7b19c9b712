import type { WrittenText } from '../../../core/playbook/read/writtenTexts.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { rangeOf } from '../document.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Where a command may begin: not in the middle of what another one is given. */
const begin = String.raw`(?:^|[\n;&|({]|\b(?:sudo|doas|then|do|else|exec|nohup)\b(?:[ \t]+-\S+)*)[ \t]*`;

/** What cannot be taken back, by what it does. Each is one pass over the text. */
const patterns: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    'deletes everything below a folder of the system',
    /rm[ \t]+(?=[^;&|\n]*?(?:-\w*[rR]|--recursive))(?:-[\w-]+[ \t]+)+["']?(?:\/\*?|~\/?|\$\{?HOME\}?\/?|\/(?:bin|boot|dev|etc|home|lib|lib64|opt|root|sbin|srv|usr|var)\/?\*?)["']?(?=[\s;&|]|$)/,
  ],
  ['makes a new file system', /mkfs(?:\.\w+)?\b/],
  ['writes over a disk', /dd[ \t][^;&|\n]*?\bof=\/dev\/(?!null|zero|stdout|stderr)/],
  ['takes the marks of file systems away', /wipefs[ \t]/],
  ['starts processes without end', /:\(\)[ \t]*\{[ \t]*:[ \t]*\|[ \t]*:[ \t]*&[ \t]*\}[ \t]*;[ \t]*:/],
  [
    'switches the machine off',
    /(?:shutdown|poweroff|halt)\b(?![ \t]+-c\b)|init[ \t]+0\b|systemctl[ \t]+(?:poweroff|halt)\b/,
  ],
  [
    'changes the rights of everything',
    /ch(?:mod|own)[ \t]+(?=[^;&|\n]*?-\w*R)[^;&|\n]*?[ \t]\/(?=[\s;&|]|$)/,
  ],
].map(([what, pattern]) => [what as string, new RegExp(`${begin}(${(pattern as RegExp).source})`)] as const);

/** Commands that destroy, with how many nodes they would run on; and those whose failure is ignored on top of it. */
export function* safetyFindings(subject: Subject): Iterable<Finding> {
  for (const text of subject.texts) {
    if (text.role !== 'command') continue;
    const found = destruction(text.written);
    if (!found) continue;
    const { range } = text.at(found, { code: '', severity: 'info', message: '' });
    const place = rangeOf(subject.document.document, range);
    yield {
      code: 'safety/destructive',
      message: `This ${found.what}${whereOf(subject)}. Make sure that it is meant.`,
      range: place,
    };
    const step = subject.steps.find(({ path }) => path.every((key, at) => text.path[at] === key));
    if (step?.get('ignoreErrors') !== true) continue;
    const message =
      'A failure of a command that destroys is ignored. Take "ignoreErrors" out, or say in "failedWhen" what is none.';
    yield {
      code: 'safety/ignored-failure',
      message,
      range: subject.range([...step.path, 'ignoreErrors'], 'key'),
    };
  }
}

const destruction = remembered(({ value }: WrittenText) => destructionIn(value));

/** The first thing in a command that cannot be taken back. */
export function destructionIn(command: string): { what: string; start: number; end: number } | undefined {
  for (const [what, pattern] of patterns) {
    const match = pattern.exec(command);
    if (!match) continue;
    const [whole, said = ''] = match;
    const start = match.index + whole.length - said.length;
    return { what, start, end: start + said.length };
  }
  return undefined;
}

function whereOf({ chosen: { nodes } }: Subject): string {
  if (!nodes || nodes.length === 0) return '';
  return nodes.length === 1 ? ` on ${foldForDisplay(nodes)}` : ` on ${nodes.length} nodes`;
}
