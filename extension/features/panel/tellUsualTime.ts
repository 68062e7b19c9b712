import type { ToPanel } from '../../../core/protocol/webview.ts';
import type { BatchState } from '../../../core/run/state.ts';
import { usualTime } from '../../model/usualTime.ts';
import type { EngineLink } from '../../services/engineLink.ts';
import { newestBatches } from '../../services/historyPages.ts';

/** Batches among which those that did the same are looked for. */
const looked = 200;

/** Tells the panel of a running batch how long such batches took before. */
export async function tellUsualTime(
  state: BatchState,
  link: EngineLink,
  post: (message: ToPanel) => void,
): Promise<void> {
  if (state.status !== 'running') return;
  const found = await newestBatches(link, { kinds: [state.plan.action.type] }, looked);
  const ms = found.ok ? usualTime(state, found.value.rows) : undefined;
  if (ms !== undefined) post({ type: 'usual', ms });
}
