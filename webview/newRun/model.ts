import type { Checked } from '../../core/protocol/newRun.ts';
import type { FileKind, FileList } from '../../core/protocol/newRunFiles.ts';
import type { Targets } from '../../core/protocol/targets.ts';
import type { RunForm } from '../../core/run/form/form.ts';
import type { Drafts } from './drafts.ts';
import type { NewRunView } from './view.ts';

/** All that the page shows. */
export type NewRunModel = {
  readonly form: RunForm;
  readonly view: NewRunView;
  readonly targets: Targets | undefined;
  /** Why there are no targets; empty while they are read. */
  readonly failure: string | undefined;
  /** What the host said about the form; undefined before the first answer. */
  readonly checked: Checked | undefined;
  /** Nodes whose boxes are ticked: of the last expression that was right. */
  readonly ticked: ReadonlySet<string>;
  readonly isBusy: boolean;
  /** Why the last start was refused. */
  readonly refusal: string;
  /** Whether the answer is about the form as it is now. */
  readonly isCurrent: boolean;
  /** Secrets that were typed, by name: they go to the host and nowhere else. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly drafts: Drafts;
  readonly files: Readonly<Partial<Record<FileKind, Files>>>;
};

/** Files to choose from; undefined while they are looked for. */
export type Files = { readonly list?: FileList; readonly failure?: string };
