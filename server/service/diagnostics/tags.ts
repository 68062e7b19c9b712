import { nearest } from '../../../core/util/nearest.ts';
import { didYouMean } from '../../../core/util/problem.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** How many times as many nodes another tag has, for this one to be a misspelling of it. */
const moreCommon = 3;

/**
 * A tag that is written once and is nearly one of many more nodes, also of nodes in other files. Numbers that differ are
 * no misspelling.
 */
export function* tagFindings({ occurrences, document, workspace }: Subject): Iterable<Finding> {
  const own = document.index.tags;
  const tags = new Map([...own, ...workspace.inventory.tags]);
  const common = [...tags].filter(([, members]) => members.length > moreCommon);
  if (common.length === 0) return;
  for (const [tag, members] of own) {
    const nodes = tags.get(tag) ?? members;
    const often = common.filter(
      ([other, many]) => many.length > moreCommon * nodes.length && shape(other) !== shape(tag),
    );
    const near = nearest(
      tag,
      often.map(([other]) => other),
    );
    if (near === undefined) continue;
    const [place, second] = occurrences.filter((each) => each.name === tag && each.kinds.includes('tag'));
    if (!place || second) continue;
    const who = nodes.length === 1 ? 'Only one node has' : `Only ${nodes.length} nodes have`;
    yield {
      code: 'inventory/tag-typo',
      message: `${who} the tag "${tag}", and many have "${near}". ${didYouMean(near)}`,
      range: place.range,
      repairs: [{ title: `Change to "${near}"`, edits: [{ range: place.range, newText: near }] }],
    };
  }
}

function shape(tag: string): string {
  return tag.replaceAll(/\d+/g, '#');
}
