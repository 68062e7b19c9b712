import type { FileWants, WorkspaceFile } from '../../core/protocol/newRunFiles.ts';
import { readPlaybook, readTask } from '../../core/playbook/read/readPlaybook.ts';
import { plural } from '../../core/run/format.ts';
import type { Wanted } from '../../core/run/form/readParams.ts';
import { type Problem, sentenceOf } from '../../core/util/problem.ts';

/** A task or playbook of the workspace, as its file says. */
export type PlaybookFile = WorkspaceFile & {
  readonly kind: 'task' | 'playbook';
  /** The first thing that is wrong with it, with its line. */
  readonly problem?: string;
};

/** By its name: what the engine takes for a task. */
export function kindOf(path: string): 'task' | 'playbook' | undefined {
  if (path.endsWith('.task.yaml')) return 'task';
  return path.endsWith('.playbook.yaml') ? 'playbook' : undefined;
}

/** The name of a file without its folder. */
export function baseName(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

/** What the lists say of a file. */
export function describePlaybook(
  { file, path, kind }: Pick<PlaybookFile, 'file' | 'path' | 'kind'>,
  text: string,
): PlaybookFile {
  const { document, problems } = read(kind, text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  // A file that is broken has its name all the same.
  const written = (key: string): string | undefined => {
    const value = document.writtenAt([key]);
    return typeof value === 'string' && value !== '' ? value : undefined;
  };
  const [name, description] = [written('name'), written('description')];
  return {
    file,
    path,
    kind,
    problems: errors.length,
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(first && { problem: placed(first) }),
  };
}

export type ReadWants =
  | { readonly ok: true; readonly wants: FileWants; readonly wanted: Wanted }
  | { readonly ok: false; readonly message: string };

/** What a task or playbook wants to be given, or why nothing in it runs. */
export function wantsOf(file: string, text: string): ReadWants {
  const { value, problems } = read(kindOf(file) ?? 'playbook', text);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!value || first) {
    const what = `${baseName(file)} has ${plural(Math.max(1, errors.length), 'problem')}: nothing in it can run until they are mended.`;
    return { ok: false, message: first ? `${what} ${placed(first)}` : what };
  }
  const params = value.params ?? new Map();
  const asked = [...(('secrets' in value ? value.secrets : undefined) ?? [])].flatMap(([name, { ask }]) =>
    ask === undefined ? [] : [[name, ask] as const],
  );
  const { name = baseName(file), description } = value;
  const targets = 'targets' in value ? value.targets : undefined;
  return {
    ok: true,
    wanted: { params, secrets: new Map(asked) },
    wants: {
      file,
      name,
      params: [...params].map(([each, param]) => ({ ...param, name: each })),
      secrets: asked.map(([each, label]) => ({ name: each, label })),
      ...(description !== undefined && { description }),
      ...(targets !== undefined && { targets }),
    },
  };
}

function read(kind: 'task' | 'playbook', text: string) {
  return kind === 'task' ? readTask(text) : readPlaybook(text);
}

function placed(problem: Problem): string {
  const sentence = sentenceOf(problem);
  return problem.range ? `Line ${problem.range.line}: ${sentence}` : sentence;
}
