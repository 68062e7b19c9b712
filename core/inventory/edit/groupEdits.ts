import { isMap, isScalar, isSeq } from 'yaml';
import type { YAMLMap } from 'yaml';
import { foldNames } from '../../selection/nodeset.ts';
import { nameText } from '../write/yamlText.ts';
import { addMembers, type Edits, type ListSpot, removeMembers } from './listEdits.ts';
import { addEntry, addPair, insert, type Surroundings, surroundingsOf, textIn } from './sections.ts';
import { endOfPair, indentAt, isEmpty, isNull, pairOf, type Source, spanIn, spotOf } from './yamlTree.ts';

type Change = { readonly group: string; readonly nodes: readonly string[] };

/** Makes nodes direct members of a group, which is made where there is none. */
export function addToGroup(source: Source, { group, nodes }: Change): Edits {
  const { text } = source;
  const section = spotOf(pairOf(source.root, 'groups')?.value, { isFlow: source.root?.flow === true });
  const entry = pairOf(section?.map, group);
  const folded = foldNames(nodes);
  if (!section || !entry) {
    const value = (around: Surroundings): string => {
      const inside = around === 'block' ? 'flow' : around;
      return `{ ${textIn('nodes', inside)}: ${textIn(folded, inside)} }`;
    };
    return addEntry(source, { section: 'groups', behind: 'nodes', key: group, value });
  }
  const { value } = entry;
  const { isFlow } = section;
  if (isNull(value)) {
    const written = nameText(folded, isFlow ? 'flow' : 'block');
    if (!isEmpty(value)) return [{ ...placeOf(value, text), text: written }];
    const end = endOfPair(entry, text);
    return [insert(end, text[end - 1] === ':' ? ` ${written}` : `: ${written}`)];
  }
  const list = membersOf({ value, source, isFlow });
  if (list) return addMembers(list, nodes);
  return isMap(value) ? addNodes({ map: value, isFlow, key: entry.key }, folded, source) : undefined;
}

/** Adds the key `nodes` to a group that does not have it. */
function addNodes(
  { map, isFlow, key }: { readonly map: YAMLMap; readonly isFlow: boolean; readonly key: unknown },
  folded: string,
  source: Source,
): Edits {
  const { text, eol } = source;
  const value = (around: Surroundings): string => textIn(folded, around);
  const [first] = map.items;
  if (!first) {
    const around = isFlow ? surroundingsOf(key) : 'flow';
    return [insert(spanIn(map, text)[0] + 1, ` ${textIn('nodes', around)}: ${value(around)} `)];
  }
  if (isFlow || map.flow === true) return addPair({ map, isFlow }, { key: 'nodes', value }, source);
  const [start] = spanIn(first.key, text);
  return [insert(start, `nodes: ${value('block')}${eol}${indentAt(text, start)}`)];
}

/** Takes nodes out of the direct members of a group. */
export function removeFromGroup(source: Source, { group, nodes }: Change): Edits {
  const section = spotOf(pairOf(source.root, 'groups')?.value, { isFlow: source.root?.flow === true });
  const entry = pairOf(section?.map, group);
  const list = section && entry && membersOf({ value: entry.value, source, isFlow: section.isFlow });
  return list && removeMembers(list, new Set(nodes));
}

/** Where the nodes of a group are written: as its value, or under `nodes:`. */
function membersOf({ value, source, isFlow }: ListSpot): ListSpot | undefined {
  const settings = spotOf(value, { isFlow });
  if (!settings) return isScalar(value) || isSeq(value) ? { value, source, isFlow } : undefined;
  const nodes = pairOf(settings.map, 'nodes');
  return nodes && { value: nodes.value, source, isFlow: settings.isFlow };
}

function placeOf(node: unknown, text: string): { start: number; end: number } {
  const [start, end] = spanIn(node, text);
  return { start, end };
}
