import { isScalar, isSeq } from 'yaml';
import type { Pair } from 'yaml';
import { foldNames } from '../../selection/nodeset.ts';
import type { TextEdit } from './editQuery.ts';
import { addLabel, addMembers, type Edits, type ListSpot, removeLabel, removeMembers } from './listEdits.ts';
import { addEntry, textIn } from './sections.ts';
import { type NodeEntry, splitEntry } from './splitEntry.ts';
import { namesIn } from './terms.ts';
import { endOfPair, isNull, pairOf, scalarText, type Source, spanIn, spotOf } from './yamlTree.ts';

type Change = { readonly tag: string; readonly nodes: readonly string[] };

/** Puts a tag into the own list of the entry that stands for just these nodes; undefined where there is none. */
export function addOwnTag(source: Source, { tag, nodes }: Change): Edits {
  const wanted = new Set(nodes);
  const own = nodeEntries(source).find(({ names }) => isSame(names, wanted));
  const list = own && tagsOf(own, source);
  return list && addLabel(list, tag);
}

/** Gives nodes a tag under `tags:`. */
export function addSharedTag(source: Source, { tag, nodes }: Change): Edits {
  const section = spotOf(pairOf(source.root, 'tags')?.value, { isFlow: source.root?.flow === true });
  const entry = pairOf(section?.map, tag);
  if (section && entry) return addMembers({ value: entry.value, source, isFlow: section.isFlow }, nodes);
  return addEntry(source, {
    section: 'tags',
    behind: 'groups',
    key: tag,
    value: (around) => textIn(foldNames(nodes), around),
  });
}

/** Takes a tag from nodes wherever the file gives it to them itself. An entry that has others too is split. */
export function removeTag(source: Source, { tag, nodes }: Change): Edits {
  const gone = new Set(nodes);
  const edits: TextEdit[] = [];
  const section = spotOf(pairOf(source.root, 'tags')?.value, { isFlow: source.root?.flow === true });
  const entry = pairOf(section?.map, tag);
  if (section && entry && namesOfValue(entry.value).some((name) => gone.has(name))) {
    const removed = removeEntry({ pair: entry, isFlow: section.isFlow }, gone, source);
    if (!removed) return undefined;
    edits.push(...removed);
  }
  for (const each of nodeEntries(source)) {
    const list = tagsOf(each, source);
    const isConcerned = each.names.some((name) => gone.has(name));
    if (!list || !isConcerned || !labelsOf(list.value).includes(tag)) continue;
    const removed = removeLabel(list, tag);
    if (!removed) return undefined;
    const isWhole = each.names.every((name) => gone.has(name));
    edits.push(...(isWhole ? removed : splitEntry(source, each, { gone, removed })));
  }
  return edits;
}

/** Takes nodes from an entry of `tags:`; its line goes where none is left, unless there is a comment on it. */
function removeEntry(
  { pair, isFlow }: { readonly pair: Pair; readonly isFlow: boolean },
  gone: ReadonlySet<string>,
  source: Source,
): Edits {
  const { text } = source;
  const [start] = spanIn(pair.key, text);
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const end = text.indexOf('\n', endOfPair(pair, text)) + 1;
  const isAll = namesOfValue(pair.value).every((name) => gone.has(name));
  const isAlone = !isFlow && end > 0 && text.slice(lineStart, start).trim() === '';
  if (isAll && isAlone && !text.slice(start, end).includes('#')) return [{ start: lineStart, end, text: '' }];
  return removeMembers({ value: pair.value, source, isFlow }, gone);
}

function nodeEntries({ root }: Source): NodeEntry[] {
  const section = spotOf(pairOf(root, 'nodes')?.value, { isFlow: root?.flow === true });
  return (section?.map.items ?? []).map((pair) => ({
    pair,
    names: namesIn(scalarText(pair.key) ?? ''),
    isFlow: section?.isFlow === true,
  }));
}

function tagsOf({ pair, isFlow }: NodeEntry, source: Source): ListSpot | undefined {
  const settings = spotOf(pair.value, { isFlow });
  const tags = pairOf(settings?.map, 'tags');
  return settings && tags && !isNull(tags.value)
    ? { value: tags.value, source, isFlow: settings.isFlow }
    : undefined;
}

function labelsOf(value: unknown): string[] {
  if (isScalar(value)) return [scalarText(value) ?? ''];
  return itemsOf(value).map((item) => scalarText(item) ?? '');
}

/** Names of a value that is one text or a list of them. */
function namesOfValue(value: unknown): readonly string[] {
  return labelsOf(value).flatMap(namesIn);
}

function itemsOf(value: unknown): readonly unknown[] {
  return isSeq(value) ? value.items : [];
}

function isSame(names: readonly string[], wanted: ReadonlySet<string>): boolean {
  return names.length === wanted.size && names.every((name) => wanted.has(name));
}
