// Writes pictures of the run panel into a folder, to be looked at:
//   node test/webview/preview.ts FOLDER
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fakePlaybook } from './fixtures/fakePlaybook.ts';
import { fakeBatch } from './fixtures/fakeBatch.ts';
import type { FakeBatch } from './fixtures/fakeBatch.ts';
import type { SomeOfForm } from '../../core/run/form/form.ts';
import { targetList } from '../../extension/model/targetList.ts';
import { playNewRunHost, site } from './fixtures/newRunHost.ts';
import { playHost } from './fixtures/playHost.ts';
import { newRunPage, openPanel } from './fixtures/panelPage.ts';
import { workspaceFiles } from './fixtures/workspaceFiles.ts';
import type { PanelOptions, PanelPage } from './fixtures/panelPage.ts';

const folder = process.argv[2] ?? 'preview';
await mkdir(folder, { recursive: true });

type Picture = PanelOptions & {
  readonly name: string;
  readonly batch: () => FakeBatch;
  readonly engine?: string;
  readonly act?: (panel: PanelPage) => Promise<unknown>;
};

const now = Date.now();
const size = { width: 1280, height: 800 };
const pictures: readonly Picture[] = [
  { name: 'live-dark', theme: 'dark', ...size, batch: () => fleet(120, 'live') },
  {
    name: 'live-light',
    theme: 'light',
    ...size,
    batch: () => fleet(120, 'live'),
    act: (panel) => focus(panel, 3),
  },
  { name: 'live-hc', theme: 'hc', ...size, batch: () => fleet(120, 'live'), act: (panel) => focus(panel, 3) },
  { name: 'hold-dark', theme: 'dark', ...size, batch: () => held() },
  { name: 'hold-light', theme: 'light', ...size, batch: () => held() },
  { name: 'paused-narrow', theme: 'dark', width: 520, height: 700, batch: () => paused() },
  { name: 'ended-dark', theme: 'dark', ...size, batch: () => fleet(120, 'ended') },
  {
    name: 'detail-dark',
    theme: 'dark',
    ...size,
    batch: () => fleet(24, 'ended'),
    act: (panel) => open(panel, 3),
  },
  {
    name: 'detail-light',
    theme: 'light',
    ...size,
    batch: () => fleet(24, 'ended'),
    act: (panel) => open(panel, 3),
  },
  {
    name: 'detail-hc',
    theme: 'hc',
    ...size,
    batch: () => fleet(24, 'ended'),
    act: (panel) => open(panel, 3),
  },
  {
    name: 'medium',
    theme: 'dark',
    width: 800,
    height: 700,
    batch: () => fleet(24, 'live'),
    act: (panel) => open(panel, 0),
  },
  { name: 'narrow', theme: 'dark', width: 320, height: 700, batch: () => fleet(24, 'live') },
  {
    name: 'narrow-scrolled',
    theme: 'dark',
    width: 320,
    height: 500,
    batch: () => fleet(120, 'live'),
    act: scroll,
  },
  {
    name: 'narrow-detail',
    theme: 'light',
    width: 320,
    height: 900,
    batch: () => fleet(24, 'ended'),
    act: (panel) => open(panel, 0),
  },
  { name: 'one-node', theme: 'dark', ...size, batch: () => fleet(1, 'live') },
  {
    name: 'thousand',
    theme: 'dark',
    ...size,
    batch: () => fleet(1000, 'live'),
    act: (panel) => open(panel, 2),
  },
  {
    name: 'notes',
    theme: 'dark',
    ...size,
    batch: waiting,
    engine: 'The engine ended. A new one is starting.',
  },
  { name: 'cancelled', theme: 'light', ...size, batch: cancelled },
  ...(['dark', 'light', 'hc'] as const).map((theme) => ({
    name: `matrix-${theme}`,
    theme,
    ...size,
    batch: () => fakePlaybook(41, now),
    act: (panel: PanelPage) => matrix(panel),
  })),
  ...(['dark', 'light', 'hc'] as const).map((theme) => ({
    name: `search-${theme}`,
    theme,
    ...size,
    batch: () => fleet(120, 'ended'),
    act: (panel: PanelPage) => search(panel, 'nginx'),
  })),
  {
    name: 'search-open',
    theme: 'dark',
    ...size,
    batch: () => fleet(120, 'ended'),
    act: async (panel) => {
      await search(panel, 'failed');
      await panel.page.keyboard.press('F3');
    },
  },
  {
    name: 'search-narrow',
    theme: 'light',
    width: 320,
    height: 900,
    batch: () => fleet(24, 'ended'),
    act: (panel) => search(panel, 'nginx'),
  },
  ...(['dark', 'light', 'hc'] as const).map((theme) => ({
    name: `table-${theme}`,
    theme,
    ...size,
    batch: () => disks(60),
    act: table,
  })),
  { name: 'table-narrow', theme: 'dark', width: 320, height: 900, batch: () => disks(60), act: table },
  { name: 'table-none', theme: 'dark', ...size, batch: () => fleet(24, 'ended'), act: table },
  {
    name: 'matrix-open',
    theme: 'dark',
    ...size,
    batch: () => fakePlaybook(41, now),
    act: async (panel) => {
      await matrix(panel);
      await panel.page.click('muster-matrix .cell.is-failed >> nth=0');
    },
  },
  {
    name: 'matrix-narrow',
    theme: 'dark',
    width: 320,
    height: 900,
    batch: () => fakePlaybook(41, now),
    act: matrix,
  },
  {
    name: 'matrix-many',
    theme: 'dark',
    ...size,
    batch: () =>
      fakePlaybook(
        1000,
        now,
        Array.from({ length: 20 }, (_, at) => `check${at}`),
      ),
    act: async (panel) => {
      await matrix(panel);
      await panel.page.click('.fold input');
    },
  },
];

type NewRunPicture = PanelOptions & {
  readonly name: string;
  readonly nodes: number;
  readonly form: SomeOfForm;
  readonly act?: (panel: PanelPage) => Promise<unknown>;
};
const filled: SomeOfForm = {
  selection: '@frontend & tag:prod !web003, db01',
  command: 'systemctl restart nginx',
};
const deploy: SomeOfForm = {
  kind: 'playbook',
  file: '/work/playbooks/deploy.playbook.yaml',
  params: { version: '1.2', workers: 80, regions: ['eu', 'us'] },
};
const newRuns: readonly NewRunPicture[] = [
  { name: 'new-run-dark', theme: 'dark', ...size, nodes: 12, form: filled, act: openGroups },
  {
    name: 'new-run-light',
    theme: 'light',
    ...size,
    nodes: 12,
    form: { ...filled, mode: 'rolling', between: 'pause' },
    act: openGroups,
  },
  {
    name: 'new-run-hc',
    theme: 'hc',
    ...size,
    nodes: 12,
    form: { ...filled, retries: '12' },
    act: wrongField,
  },
  { name: 'new-run-empty', theme: 'dark', ...size, nodes: 2000, form: {} },
  { name: 'new-run-files', theme: 'dark', ...size, nodes: 12, form: { kind: 'playbook' } },
  {
    name: 'new-run-script',
    theme: 'light',
    ...size,
    nodes: 12,
    form: { ...filled, kind: 'script', script: '/work/scripts/tune.py' },
  },
  { name: 'new-run-copy', theme: 'light', ...size, nodes: 12, form: { ...filled, kind: 'copy' } },
  { name: 'new-run-fetch', theme: 'hc', ...size, nodes: 12, form: { ...filled, kind: 'fetch' } },
  { name: 'new-run-params', theme: 'dark', ...size, nodes: 12, form: deploy, act: wrongParam },
  { name: 'new-run-params-light', theme: 'light', ...size, nodes: 12, form: deploy, act: wrongParam },
  { name: 'new-run-params-hc', theme: 'hc', ...size, nodes: 12, form: deploy, act: wrongParam },
  { name: 'new-run-params-narrow', theme: 'light', width: 300, height: 1900, nodes: 12, form: deploy },
  { name: 'new-run-json', theme: 'dark', ...size, nodes: 12, form: deploy, act: asJson },
  { name: 'new-run-json-hc', theme: 'hc', ...size, nodes: 12, form: deploy, act: brokenJson },
  { name: 'new-run-narrow', theme: 'dark', width: 340, height: 900, nodes: 12, form: filled },
];

const healthy = [
  { stream: 'stdout' as const, text: '6.1.0-28-amd64\n' },
  { stream: 'stderr' as const, text: 'nginx version: nginx/1.26.2\n' },
  { stream: 'stdout' as const, text: '\u001b[1;32mactive\u001b[0m\n' },
];
const broken = [
  { stream: 'stdout' as const, text: '\u001b[31m×\u001b[0m nginx.service - A high performance web server\n' },
  {
    stream: 'stdout' as const,
    text: '     Loaded: loaded (/lib/systemd/system/nginx.service; \u001b[1;92menabled\u001b[0m)\n',
  },
  { stream: 'stdout' as const, text: '     Active: \u001b[1;91mfailed\u001b[0m (Result: exit-code)\n\n' },
  {
    stream: 'stderr' as const,
    text: 'Warning: journal has been rotated \u001b]0;owned\u0007 \u202egnp.exe\n',
  },
  { stream: 'stdout' as const, text: '10 %\r50 %\r100 %\nFailed to start nginx.service.\n' },
];

const countElements = `(function count(root) {
  return [...root.querySelectorAll('*')].reduce((sum, each) => sum + 1 + (each.shadowRoot ? count(each.shadowRoot) : 0), 0);
})(document)`;

const only = process.argv[3];
for (const picture of pictures) {
  if (only === undefined || picture.name.includes(only)) await take(picture);
}
for (const picture of newRuns) {
  if (only === undefined || picture.name.includes(only)) await takeNewRun(picture);
}

async function takeNewRun({ name, nodes, form, act, ...options }: NewRunPicture): Promise<void> {
  const panel = await openPanel({ ...options, shows: newRunPage });
  playNewRunHost(panel, site(nodes), workspaceFiles);
  await panel.send({ type: 'targets', targets: targetList(site(nodes), []) });
  await panel.send({ type: 'form', form });
  await settled(panel);
  await act?.(panel);
  await settled(panel);
  await settled(panel);
  await panel.page.screenshot({ path: join(folder, `${name}.png`) });
  const elements = await panel.page.evaluate(countElements);
  console.log(`${name}: ${String(elements)} elements`, panel.complaints.join('\n'));
  await panel.close();
}

async function take({ name, batch: make, engine, act, ...options }: Picture): Promise<void> {
  const panel = await openPanel(options);
  const batch = make();
  playHost(panel, () => batch);
  await panel.send({ type: 'snapshot', state: batch.state, now });
  if (engine !== undefined) await panel.send({ type: 'engine', text: engine });
  await settled(panel);
  await act?.(panel);
  await settled(panel);
  await panel.page.screenshot({ path: join(folder, `${name}.png`) });
  const elements = await panel.page.evaluate(countElements);
  console.log(`${name}: ${String(elements)} elements`, panel.complaints.join('\n'));
  await panel.close();
}

async function settled({ page }: PanelPage): Promise<void> {
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 450))');
}

async function focus({ page }: PanelPage, row: number): Promise<void> {
  await page.focus(`.row >> nth=${row}`);
}

async function open(panel: PanelPage, row: number): Promise<void> {
  await focus(panel, row);
  await panel.page.keyboard.press('Enter');
  await settled(panel);
}

async function matrix({ page }: PanelPage): Promise<void> {
  await page.click('muster-view-switch [data-view=steps]');
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 300))');
}

async function search(panel: PanelPage, text: string): Promise<void> {
  await panel.page.click('muster-view-switch [data-view=search]');
  await settled(panel);
  await panel.page.focus('muster-search input');
  await panel.page.keyboard.type(text);
  await settled(panel);
  await settled(panel);
}

async function table(panel: PanelPage): Promise<void> {
  await panel.page.click('muster-view-switch [data-view=table]');
  await settled(panel);
}

/** Nodes that answered with JSON about their disks. */
function disks(count: number): FakeBatch {
  const nodes = Array.from({ length: count }, (_, at) => nameOf(at, count));
  const batch = fakeBatch({
    nodes,
    command: 'disks --json',
    selection: '@site',
    concurrency: 20,
    startedAt: now - 9_000,
  });
  for (const [at] of nodes.entries()) {
    const rows = ['/', '/var'].map((mount, disk) => ({
      mount,
      used: { percent: (at * 37 + disk * 11) % 101, bytes: at * 1_048_576 },
      model: `Disk ${at % 4}`,
      healthy: at % 17 !== 3,
    }));
    batch.run(`e${at}`, now - 8_000);
    batch.print(`e${at}`, [{ stream: 'stdout', text: at % 29 === 28 ? 'no disks\n' : JSON.stringify(rows) }]);
    batch.end(`e${at}`, { status: 'ok' }, now - 7_000);
  }
  batch.emit({ type: 'batchFinished', end: 'succeeded' }, now);
  return batch;
}

async function openGroups({ page }: PanelPage): Promise<void> {
  await page.click('muster-targets .target:has-text("frontend") .twistie');
}

async function wrongField({ page }: PanelPage): Promise<void> {
  await page.click('.more');
  await page.focus('#retries');
  await page.focus('#rate');
}

async function wrongParam({ page }: PanelPage): Promise<void> {
  await page.focus('[id="param:version"]');
  await page.focus('[id="param:workers"]');
  await page.focus('[id="param:ratio"]');
  await page.focus('[id="param:version"]');
}

async function asJson({ page }: PanelPage): Promise<void> {
  await page.click('.segments button:has-text("JSON")');
}

async function brokenJson(panel: PanelPage): Promise<void> {
  await asJson(panel);
  await settled(panel);
  await panel.page.click('#params');
  await panel.page.keyboard.press('Control+A');
  await panel.page.keyboard.type('{\n  "version": "1.2.3"\n  "workers": 8\n}');
}

async function scroll({ page }: PanelPage): Promise<void> {
  await page.mouse.move(160, 300);
  await page.mouse.wheel(0, 400);
}

function fleet(count: number, at: 'live' | 'ended'): FakeBatch {
  const nodes = Array.from({ length: count }, (_, index) => nameOf(index, count));
  const batch = fakeBatch({
    nodes,
    command: 'uname -r; nginx -v; systemctl is-active nginx',
    selection: 'tag:prod & (@edge, @api, @web)',
    concurrency: 20,
    startedAt: now - 42_000,
  });
  const ended = at === 'ended' ? count : Math.floor(count * 0.68);
  for (let index = 0; index < Math.max(1, Math.min(count, ended + 20)); index++) {
    const id = `e${index}`;
    const start = index >= ended && index % 9 !== 4 ? now - 1_000 - index * 7 : now - 40_000 + index * 10;
    batch.run(id, start);
    if (index % 41 === 7) {
      const message = 'no answer on port 22 in 10 s';
      batch.end(id, { status: 'unreachable', kind: 'timeout', message }, start + 10_000);
      continue;
    }
    const failing = index % 13 === 5;
    batch.print(id, failing ? broken : healthy, start + 300);
    if (index >= ended) continue;
    if (index % 59 === 11) {
      const message = 'still running after 60 s; stopped, verified gone';
      batch.end(id, { status: 'timed-out', phase: 'run', remote: 'stopped', message }, start + 38_000);
    } else if (failing) {
      batch.end(id, { status: 'failed', step: 'run', message: 'exit 3', exitCode: 3 }, start + 1_100);
    } else batch.end(id, { status: 'ok' }, start + 700 + (index % 7) * 90);
  }
  if (at === 'ended') batch.emit({ type: 'batchFinished', end: 'partial' }, now);
  return batch;
}

function nameOf(index: number, count: number): string {
  const [edge, api] = [Math.floor(count / 10), Math.floor(count * 0.3)];
  if (index < edge) return `edge${String(index + 1).padStart(2, '0')}`;
  if (index < api) return `api${String(index - edge + 1).padStart(2, '0')}`;
  return `web${String(index - api + 1).padStart(3, '0')}`;
}

/** A rolling batch that waits for a person after its third wave. */
function held(): FakeBatch {
  const batch = fleet(24, 'live');
  batch.emit({ type: 'waveStarted', wave: 3, of: 4, executions: ['e10', 'e11'] });
  batch.emit({ type: 'waveFinished', wave: 3, failures: 1 });
  batch.emit({ type: 'barrierWaiting', wave: 3, barrier: { type: 'ask' } });
  batch.emit({ type: 'limitChanged', heldBy: 'concurrency 20', concurrency: 20 });
  return batch;
}

function paused(): FakeBatch {
  const batch = fleet(120, 'live');
  batch.emit({ type: 'paused' });
  batch.emit({ type: 'breakerChanged', key: 'jump host bastion:22', state: 'open' });
  return batch;
}

function waiting(): FakeBatch {
  const batch = fleet(24, 'live');
  const key = {
    host: '10.0.5.3',
    port: 22,
    keyType: 'ssh-ed25519',
    fingerprint: 'SHA256:x',
    key: 'AAAA',
    knownHosts: '~/.ssh/known_hosts',
  };
  for (const id of ['e20', 'e21', 'e22'])
    batch.emit({ type: 'phaseChanged', execution: id, phase: 'host-key' });
  const keys = [{ key, nodes: ['web014', 'web015', 'web016'] }];
  batch.emit({ type: 'promptRaised', prompt: 'p1', question: { type: 'host-keys', keys } });
  return batch;
}

function cancelled(): FakeBatch {
  const batch = fleet(24, 'live');
  batch.emit({ type: 'cancelRequested', which: 'all' });
  const stopped: string[] = [];
  const running: string[] = [];
  for (const { id, status } of batch.state.executions) {
    if (status === 'queued') batch.end(id, { status: 'cancelled', remote: 'never-started' }, now);
    if (status !== 'running') continue;
    const remote = running.length < 2 ? 'may-still-run' : 'stopped';
    (remote === 'stopped' ? stopped : running).push(id);
    batch.end(id, { status: 'cancelled', remote }, now);
  }
  batch.emit({ type: 'batchFinished', end: 'cancelled' }, now);
  batch.emit({ type: 'stopReport', stopped, running }, now);
  return batch;
}
