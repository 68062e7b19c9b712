import type { FileWants } from '../../core/protocol/newRunFiles.ts';
import type { RunForm } from '../../core/run/form/form.ts';
import { baseName } from '../../core/util/baseName.ts';

/** What a form runs, in a few words. */
export function presetText({
  kind,
  command,
  script,
  args,
  file,
  copyFrom,
  copyTo,
  fetchFrom,
}: RunForm): string {
  switch (kind) {
    case 'command':
      return command.split('\n')[0] ?? '';
    case 'script':
      return `${baseName(script)} ${args}`.trim();
    case 'task':
    case 'playbook':
      return baseName(file);
    case 'copy':
      return `copy ${names(copyFrom)} to ${copyTo}`;
    case 'fetch':
      return `fetch ${fetchFrom.split('\n').join(' ')}`;
  }
}

function names(paths: string): string {
  return paths.split('\n').map(baseName).join(' ');
}

/** The form without what is secret, as far as that is known: of a file that can not be read no parameter is kept. */
export function storableForm(form: RunForm, wants: FileWants | undefined): RunForm {
  const open = new Set(wants?.params.flatMap(({ name, sensitive }) => (sensitive ? [] : [name])));
  return {
    ...form,
    params: Object.fromEntries(Object.entries(form.params).filter(([name]) => open.has(name))),
  };
}
