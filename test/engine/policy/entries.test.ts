import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Approval } from '../../../core/policy/approval.ts';
import { Verdict } from '../../../core/policy/verdict.ts';
import type { EngineClient } from '../../../core/protocol/client.ts';
import { type EngineMethod, engineRequests } from '../../../core/protocol/engine.ts';
import { type Action, ActionType } from '../../../core/run/action.ts';
import { attachEngine } from '../../../engine/client.ts';
import { createEngine } from '../../../engine/engine.ts';
import { startPlan } from '../../../extension/features/run/startPlan.ts';
import { createWorkspace } from '../../cli/commandLine.ts';
import { context } from './world.ts';
import { tempFolder } from '../tempFolder.ts';

/** One way in which something can be started. `attempt` gives the error's code, or `started`. */
type Entry = {
  /** The file that asks the engine to start. */
  readonly file: string;
  /** What the way itself says by being used: Enter in a preview is a yes. */
  readonly says?: Approval;
  open(policy: string): Promise<Opened>;
};
type Opened = AsyncDisposable & { attempt(action: Action, approval: Approval): Promise<string> };

const outside = mkdtempSync(join(tmpdir(), 'muster-entries-'));
after(() => rm(outside, { recursive: true }));

const samplePlaybook = fileURLToPath(new URL('./sample.playbook.yaml', import.meta.url));

const sampleActions: { readonly [T in ActionType]: Extract<Action, { type: T }> } = {
  command: { type: 'command', command: 'true' },
  script: { type: 'script', file: fileURLToPath(import.meta.url), args: [], interpreter: 'true' },
  copy: { type: 'copy', from: [fileURLToPath(import.meta.url)], to: 'copied/' },
  fetch: { type: 'fetch', from: ['.muster/policy.yaml'], to: join(outside, 'fetched'), overwrite: true },
  playbook: { type: 'playbook', file: samplePlaybook, params: {}, withheld: [] },
};

const inventory =
  'version: 1\nnodes:\n  n1: { transport: local, cwd: .. }\n  n2: { transport: local, cwd: .. }\n';

async function workspaceWith(policy: string): Promise<AsyncDisposable & { path: string }> {
  const folder = await tempFolder();
  await mkdir(join(folder.path, '.muster'));
  await writeFile(join(folder.path, '.muster', 'inventory.yaml'), inventory);
  await writeFile(join(folder.path, '.muster', 'policy.yaml'), policy);
  return folder;
}

type Start = (client: EngineClient, action: Action, approval: Approval) => Promise<string>;

const startAsClient =
  (folder: string): Start =>
  async (client, action, approval) => {
    const preview = await client.plan(requestFor(folder, action));
    assert.ok(preview.ok);
    const started = await client.start({ plan: preview.value.plan, ...approval });
    return started.ok ? 'started' : started.error.code;
  };

function requestFor(folder: string, action: Action) {
  return { action, selection: 'n1,n2', sources: [{ path: join(folder, '.muster', 'inventory.yaml') }] };
}

async function inProcess(policy: string, start: (folder: string) => Start): Promise<Opened> {
  const folder = await workspaceWith(policy);
  const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
  assert.ok(created.ok);
  const client = created.value.connect(context);
  return {
    attempt: (action, approval) => start(folder.path)(client, action, approval),
    async [Symbol.asyncDispose]() {
      await created.value.close();
      await folder[Symbol.asyncDispose]();
    },
  };
}

const entries: Readonly<Record<string, Entry>> = {
  'the command line': {
    file: 'cli/run/runPlan.ts',
    async open(policy) {
      const workspace = await createWorkspace();
      await workspace.write('.muster/policy.yaml', policy);
      return {
        async attempt(action, { confirmed, typed }) {
          const flags = [
            ...(confirmed ? ['--yes'] : []),
            ...(typed === undefined ? [] : ['--expect-count', typed]),
          ];
          const { code } = await workspace.muster([...wordsOf(action), '--on', 'n1,n2', ...flags]);
          return code === 0 ? 'started' : code === 77 ? 'DENIED' : `exit ${code}`;
        },
        [Symbol.asyncDispose]: () => workspace[Symbol.asyncDispose](),
      };
    },
  },
  'an engine in this process': {
    file: 'engine/client.ts',
    open: (policy) => inProcess(policy, startAsClient),
  },
  'the engine process': {
    file: 'engine/rpc/serve.ts',
    async open(policy) {
      const folder = await workspaceWith(policy);
      const attached = await attachEngine({
        context,
        enginePath: fileURLToPath(new URL('../../../engine/main.ts', import.meta.url)),
        version: '0.0.0-test',
        dataDir: join(folder.path, 'data'),
        runtimeDir: join(folder.path, 'run'),
        env: { ...process.env, MUSTER_ENGINE_IDLE_MS: '300' },
      });
      assert.ok(attached.ok);
      const engine = attached.value;
      return {
        attempt: (action, approval) => startAsClient(folder.path)(engine, action, approval),
        async [Symbol.asyncDispose]() {
          engine.dispose();
          process.kill(engine.pid, 'SIGTERM');
          await folder[Symbol.asyncDispose]();
        },
      };
    },
  },
  'the run flow of VS Code': {
    file: 'extension/features/run/startPlan.ts',
    says: { confirmed: true },
    open: (policy) =>
      inProcess(policy, (folder) => async (client, action, { typed }) => {
        const preview = await client.plan(requestFor(folder, action));
        assert.ok(preview.ok);
        const started = await startPlan(client, preview.value, {
          askTyped: async () => typed,
          debug: false,
          debugSsh: false,
        });
        if (!started) return 'DENIED';
        return started.ok ? 'started' : started.error.code;
      }),
  },
};

/** The action as somebody asks for it on the command line. */
function wordsOf(action: Action): readonly string[] {
  switch (action.type) {
    case 'command':
      return ['run', action.command];
    case 'script':
      return ['script', action.file, '--interpreter', action.interpreter ?? ''];
    case 'copy':
      return ['copy', ...action.from, action.to];
    case 'fetch':
      return ['fetch', ...action.from, action.to, '--overwrite'];
    case 'playbook':
      return ['play', action.file];
  }
}

const approvals: Readonly<Record<string, Approval>> = {
  nothing: {},
  yes: { confirmed: true },
  'the number': { typed: '2' },
};

/** What is enough for what. */
function isEnough(verdict: Verdict, { confirmed, typed }: Approval): boolean {
  switch (verdict) {
    case 'allow':
      return true;
    case 'confirm':
      return confirmed === true;
    case 'typed-confirm':
      return typed === '2';
    case 'deny':
      return false;
  }
}

describe('R-R1: every way to start anything asks the same rules', () => {
  for (const [name, entry] of Object.entries(entries)) {
    for (const type of ActionType.options) {
      for (const verdict of Verdict.options) {
        it(`${name}: ${type} under ${verdict}`, async () => {
          await using opened = await entry.open(`rules: [{ decision: ${verdict}, action: ${type} }]\n`);
          for (const [said, approval] of Object.entries(approvals)) {
            // On the command line a number that is right is also a yes.
            const isYes = name === 'the command line' && approval.typed !== undefined;
            const whole = { ...entry.says, ...approval, ...(isYes && { confirmed: true }) };
            const expected = isEnough(verdict, whole) ? 'started' : 'DENIED';
            assert.equal(await opened.attempt(sampleActions[type], approval), expected, `saying ${said}`);
          }
        });
      }
    }
  }

  it('has a row for every file that asks an engine to start', async () => {
    const starts = /\bstart\(\{\s*plan|\bsend\('start'|\bknown\(\)\.start\(/;
    const found = await filesWith(starts, ['cli', 'engine', 'extension', 'server']);
    assert.deepEqual(
      found,
      Object.values(entries)
        .map(({ file }) => file)
        .toSorted(),
    );
  });

  it('has one place behind the rules where batches begin', async () => {
    assert.deepEqual(await filesWith(/\bstartBatch\(\{/, ['cli', 'engine', 'extension', 'server']), [
      'engine/plans.ts',
    ]);
  });
});

describe('R-R1: what acts on this machine', () => {
  it('is allowed in one place, behind the rules', async () => {
    const found = await filesWith(/\btrust\.add\(/, ['cli', 'engine', 'extension', 'server']);
    assert.deepEqual(found, ['engine/inventory/inventoryMethods.ts']);
  });
});

/** What each request of the engine does; a new one has to be put somewhere. What steers is about a batch that started. */
const requests: { readonly [M in EngineMethod]: 'acts' | 'steers' | 'reads' | 'guards' } = {
  hello: 'reads',
  inventory: 'reads',
  findSources: 'reads',
  resolve: 'reads',
  node: 'reads',
  exportInventory: 'reads',
  reach: 'acts',
  hostKeys: 'reads',
  approve: 'acts',
  editInventory: 'reads',
  playbooks: 'reads',
  wants: 'reads',
  plan: 'reads',
  rerun: 'reads',
  status: 'reads',
  start: 'acts',
  cancel: 'steers',
  stopAgain: 'steers',
  control: 'steers',
  batches: 'reads',
  history: 'reads',
  deleteBatches: 'steers',
  rebuildHistory: 'steers',
  log: 'reads',
  events: 'reads',
  metrics: 'reads',
  snapshot: 'reads',
  output: 'reads',
  answers: 'reads',
  search: 'reads',
  table: 'reads',
  exportBatch: 'reads',
  journal: 'reads',
  addJournal: 'reads',
  answer: 'reads',
  permit: 'acts',
  policy: 'reads',
  freeze: 'guards',
};

describe('R-R1: every request that acts', () => {
  const acting = Object.keys(engineRequests).filter((method) => requests[method as EngineMethod] === 'acts');
  it('is denied where everything is', async () => {
    await using opened = await inProcess(
      'freeze: { reason: closing }',
      (folder) => async (client, action) => {
        const { sources } = requestFor(folder, action);
        const preview = await client.plan(requestFor(folder, action));
        assert.ok(preview.ok);
        const { plan } = preview.value;
        const tries: Readonly<Record<string, () => Promise<{ ok: boolean }>>> = {
          start: () => client.start({ plan, confirmed: true, typed: '2' }),
          reach: () => client.reach({ sources, nodes: ['n1'] }),
          approve: () => client.approve({ sources, ids: [] }),
          permit: () => client.permit({ capability: 'terminal', sources, nodes: ['n1'] }),
        };
        assert.deepEqual(Object.keys(tries).toSorted(), acting.toSorted());
        for (const [method, attempt] of Object.entries(tries))
          assert.equal((await attempt()).ok, false, method);
        return 'done';
      },
    );
    assert.equal(await opened.attempt(sampleActions.command, {}), 'done');
  });
});

/** Files of these rooms whose text matches. */
async function filesWith(pattern: RegExp, rooms: readonly string[]): Promise<readonly string[]> {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const found: string[] = [];
  for (const room of rooms) {
    for (const file of await readdir(join(root, room), { recursive: true })) {
      if (!file.endsWith('.ts')) continue;
      if (pattern.test(await readFile(join(root, room, file), 'utf8'))) found.push(join(room, file));
    }
  }
  return found.toSorted();
}
