import type { PlaybookSummary } from '../../core/protocol/playbooks.ts';
import { plural } from '../../core/run/format.ts';
import { baseName } from '../../core/util/baseName.ts';
import { plainText } from './plain.ts';

/** A task or playbook of the workspace; `path` is from its folder. */
export type PlaybookFile = PlaybookSummary & { readonly path: string };

/** How a playbook or task looks in the tree. */
export type PlaybookRow = {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  readonly icon: 'book' | 'checklist' | 'error';
  /** What menus go by: `playbook`, `task.broken`. */
  readonly context: string;
  readonly spoken: string;
};

export function playbookRow({ path, kind, name, description, problems, problem }: PlaybookFile): PlaybookRow {
  const label = plainText(name ?? baseName(path));
  const wrong = problems > 0 ? plural(problems, 'problem') : '';
  const where = label === path ? '' : plainText(path);
  return {
    label,
    description: [wrong, where].filter((text) => text !== '').join(' · '),
    tooltip: [label, description, path, problem]
      .flatMap((text) => (text === undefined ? [] : plainText(text)))
      .join('\n'),
    icon: problems > 0 ? 'error' : kind === 'task' ? 'checklist' : 'book',
    context: problems > 0 ? `${kind}.broken` : kind,
    spoken: [label, kind, wrong].filter((text) => text !== '').join(', '),
  };
}

/** Playbooks before tasks, each by what people see. */
export function inRows(files: readonly PlaybookFile[]): readonly PlaybookFile[] {
  const shown = ({ name, path }: PlaybookFile): string => name ?? baseName(path);
  return files.toSorted(
    (a, b) => Number(a.kind === 'task') - Number(b.kind === 'task') || shown(a).localeCompare(shown(b)),
  );
}
