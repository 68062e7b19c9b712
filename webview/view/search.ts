import { executionLook, plural } from '../../core/run/format.ts';
import type { Look } from '../../core/run/format.ts';
import type { SearchHit } from '../../core/protocol/search.ts';
import type { BatchState } from '../../core/run/state.ts';
import { visible } from '../../core/util/visible.ts';
import type { Found } from '../searchFeed.ts';
import { shortName } from './rows.ts';

/** A line of what was found: a node, or a line that it said. */
export type FoundRow =
  | {
      readonly type: 'node';
      readonly key: string;
      readonly execution: string;
      readonly node: string;
      readonly look: Look;
      /** `3 lines`, `100 lines and more`. */
      readonly count: string;
    }
  | {
      readonly type: 'hit';
      readonly key: string;
      readonly execution: string;
      readonly hit: SearchHit;
      readonly before: string;
      readonly match: string;
      readonly after: string;
    };

/** What was found, by nodes in the order of the plan, of those that the filter lets through. */
export function foundRows(
  state: BatchState,
  { hits, cut }: Found,
  isShown: (execution: BatchState['executions'][number]) => boolean,
): readonly FoundRow[] {
  const byExecution = Map.groupBy(hits, ({ execution }) => execution);
  return state.executions.flatMap((execution): readonly FoundRow[] => {
    const own = byExecution.get(execution.id) ?? [];
    if (own.length === 0 || !isShown(execution)) return [];
    const node = shortName(visible(execution.node));
    const count = `${plural(own.length, 'line')}${cut.has(execution.id) ? ' and more' : ''}`;
    const head = {
      type: 'node',
      key: execution.id,
      execution: execution.id,
      node,
      look: executionLook(execution),
      count,
    } as const;
    const seen = new Set<string>();
    return [head, ...own.flatMap((hit) => hitRow(hit, seen))];
  });
}

/** A page that ended between two streams may begin with a line that is known. */
function hitRow(hit: SearchHit, seen: Set<string>): readonly FoundRow[] {
  const { execution, stream, at, text, from, length } = hit;
  const key = `${execution} ${stream} ${at}`;
  if (seen.has(key)) return [];
  seen.add(key);
  const [before, match, after] = [
    text.slice(0, from),
    text.slice(from, from + length),
    text.slice(from + length),
  ].map(visible);
  return [{ type: 'hit', key, execution, hit, before: before ?? '', match: match ?? '', after: after ?? '' }];
}

/** `212 lines on 14 nodes`, `2 lines on 1 node; 3 on 2 nodes hidden by the filter`, `nothing so far, 3 of 9 nodes`. */
export function foundText(
  state: BatchState,
  { hits, searched, status, problem, cut }: Found,
  isHidden: (execution: string) => boolean,
): string {
  if (problem !== '') return problem;
  const hidden = hits.filter(({ execution }) => isHidden(execution));
  const shown = hits.filter(({ execution }) => !isHidden(execution));
  const more = cut.size > 0 || status === 'more' ? ' and more' : '';
  const lines = (of: readonly SearchHit[]): string => `${plural(of.length, 'line')}${more} on ${nodesOf(of)}`;
  const found =
    hits.length === 0
      ? 'nothing'
      : shown.length === 0
        ? `${lines(hidden)}, all hidden by the filter`
        : hidden.length === 0
          ? lines(shown)
          : `${lines(shown)}; ${hidden.length} on ${nodesOf(hidden)} hidden by the filter`;
  if (status === 'searching') return `${found} so far, ${searched} of ${state.executions.length} nodes`;
  return hits.length === 0 ? 'No node said that.' : found;
}

function nodesOf(hits: readonly SearchHit[]): string {
  return plural(new Set(hits.map(({ execution }) => execution)).size, 'node');
}

/** The hit that F3, or with Shift the one before, leads to; over the ends to the other one. */
export function nextHit(
  rows: readonly FoundRow[],
  current: string | undefined,
  step: 1 | -1,
): FoundRow | undefined {
  const hits = rows.filter(({ type }) => type === 'hit');
  const at = hits.findIndex(({ key }) => key === current);
  const next = at < 0 ? (step === 1 ? 0 : hits.length - 1) : (at + step + hits.length) % hits.length;
  return hits[next];
}
