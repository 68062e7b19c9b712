import type { Range } from 'vscode-languageserver-types';
import { type TemplateText, templateTexts } from '../../../core/playbook/read/texts.ts';
import type { Part, Path } from '../../../core/yaml/places.ts';
import type { MusterDocument } from '../document.ts';
import { factsIn } from '../factsIn.ts';
import { rangeOf } from '../document.ts';
import type { Occurrence } from '../facts/occurrence.ts';
import type { Workspace } from '../workspace.ts';
import { type FilledFiles, filledFiles } from './filledFiles.ts';
import { stepLists, type WrittenStep } from './steps.ts';
import { type Chosen, chosenNodes } from './chosen.ts';

/** What checks look at; each part of it is made once, when it is first asked for. */
export type Subject = {
  readonly document: MusterDocument;
  readonly workspace: Workspace;
  /** Texts in which expressions stand. */
  readonly texts: readonly TemplateText[];
  readonly lists: readonly (readonly WrittenStep[])[];
  readonly steps: readonly WrittenStep[];
  /** Files that steps fill in. */
  readonly filled: FilledFiles;
  /** Every name in the document. */
  readonly occurrences: readonly Occurrence[];
  /** The nodes that a playbook is for. */
  readonly chosen: Chosen;
  range(path: Path, part: Part): Range;
};

export function subjectOf(document: MusterDocument, workspace: Workspace): Subject {
  const texts = lazily(() =>
    templateTexts({ text: document.document.getText(), schema: document.schema, document: document.parsed }),
  );
  const lists = lazily(() => stepLists(document));
  const steps = lazily(() => lists().flat());
  const filled = lazily(() => filledFiles(steps(), document, workspace));
  const occurrences = lazily(() => {
    return factsIn(document, workspace).occurrences;
  });
  const chosen = lazily(() => chosenNodes(document, workspace));
  return {
    document,
    workspace,
    get texts() {
      return texts();
    },
    get lists() {
      return lists();
    },
    get steps() {
      return steps();
    },
    get filled() {
      return filled();
    },
    get occurrences() {
      return occurrences();
    },
    get chosen() {
      return chosen();
    },
    range: (path, part) => rangeOf(document.document, document.parsed.rangeOf(path, part)),
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
