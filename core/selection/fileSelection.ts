import type { Evaluation } from './evaluation.ts';
import { report } from './evaluation.ts';
import { countPattern, expandPattern, hasGlob } from './nodeset/pattern.ts';
import { parseSelection } from './parse.ts';
import type { NamesSelection, Selection } from './selection.ts';

/** What `file:path` brings in: one selection a line; empty lines and lines that begin with `#` are left out. */
export type FileSelections = { readonly path: string; readonly lines: readonly Selection[] };

/** Reads the files that an operand names. What is wrong with them is reported as errors. */
export function readFileSelections(selection: NamesSelection, evaluation: Evaluation): FileSelections[] {
  const refuse = (message: string, fix: string): FileSelections[] => {
    report(evaluation, selection.range, { code: 'SELECTION_FILE', severity: 'error', message, fix });
    return [];
  };
  if (evaluation.file !== undefined) {
    return refuse(`${evaluation.file} names another file.`, 'Name both files in the expression.');
  }
  if (hasGlob(selection.pattern) || countPattern(selection.pattern) > 100) {
    return refuse(`${selection.text} is not a path.`, 'Write one path, in quotes if it has odd characters.');
  }
  return expandPattern(selection.pattern).flatMap((path) => {
    const text = evaluation.files?.(path);
    if (text === undefined) return refuse(`${path} cannot be read.`, 'Check the path.');
    return [{ path, lines: readLines(text, path, evaluation) }];
  });
}

function readLines(text: string, path: string, evaluation: Evaluation): Selection[] {
  return text.split(/\r?\n/).flatMap((line, at) => {
    if (line.trim() === '' || line.trimStart().startsWith('#')) return [];
    const { selection, problems } = parseSelection(line);
    for (const problem of problems) {
      const range = problem.range && { ...problem.range, line: at + 1 };
      evaluation.problems.push({ ...problem, file: path, ...(range ? { range } : {}) });
    }
    return selection ? [selection] : [];
  });
}
