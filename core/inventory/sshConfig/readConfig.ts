import type { Problem } from '../../util/problem.ts';
import { linesOf } from '../../yaml/lines.ts';
import type { ParseInput } from '../part.ts';
import { type Complaint, problemOf, unreadBecause } from '../sourceText.ts';
import { splitArguments, splitKeyword } from './arguments.ts';
import { includedFiles } from './include.ts';
import { keywords, renamed } from './keywords.ts';
import { readConditions } from './match.ts';
import { matchesList } from './patterns.ts';
import type { LinePlace, Statement } from './statements.ts';
import { valueProblem } from './values.ts';

export type SshConfig = { readonly statements: readonly Statement[]; readonly problems: readonly Problem[] };

type Reading = {
  readonly input: ParseInput;
  readonly problems: Problem[];
  /** Patterns of keywords that IgnoreUnknown allows. */
  ignored: readonly string[];
  /** Lines that may still be read, over all files. */
  left: number;
};

/** Files inside each other, as in ssh, and lines that one configuration may have. */
const deepest = 16;
const mostLines = 200_000;
const mostProblems = 100;

/** Reads a configuration and what it includes. What ssh refuses is an error with its line (ssh_config(5)). */
export function readConfig(input: ParseInput): SshConfig {
  const reading: Reading = { input, problems: [], ignored: [], left: mostLines };
  const read = input.files.read(input.path);
  if (!('text' in read)) {
    report(reading, { file: input.path }, { code: 'ssh-config/unreadable', ...unreadBecause(read) });
    return { statements: [], problems: reading.problems };
  }
  const statements = readText({ text: read.text, file: input.path, depth: 0 }, reading);
  return { statements, problems: reading.problems };
}

type Source = { readonly text: string; readonly file: string; readonly depth: number };

function readText({ text, file, depth }: Source, reading: Reading): readonly Statement[] {
  const lines = linesOf(text);
  const statements: Statement[] = [];
  let start = 0;
  for (const raw of text.replace(/^\ufeff/, '').split('\n')) {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const place: LinePlace = {
      file,
      range: lines.range(start + (/^\s*/.exec(line)?.[0].length ?? 0), start + line.length),
    };
    start += raw.length + 1;
    if (--reading.left < 0 || reading.problems.length > mostProblems) {
      report(reading, place, {
        code: 'ssh-config/too-long',
        message: 'The configuration is too long, or has too many problems.',
        fix: 'Name a smaller file, or mend the problems above.',
      });
      return statements;
    }
    const statement = readLine(line, { place, depth }, reading);
    if (statement) statements.push(statement);
  }
  return statements;
}

type Where = { readonly place: LinePlace; readonly depth: number };

function readLine(line: string, { place, depth }: Where, reading: Reading): Statement | undefined {
  if (line.includes('\0'))
    return refuse(reading, place, {
      code: 'ssh-config/binary',
      message: 'The line has a NUL byte.',
      fix: 'Save the file as text.',
    });
  const split = splitKeyword(line);
  if (!split || line.trimStart().startsWith('#')) return undefined;
  const keyword = renamed.get(split.keyword) ?? split.keyword;
  const kind = keywords.get(keyword);
  if (kind === undefined) {
    if (matchesList(keyword, reading.ignored)) return undefined;
    return refuse(reading, place, {
      code: 'ssh-config/keyword',
      message: `ssh has no option "${keyword}".`,
      fix: 'Take it out, or name it in IgnoreUnknown above.',
    });
  }
  if (kind === 'deprecated') {
    report(reading, place, {
      code: 'ssh-config/deprecated',
      message: `ssh ignores the option "${keyword}".`,
      severity: 'warning',
    });
    return undefined;
  }
  if (kind === 'rest') {
    if (split.rest === '') return missing(reading, place, keyword);
    return { ...place, type: 'set', keyword, values: [split.rest] };
  }
  const values = splitArguments(kind === 'jump' ? split.rest.replace(/#.*$/, '').trim() : split.rest);
  if (!values)
    return refuse(reading, place, {
      code: 'ssh-config/quote',
      message: 'A quote is not closed.',
      fix: 'Add the other one.',
    });
  if (keyword === 'match') return matchOf(values, place, reading);
  if (values.length === 0 || values[0] === '') return missing(reading, place, keyword);
  if (keyword === 'host') return { ...place, type: 'host', patterns: values };
  if (keyword === 'include') return includeOf(values, { place, depth }, reading);
  const problem = valueProblem(keyword, kind, values);
  if (problem !== undefined) return refuse(reading, place, { code: 'ssh-config/value', message: problem });
  if (keyword === 'ignoreunknown') reading.ignored = values.join(',').toLowerCase().split(',');
  return { ...place, type: 'set', keyword, values };
}

function matchOf(words: readonly string[], place: LinePlace, reading: Reading): Statement | undefined {
  const read = readConditions(words);
  if ('message' in read) return refuse(reading, place, { code: 'ssh-config/match', message: read.message });
  return { ...place, type: 'match', conditions: read.conditions };
}

function includeOf(
  patterns: readonly string[],
  { place, depth }: Where,
  reading: Reading,
): Statement | undefined {
  if (depth >= deepest) {
    return refuse(reading, place, {
      code: 'ssh-config/include',
      message: `More than ${deepest} files include each other.`,
      fix: 'Take the Include out that closes the circle.',
    });
  }
  const files: (readonly Statement[])[] = [];
  for (const file of patterns.flatMap((pattern) => includedFiles(pattern, reading.input))) {
    const read = reading.input.files.read(file);
    if ('text' in read) files.push(readText({ text: read.text, file, depth: depth + 1 }, reading));
    else if ('unreadable' in read) {
      // As ssh: a folder is read as nothing, what can not be opened makes the whole wrong.
      const severity = reading.input.files.list(file) ? 'warning' : 'error';
      report(reading, place, {
        code: 'ssh-config/include',
        message: `${file}: ${read.unreadable}`,
        severity,
      });
    }
  }
  return { ...place, type: 'include', patterns, files };
}

function missing(reading: Reading, place: LinePlace, keyword: string): undefined {
  return refuse(reading, place, {
    code: 'ssh-config/missing',
    message: `"${keyword}" has no value.`,
    fix: 'Write one, or take the line out.',
  });
}

function refuse(reading: Reading, place: LinePlace, complaint: Complaint): undefined {
  report(reading, place, complaint);
}

function report({ problems }: Reading, place: Partial<LinePlace>, complaint: Complaint): void {
  problems.push(problemOf(complaint, place));
}
