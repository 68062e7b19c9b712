/** A step as a plan has it: its path of ids and places, and its title. */
export type StepOfPlan = { readonly path: string; readonly title: string };

/**
 * The line of a step in the text of a playbook or task, from 0: by its id, else by its name or what it runs, else by
 * the step that it is part of. Undefined where none of them is there. Nothing is parsed: it is only a place to look at.
 */
export function stepLine(text: string, { path, title }: StepOfPlan): number | undefined {
  const [own, ...outer] = path.split('/').filter(isId).toReversed();
  const lines = text.split('\n');
  const found = [
    ...(own !== undefined && path.endsWith(own) ? [lineWith(lines, 'id', own)] : []),
    lineWith(lines, 'name', title),
    lines.findIndex((line) => line.replace(beforeText, '').trim() === title),
    ...[own, ...outer].map((id) => (id === undefined ? -1 : lineWith(lines, 'id', id))),
  ];
  return found.find((line) => line >= 0);
}

/** Places count from 1; `rescue`, `always`, `handlers` and `finally` are lists of steps, and may be ids. */
function isId(name: string): boolean {
  return !/^\d*$/.test(name);
}

/** What stands before a text on its line: `- run: `, `- `, `run: "`. */
const beforeText = /^\s*(?:-\s+)?(?:[a-zA-Z]+:\s+)?["']?|["']\s*$/g;

function lineWith(lines: readonly string[], key: string, value: string): number {
  const written = value.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const expression = new RegExp(`(?:^|[\\s{,])${key}:\\s*["']?${written}["']?\\s*(?:[,}#]|$)`);
  return lines.findIndex((line) => expression.test(line));
}
