import type { Rerun } from '../../core/protocol/webview.ts';
import type { BatchState } from '../../core/run/state.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { BatchChange, BatchStore } from '../services/batchStore.ts';
import type { EngineLink } from '../services/engineLink.ts';
import { newestBatches } from '../services/historyPages.ts';

/** The batches that run one batch again. */
export type Reruns = Disposable & {
  /** Looks for them, and shows them. */
  look(): Promise<void>;
};

type RerunsDeps = {
  readonly link: EngineLink;
  readonly batches: BatchStore;
  readonly show: (reruns: readonly Rerun[]) => void;
  readonly report: (error: unknown) => void;
};

const looked = 500;

/** Shows the batches that run this one again, and goes on to do so when one begins or ends. */
export function followReruns(batch: string, { link, batches, show, report }: RerunsDeps): Reruns {
  const look = async (): Promise<void> => {
    const state = batches.states.get(batch);
    if (state) show(await rerunsOf(link, state));
  };
  const listener = batches.onDidChange((change) => {
    if (isNewsOfRerun(change, batch)) look().catch(report);
  });
  return { look, dispose: () => listener.dispose() };
}

/** The newest first; none where they can not be found. */
async function rerunsOf(link: EngineLink, { id, startedAt }: BatchState): Promise<readonly Rerun[]> {
  const found = await newestBatches(link, { since: startedAt }, looked);
  if (!found.ok) return [];
  const reruns = found.value.rows.filter(({ origin }) => origin?.batch === id);
  return reruns.map((each) => ({ batch: each.id, status: each.status }));
}

function isNewsOfRerun({ state, events }: BatchChange, batch: string): boolean {
  if (state.plan.request.origin?.batch !== batch) return false;
  return (
    events.length === 0 || events.some(({ type }) => type === 'batchStarted' || type === 'batchFinished')
  );
}
