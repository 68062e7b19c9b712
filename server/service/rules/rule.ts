/** How loud a diagnostic is; `off` shows nothing. */
export const levels = ['error', 'warning', 'info', 'hint', 'off'] as const;
export type Level = (typeof levels)[number];

/** The kinds of file that the service understands. */
export type FileKind = 'inventory' | 'playbook' | 'task' | 'config' | 'policy';

/** A file that breaks a rule, and one that keeps it. */
export type Example = {
  readonly kind: FileKind;
  readonly bad: string;
  readonly good: string;
  /** Files that it needs beside it, by their path. */
  readonly files?: Readonly<Record<string, string>>;
};

/** One kind of mistake that files can have. The code is part of the public interface and never changes. */
export type Rule = {
  readonly code: string;
  readonly title: string;
  readonly level: Exclude<Level, 'off'>;
  /** `engine`: what it refuses or warns about when it runs the file. `editor`: advice that only the editor and `muster check` give. */
  readonly by: 'engine' | 'editor';
  /** What it means, why it matters and what to do, in Markdown. */
  readonly text: string;
  /** None where no short file shows it. */
  readonly example?: Example;
};
