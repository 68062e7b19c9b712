import { nearest } from '../../../core/util/nearest.ts';
import { didYouMean } from '../../../core/util/problem.ts';
import type { MusterDocument } from '../document.ts';
import type { Occurrence } from '../facts.ts';
import type { Finding } from './finding.ts';

/** Nodes that a tag has at least for another one to be a misspelling of it. */
const common = 3;

/** A tag of a single node that is nearly one of many nodes. Numbers that differ are no misspelling. */
export function* tagFindings(
  occurrences: readonly Occurrence[],
  { index }: MusterDocument,
): Iterable<Finding> {
  const often = [...index.tags].filter(([, nodes]) => nodes.length > common).map(([tag]) => tag);
  if (often.length === 0) return;
  for (const [tag, nodes] of index.tags) {
    if (nodes.length !== 1) continue;
    const near = nearest(
      tag,
      often.filter((other) => shape(other) !== shape(tag)),
    );
    const place =
      near === undefined
        ? undefined
        : occurrences.find((each) => each.name === tag && each.kinds.includes('tag'));
    if (near === undefined || !place) continue;
    yield {
      code: 'inventory/tag-typo',
      message: `Only one node has the tag "${tag}", and many have "${near}". ${didYouMean(near)}`,
      range: place.range,
      repairs: [{ title: `Change to "${near}"`, edits: [{ range: place.range, newText: near }] }],
    };
  }
}

function shape(tag: string): string {
  return tag.replaceAll(/\d+/g, '#');
}
