import * as z from 'zod';
import { visible } from '../../util/visible.ts';
import type { ParsedDocument } from '../../yaml/parseDocument.ts';
import { parseDocument } from '../../yaml/parseDocument.ts';
import type { Path } from '../../yaml/places.ts';
import type { SourceText } from '../sourceText.ts';
import type { DeclaredGroup, GroupSource, Written } from './declared.ts';
import { addToGroup, groupNameProblem } from './declared.ts';

const Name = z.string().meta({ muster: 'name' });
const GroupFile = z.map(Name, z.unknown()).nullable();

/** Sources of a YAML group file: source, group, node set or list of node sets. */
export function yamlSources(source: SourceText): GroupSource[] {
  const document = parseDocument(source.text, GroupFile);
  for (const problem of document.problems) source.problems.push({ ...problem, file: source.file });
  const reader = { source, document };
  return [...(document.value ?? [])].flatMap(([name, value]) => sourceOf(name, value, reader) ?? []);
}

type Reader = { readonly source: SourceText; readonly document: ParsedDocument<unknown> };

function sourceOf(name: string, value: unknown, reader: Reader): GroupSource | undefined {
  const { source, document } = reader;
  const finding = groupNameProblem(name);
  if (finding !== undefined || typeof value !== 'object' || value === null || Array.isArray(value)) {
    const message = finding ?? `The group source "${visible(name)}" is not a map of groups.`;
    const fix = 'Write "source:", and under it "group: node set".';
    source.report(document.rangeOf([name], 'key'), { code: 'clustershell/source', message, fix });
    return undefined;
  }
  const groups = new Map<string, DeclaredGroup>();
  for (const [key, each] of Object.entries<unknown>({ ...value })) {
    const group = groupOf([name, key], each, reader);
    if (group) addToGroup(groups, group);
  }
  return { name, groups };
}

function groupOf(path: readonly [string, string], value: unknown, reader: Reader): DeclaredGroup | undefined {
  const { source, document } = reader;
  const place = document.rangeOf(path, 'key');
  const [, name] = path;
  const finding = groupNameProblem(name);
  if (finding !== undefined) {
    source.report(place, { code: 'clustershell/group', message: `"${visible(name)}": ${finding}` });
    return undefined;
  }
  const items: readonly unknown[] = Array.isArray(value) ? value : [value];
  const values = items.flatMap((item, at): Written[] => {
    const own: Path = Array.isArray(value) ? [...path, at] : path;
    if (item === null) return [];
    if (typeof item === 'string') return [{ text: item, ...textPlace(own, item, reader), source }];
    const message = `The value of "${visible(name)}" is not a node set.`;
    source.report(document.rangeOf(own, 'value'), {
      code: 'clustershell/value',
      message,
      fix: 'Put it in quotes.',
    });
    return [];
  });
  return { name, values, place, source };
}

/** Where the text of a scalar begins: behind its quote. */
function textPlace(path: Path, text: string, { source, document }: Reader): { start: number; end: number } {
  const { start, end } = document.rangeOf(path, 'value');
  const quote = /["']/.test(source.text[start] ?? '') ? 1 : 0;
  return source.text.startsWith(text, start + quote)
    ? { start: start + quote, end: start + quote + text.length }
    : { start, end };
}
