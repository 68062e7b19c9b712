import type { Problem, TextPlace, TextRange } from '../util/problem.ts';
import { shorten } from '../util/shorten.ts';
import type { Lines } from '../yaml/lines.ts';
import { linesOf } from '../yaml/lines.ts';
import type { ParseInput } from './part.ts';

/** What is wrong, without its place. An error where no severity is said. */
export type Complaint = {
  readonly code: string;
  readonly message: string;
  readonly fix?: string | undefined;
  /** The name that it is about, for whoever mends it. */
  readonly name?: string | undefined;
  /** The name that was meant by it. */
  readonly meant?: string | undefined;
  readonly severity?: Problem['severity'];
};

/** The same at a place, as people and programs get it. */
export function problemOf(
  { code, message, fix, name, meant, severity = 'error' }: Complaint,
  place: Pick<Problem, 'file' | 'range'>,
): Problem {
  return {
    code,
    severity,
    message: shorten(message),
    ...(fix !== undefined && { fix: shorten(fix) }),
    ...(name !== undefined && { name }),
    ...(meant !== undefined && { meant }),
    ...place,
  };
}

/** A file that is being read, and what was found wrong in it so far. */
export type SourceText = {
  readonly file: string;
  readonly text: string;
  readonly problems: Problem[];
  rangeOf(place: TextPlace): TextRange;
  report(place: TextPlace, complaint: Complaint): void;
};

/** Most problems that are listed of one file; a file of another kind has one on every line. */
const mostProblems = 200;

/**
 * A text file through the given access. What can not be read gives an empty text and a problem; so does a file with
 * NUL in it, which is not text. `kind` is the first half of the problem codes.
 */
export function readSourceText(input: Pick<ParseInput, 'path' | 'files'>, kind: string): SourceText {
  const read = input.files.read(input.path);
  if ('text' in read) return checked(sourceTextOf(input.path, read.text.replace(/^\ufeff/, '')), kind);
  const source = sourceTextOf(input.path, '');
  const complaint = { code: `${kind}/unreadable`, ...unreadBecause(read) };
  source.problems.push(problemOf(complaint, { file: input.path }));
  return source;
}

/** Why there is no text, and what to do. */
export function unreadBecause(
  read: Exclude<ReturnType<ParseInput['files']['read']>, { text: string }>,
): Pick<Complaint, 'message' | 'fix'> {
  if ('unreadable' in read) return { message: read.unreadable };
  return { message: 'There is no such file.', fix: 'Check the path.' };
}

/** The same for text that is there already. */
function sourceTextOf(file: string, text: string): SourceText {
  const lines: Lines = linesOf(text);
  const problems: Problem[] = [];
  return {
    file,
    text,
    problems,
    rangeOf: ({ start, end }) => lines.range(start, end),
    report({ start, end }, complaint) {
      if (problems.length > mostProblems) return;
      const isLast = problems.length === mostProblems;
      const message = `The file has more than ${mostProblems} problems; the rest is not listed.`;
      const said = isLast ? { code: complaint.code, message } : complaint;
      problems.push(problemOf(said, { file, range: lines.range(start, end) }));
    },
  };
}

function checked(source: SourceText, kind: string): SourceText {
  const nul = source.text.indexOf('\0');
  if (nul !== -1) {
    const empty = { ...source, text: '' };
    empty.report(
      { start: nul, end: nul + 1 },
      { code: `${kind}/binary`, message: 'The file is not text: it has a NUL byte here.' },
    );
    return empty;
  }
  const odd = source.text.indexOf('\ufffd');
  if (odd !== -1) {
    const message = 'The file is not valid UTF-8 here.';
    const fix = 'Save it as UTF-8.';
    const place = { start: odd, end: odd + 1 };
    source.report(place, { code: `${kind}/encoding`, message, fix, severity: 'warning' });
  }
  return source;
}
