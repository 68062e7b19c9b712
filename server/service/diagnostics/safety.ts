import type { WrittenText } from '../../../core/playbook/read/writtenTexts.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { rangeOf } from '../document.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Where a command may begin: not in the middle of what another one is given, but behind one that only starts it. */
const begin = String.raw`(?:^|[\n;&|({]|-c[ \t]+["']|\b(?:sudo|doas|then|do|else|exec|nohup|env|nice|time|command|xargs|timeout)\b(?:[ \t]+(?:-\S+|[A-Za-z_]\w*=\S*|\d\w*))*)[ \t]*(?:\/(?:[\w.-]+\/)*)?`;

const system = String.raw`\/(?:bin|boot|dev|etc|home|lib|lib64|opt|root|sbin|srv|usr|var)\/?\*?`;
const disk = String.raw`\/dev\/(?:sd|hd|vd|xvd|nvme|mmcblk|disk|mapper\/)\w*`;

/** What cannot be taken back, by what it does: at the beginning of a command. Each is one pass over the text. */
const commands: readonly (readonly [what: string, pattern: string])[] = [
  [
    'deletes everything below a folder of the system',
    String.raw`rm[ \t]+(?=[^;&|\n]*?(?:-\w*[rR]|--recursive))(?:-[\w-]+[ \t]+)+["']?(?:\/\*?|~\/?|\$\{?HOME\}?\/?|${system})["']?(?=[\s;&|"']|$)`,
  ],
  [
    'deletes everything below the root',
    String.raw`find[ \t]+\/[ \t][^;&|\n]*?-(?:delete|exec[ \t]+rm)\b|cd[ \t]+\/[ \t]*(?:&&|;|\n)\s*rm[ \t]+(?:-\S+[ \t]+)*-\w*[rR]\w*[ \t]+(?:-\S+[ \t]+)*[*.](?=[\s;&|]|$)`,
  ],
  ['makes a new file system', String.raw`mkfs(?:\.\w+)?\b`],
  ['writes over a disk', String.raw`dd[ \t][^;&|\n]*?\bof=\/dev\/(?!null|zero|stdout|stderr)`],
  ['takes the marks of file systems away', String.raw`wipefs[ \t]`],
  [
    'takes the contents of a disk away',
    String.raw`blkdiscard[ \t]|parted[ \t][^;&|\n]*?\bmklabel\b|sgdisk[ \t][^;&|\n]*?(?:-Z|--zap-all)\b`,
  ],
  [
    'starts processes without end',
    String.raw`:\(\)[ \t]*\{[ \t]*:[ \t]*\|[ \t]*:[ \t]*&[ \t]*\}[ \t]*;[ \t]*:`,
  ],
  [
    'switches the machine off',
    String.raw`(?:shutdown|poweroff|halt)\b(?![ \t]+-c\b)|init[ \t]+0\b|systemctl[ \t]+(?:poweroff|halt)\b`,
  ],
  [
    'changes the rights of everything',
    String.raw`ch(?:mod|own)[ \t]+(?=[^;&|\n]*?-\w*R)[^;&|\n]*?[ \t]\/(?=[\s;&|]|$)`,
  ],
];

/** The same of PowerShell, and of what may stand anywhere. */
const patterns: readonly (readonly [what: string, pattern: RegExp])[] = [
  ...commands.map(([what, pattern]) => [what, new RegExp(`${begin}(${pattern})`)] as const),
  ['writes over a disk', new RegExp(String.raw`(>{1,2}[ \t]*${disk})(?=[\s;&|]|$)`)],
  ['switches the machine off', /\b(Stop-Computer)\b/i],
  ['takes the contents of a disk away', /\b(Format-Volume|Clear-Disk|Initialize-Disk)\b/i],
  [
    'deletes everything on a drive',
    /\b(Remove-Item\b(?=[^;|\n]*?-Recurse\b)[^;|\n]*?[ \t]["']?[A-Za-z]:\\?\*?["']?)(?=[\s;|]|$)/i,
  ],
];

/** Commands that destroy, with how many nodes they would run on; and those whose failure is ignored on top of it. */
export function* safetyFindings(subject: Subject): Iterable<Finding> {
  for (const text of subject.texts) {
    if (text.role !== 'command') continue;
    const found = destruction(text.written);
    if (!found) continue;
    const place = rangeOf(subject.document.document, text.rangeOf(found));
    yield {
      code: 'safety/destructive',
      message: `This ${found.what}${whereOf(subject)}. Make sure that it is meant.`,
      range: place,
    };
    const step = subject.steps.find(
      (each) => each.path.every((key, at) => text.path[at] === key) && each.get('ignoreErrors') === true,
    );
    if (!step) continue;
    const message =
      'A failure of a command that destroys is ignored. Take "ignoreErrors" out, or say in "failedWhen" what is none.';
    yield {
      code: 'safety/ignored-failure',
      message,
      range: subject.range([...step.path, 'ignoreErrors'], 'key'),
    };
  }
}

const destruction = remembered(
  ({ value }: WrittenText) => destructionIn(value) ?? destructionByDefault(value),
);

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

/** `{{ vars.home | default('') }}`: what stands behind it counts from the root where there is no value. */
const nothing = /\{\{[^{}]*\|\s*default\(\s*(?:""|'')?\s*\)\s*\}\}/g;

function destructionByDefault(command: string): ReturnType<typeof destructionIn> {
  const [first] = command.matchAll(nothing);
  const found = first && destructionIn(command.replaceAll(nothing, ''));
  if (!found) return undefined;
  const { 0: written, index: start } = first;
  return { what: `${found.what}, without a value,`, start, end: start + written.length };
}

/** What a command does that cannot be taken back where a value is empty: `rm -rf {{ vars.home }}/*`. */
export function destructionWithout(value: string, command: string): string | undefined {
  if (destructionIn(command)) return undefined;
  const left = command.replaceAll(/\{\{[^{}]*\}\}/g, (each) => (each.includes(value) ? '' : each));
  return left === command ? undefined : destructionIn(left)?.what;
}

function whereOf({ chosen: { nodes } }: Subject): string {
  if (!nodes || nodes.length === 0) return '';
  return nodes.length === 1 ? ` on ${foldForDisplay(nodes)}` : ` on ${nodes.length} nodes`;
}
