import { visible } from '../../util/visible.ts';
import { addTo } from '../../util/lists.ts';
import type { TextPlace } from '../../util/problem.ts';
import type { SourceText } from '../sourceText.ts';
import type { DeclaredGroup } from './declared.ts';
import { groupNameProblem } from './declared.ts';

/** A line `name: value` of a file, and the `[section]` above it; empty where there is none. */
export type FlatLine = TextPlace & {
  readonly section: string;
  readonly key: string;
  readonly value: TextPlace & { readonly text: string };
  readonly sign: ':' | '=';
};

/** Lines of a file of `name: value`, `[sections]` and `#` comments. What else is there is an error. */
export function flatLinesOf(source: SourceText): FlatLine[] {
  const lines: FlatLine[] = [];
  const { text } = source;
  let section = '';
  for (let start = 0; start <= text.length;) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    const raw = text.slice(start, end).replace(/\r$/, '');
    const head = /^\s*\[([^\]]*)\]\s*$/.exec(raw);
    if (head) section = head[1]?.trim() ?? '';
    else if (/^\s*[^\s#;]/.test(raw)) {
      const line = lineOf(raw, start, section);
      if (line) lines.push(line);
      else source.report({ start, end }, notALine(raw));
    }
    start = end + 1;
  }
  return lines;
}

/** The groups of such a file by section. */
export function flatGroups(source: SourceText, lines: readonly FlatLine[]): Map<string, DeclaredGroup[]> {
  const sections = new Map<string, DeclaredGroup[]>();
  for (const { section, key, value, start, end, sign } of lines) {
    const finding = sign === '=' ? 'A ":" is missing after the name.' : groupNameProblem(key);
    if (finding !== undefined) {
      const fix = 'Write "name: node set".';
      source.report(
        { start, end },
        { code: 'clustershell/group', message: `"${shown(key)}": ${finding}`, fix },
      );
      continue;
    }
    const group: DeclaredGroup = { name: key, values: [{ ...value, source }], place: { start, end }, source };
    addTo(sections, section, group);
  }
  return sections;
}

function lineOf(raw: string, start: number, section: string): FlatLine | undefined {
  const sign = raw[raw.search(/[:=]/)];
  if (sign !== ':' && sign !== '=') return undefined;
  const at = raw.indexOf(sign);
  const key = raw.slice(0, at).trim();
  const from = start + raw.indexOf(key);
  const rest = raw.slice(at + 1).replace(/\s#.*$/, '');
  const text = rest.trim();
  const valueStart = start + at + 1 + (rest.length - rest.trimStart().length);
  return {
    section,
    key,
    sign,
    start: from,
    end: from + key.length,
    value: { text, start: valueStart, end: valueStart + text.length },
  };
}

function notALine(raw: string) {
  const message = `"${shown(raw.trim())}" is not a group.`;
  return { code: 'clustershell/line', message, fix: 'Write "name: node set", such as "web: web[01-20]".' };
}

function shown(text: string): string {
  return visible(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
