// The run panel in Chromium while every node talks; bench/panel.mjs runs this.
//
// A worker plays the engine: each node prints 50 lines a second for 20 s, and the engine's own counter turns them into
// events. This thread plays the extension host: the same reducer, and the feed that the extension has. Chromium has the
// panel. Measured are its frames, long tasks, elements and heap, and the delay of this thread's event loop.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { Answers } from '../../../core/protocol/answers.ts';
import type { ToPanel } from '../../../core/protocol/webview.ts';
import type { LoggedEvent } from '../../../core/run/events.ts';
import { type BatchState, reduceAll } from '../../../core/run/state.ts';
import { createPanelFeed } from '../../../extension/features/panelFeed.ts';
import { openPanel, type PanelPage } from '../fixtures/panelPage.ts';
import { linesPerSecond, talkMs } from './load.ts';

const sizes = process.argv.slice(2).map(Number);
const everything = `(function count(root) {
  return [...root.querySelectorAll('*')].reduce((sum, each) => sum + 1 + (each.shadowRoot ? count(each.shadowRoot) : 0), 0);
})(document)`;
/** Frames and long tasks of the page from now on. */
const watch = `globalThis.seen = { frames: [], long: [] };
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) seen.long.push(entry.duration);
}).observe({ type: 'longtask' });
(function next(before) {
  requestAnimationFrame((at) => { if (before) seen.frames.push(at - before); next(at); });
})(0);`;
const panelState = `document.querySelector('muster-run-panel').model.state`;

console.log(`${linesPerSecond} lines a second on every node for ${talkMs / 1000} s, Node ${process.version}`);
const rows: (readonly string[])[] = [];
for (const nodes of sizes.length > 0 ? sizes : [100, 500, 1000]) rows.push(await measure(nodes));
const heads = [
  'nodes',
  'longest task ms',
  'tasks over 100 ms',
  'frame p95 ms',
  'elements',
  'heap MB',
  'host delay p99 ms',
  'counts',
  'opening ms',
];
for (const row of [heads, heads.map(() => '---:'), ...rows]) console.log(`| ${row.join(' | ')} |`);

async function measure(nodes: number): Promise<readonly string[]> {
  const panel = await openPanel({ theme: 'dark', width: 1280, height: 800 });
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const { end, most } = await runBatch(nodes, panel, async () => {
    await panel.page.evaluate(watch);
    delay.enable();
  });
  delay.disable();
  await settled(panel, `${panelState}.status !== 'running' && ${panelState}.seq === ${end.seq}`);
  // What the page gives back was made by the script above.
  const seen = (await panel.page.evaluate('seen')) as { frames: number[]; long: number[] };
  const heap = Number(await panel.page.evaluate('performance.memory.usedJSHeapSize'));
  const counts = await panel.page.evaluate(`JSON.stringify(${panelState}.counts)`);
  await panel.close();
  return [
    String(nodes),
    Math.max(0, ...seen.long).toFixed(0),
    String(seen.long.filter((ms) => ms > 100).length),
    quantile(seen.frames, 0.95).toFixed(1),
    String(most),
    (heap / 1_048_576).toFixed(1),
    (delay.percentile(99) / 1e6).toFixed(1),
    counts === JSON.stringify(end.counts) ? 'exact' : 'WRONG',
    (await opening(end)).toFixed(0),
  ];
}

/** Plays the extension host until the batch has ended; gives its end, and the most elements that the panel had. */
async function runBatch(
  nodes: number,
  panel: PanelPage,
  begin: () => Promise<void>,
): Promise<{ end: BatchState; most: number }> {
  const states = new Map<string, BatchState>();
  const feed = createPanelFeed(
    { postMessage: (message: ToPanel) => posted(panel, message) },
    { states },
    'b',
  );
  panel.onMessage(({ type, exact }) => {
    const state = states.get('b');
    if (type === 'answers' && state)
      feed.post({ type: 'answers', answers: answersOf(state, exact === true) });
  });
  let most = 0;
  const count = async (): Promise<void> => {
    most = Math.max(most, Number(await panel.page.evaluate(everything)));
  };
  const engine = new Worker(new URL('./engine.ts', import.meta.url), { workerData: { nodes } });
  const counting = setInterval(() => void count(), 2_000);
  const end = await new Promise<BatchState>((resolve, reject) => {
    engine.on('error', reject);
    engine.on('message', (events: readonly LoggedEvent[]) => {
      const isFirst = !states.has('b');
      const state = reduceAll(states.get('b'), events);
      if (state) states.set('b', state);
      if (isFirst) begin().then(feed.start, reject);
      else feed.push(events);
      if (state && state.status !== 'running') resolve(state);
    });
  });
  clearInterval(counting);
  await count();
  return { end, most };
}

async function posted(panel: PanelPage, message: ToPanel): Promise<boolean> {
  await panel.send(message);
  return true;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** Milliseconds from the snapshot of an ended batch to the frame that shows its nodes. */
async function opening(state: BatchState): Promise<number> {
  const panel = await openPanel({ theme: 'dark', width: 1280, height: 800 });
  await panel.page.evaluate(`globalThis.begun = 0;
    addEventListener('message', () => { begun ||= performance.now(); }, { capture: true });
    globalThis.shown = new Promise((resolve) => (function look() {
      const panel = document.querySelector('muster-run-panel');
      const grid = panel?.shadowRoot.querySelector('muster-node-list')?.shadowRoot.querySelector('muster-node-grid');
      if (grid?.shadowRoot.querySelector('.row')) requestAnimationFrame(() => resolve(performance.now() - begun));
      else requestAnimationFrame(look);
    })()); 0`);
  await panel.send({ type: 'snapshot', state, now: Date.now() });
  const ms = Number(await panel.page.evaluate('shown'));
  await panel.close();
  return ms;
}

/** All that have ended gave one answer: how answers are gathered is measured elsewhere. */
function answersOf(state: BatchState, exact: boolean): Answers {
  const executions = state.executions.filter(({ outcome }) => outcome).map(({ id }) => id);
  const none = { lines: [], total: 0, equal: 0, more: 0 };
  return {
    batch: state.id,
    exact,
    unread: 0,
    counts: { same: executions.length, similar: 0, different: 0, silent: 0 },
    toAnswer: state.executions.length - executions.length,
    clusters: [{ id: 'same', kind: 'same', end: 'exit 0', executions, ...none }],
    rest: { clusters: 0, nodes: 0 },
  };
}

async function settled({ page }: PanelPage, condition: string): Promise<void> {
  for (let turn = 0; turn < 300; turn++) {
    if (await page.evaluate(condition)) return;
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 100))');
  }
  throw new Error(`did not come true: ${condition}`);
}
