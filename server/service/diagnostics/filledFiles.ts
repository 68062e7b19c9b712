import type { Range } from 'vscode-languageserver-types';
import { fileText } from '../../../core/playbook/read/writtenTexts.ts';
import type { TemplateText } from '../../../core/playbook/read/texts.ts';
import type { TextPlace } from '../../../core/util/problem.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { at as valueAt } from '../../../core/yaml/data.ts';
import { type Lines, linesOf } from '../../../core/yaml/lines.ts';
import type { MusterDocument } from '../document.ts';
import { resolveUri } from '../uris.ts';
import type { FileText, Workspace } from '../workspace.ts';
import type { WrittenStep } from './steps.ts';

/** A file that a step of the kind `template` fills in, as a text of that step; problems of it have places of the file itself. */
export type FilledFile = TemplateText & {
  readonly uri: string;
  /** As the step names it. */
  readonly name: string;
  readonly text: string;
  readonly lines: Lines;
};

export type FilledFiles = {
  readonly files: readonly FilledFile[];
  /** Whether these are all: each could be read, and which one it is does not depend on the node. */
  readonly isWhole: boolean;
};

const linesIn = remembered(({ text }: FileText) => linesOf(text));

export function filledFiles(
  steps: readonly WrittenStep[],
  { document }: MusterDocument,
  workspace: Workspace,
): FilledFiles {
  const asked = steps.filter((step) => step.has('template'));
  const files = asked.flatMap((step): FilledFile[] => {
    const name = valueAt(step.written, ['template', 'from']);
    const uri = typeof name === 'string' ? resolveUri(document.uri, name) : undefined;
    const read = uri === undefined ? undefined : workspace.text(uri);
    if (typeof name !== 'string' || uri === undefined || !read) return [];
    const written = fileText(read);
    const { role, expressions } = written;
    const path = [...step.path, 'template', 'from'];
    const lines = linesIn(read);
    return [
      {
        path,
        key: path.at(-1),
        role,
        expressions,
        written,
        problems: [],
        rangeOf: ({ start, end }) => lines.range(start, end),
        at: ({ start, end }, problem) => ({ ...problem, range: lines.range(start, end) }),
        uri,
        name,
        text: read.text,
        lines,
      },
    ];
  });
  return { files, isWhole: files.length === asked.length };
}

/** Range of a place in such a file. */
export function rangeIn({ lines }: FilledFile, { start, end }: TextPlace): Range {
  return { start: positionIn(lines, start), end: positionIn(lines, end) };
}

function positionIn(lines: Lines, offset: number): Range['start'] {
  const { line, column } = lines.range(offset, offset);
  return { line: line - 1, character: column - 1 };
}
