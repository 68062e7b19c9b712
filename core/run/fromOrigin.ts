import { foldForDisplay } from '../selection/nodeset.ts';
import { refuse, type Result } from '../util/errors.ts';
import { plural, shortId } from './format.ts';
import type { Origin } from './origin.ts';
import { nodesToRerun, rerunWords } from './rerun.ts';
import type { BatchState } from './state.ts';
import { noBatch } from '../history/notFound.ts';

/** An ended batch, as far as running it again cares. */
export type OriginBatch = Pick<BatchState, 'id' | 'status' | 'executions'>;

/** `nodes that failed in batch 7f3k`. */
export function originText({ batch, which }: Origin): string {
  return `${rerunWords[which]} in batch ${shortId(batch)}`;
}

/** The batch that an origin names, once it has ended: before, what it leaves is not known. */
export function endedOrigin<T extends OriginBatch>(
  { batch }: Pick<Origin, 'batch'>,
  found: T | undefined,
): Result<T> {
  if (!found) return noBatch(batch);
  if (found.status !== 'running') return { ok: true, value: found };
  return refuse(
    'USAGE',
    `Batch ${shortId(batch)} still runs. Wait for its end, or stop it, then run it again.`,
  );
}

type Wanted = {
  readonly origin: Origin;
  /** The nodes that the selection stands for. */
  readonly nodes: readonly string[];
  readonly isKnown: (node: string) => boolean;
};

/**
 * The nodes of a run that has an origin: those of the selection, in the order of the origin. Refused where the selection
 * has nodes that the choice is not about; nodes that are gone from the inventory are told.
 */
export function fromOrigin(
  { origin, nodes, isKnown }: Wanted,
  found: OriginBatch | undefined,
): Result<{ nodes: readonly string[]; notes: readonly string[] }> {
  const ended = endedOrigin(origin, found);
  if (!ended.ok) return ended;
  const offered = nodesToRerun(ended.value, origin.which);
  const isOffered = new Set(offered);
  const others = nodes.filter((node) => !isOffered.has(node));
  if (others.length > 0) {
    const message = `${foldForDisplay(others)}: not among the ${originText(origin)}. Leave ${others.length === 1 ? 'it' : 'them'} out, or start a run of its own.`;
    return { ok: false, error: { code: 'USAGE', message, details: others } };
  }
  const wanted = new Set(nodes);
  const gone = origin.which === 'nodes' ? [] : offered.filter((node) => !isKnown(node));
  return {
    ok: true,
    value: {
      nodes: offered.filter((node) => wanted.has(node)),
      notes: gone.length === 0 ? [] : [goneNote(gone, origin)],
    },
  };
}

function goneNote(gone: readonly string[], { batch }: Origin): string {
  const are = gone.length === 1 ? 'is' : 'are';
  return `${plural(gone.length, 'node')} of batch ${shortId(batch)} ${are} not in the inventory any more and left out: ${foldForDisplay(gone)}.`;
}

type Sent = { readonly from: string; readonly sha256: string };

/** What a person should know where files of this machine are not what the origin sent or ran; empty where they are. */
export function changedFilesNotes(
  files: readonly Sent[] = [],
  before: readonly Sent[] = [],
  { batch, did = 'sent' }: Pick<Origin, 'batch'> & { readonly did?: 'sent' | 'ran' },
): readonly string[] {
  const known = new Set(before.map(({ from, sha256 }) => `${sha256} ${from}`));
  const names = files.filter(({ from, sha256 }) => !known.has(`${sha256} ${from}`)).map(({ from }) => from);
  const [first, ...more] = new Set(names);
  if (first === undefined) return [];
  const what = more.length === 0 ? `${first} is` : `${first} and ${plural(more.length, 'more file')} are`;
  return [`${what} not what batch ${shortId(batch)} ${did}: what is there now is used.`];
}
