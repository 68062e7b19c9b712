/** A task has no targets of its own; a playbook says what runs where. */
export type PlaybookKind = 'task' | 'playbook';

/** What a file is taken for by its name; undefined where it is none of both. */
export function kindOfFile(path: string): PlaybookKind | undefined {
  if (path.endsWith('.task.yaml')) return 'task';
  return path.endsWith('.playbook.yaml') ? 'playbook' : undefined;
}

/** Whether a file that somebody names to be run is a task; any other is read as a playbook. */
export function isTaskFile(path: string): boolean {
  return kindOfFile(path) === 'task';
}
