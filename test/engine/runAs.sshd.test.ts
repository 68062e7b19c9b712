import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { CommandAction } from '../../core/run/action.ts';
import type { LoggedEvent } from '../../core/run/events.ts';
import type { BatchState } from '../../core/run/state.ts';
import { createEngine } from '../../engine/engine.ts';
import { tempFolder } from './tempFolder.ts';
import { type Fakes, makeFakes } from './transports/runAs/fakes.ts';
import { sshdProblem, startSshd } from './transports/sshd.ts';

const canary = 'c4nary-pässwörd/7f3k';
const forms = [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64').slice(0, -4)];

type World = { client: EngineClient; fakes: Fakes; folder: string };

/** Three names of one node that asks for a password. */
async function withNodes(test: (world: World) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  const fakes = makeFakes(folder.path, canary);
  const sshd = await startSshd([`SetEnv PATH=${fakes.bin}:/usr/bin:/bin`]);
  const node = `{ host: 127.0.0.1, port: ${sshd.port}, identityFile: ${sshd.identityFile} }`;
  const inventory = ['version: 1', 'nodes:', ...['n1', 'n2', 'n3'].map((name) => `  ${name}: ${node}`), ''];
  await writeFile(join(folder.path, 'inventory.yaml'), inventory.join('\n'));
  const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
  assert.ok(created.ok);
  const client = created.value.connect({
    trusted: true,
    localNodes: 'allowed',
    user: 'me',
    canPrompt: true,
    onClose: 'finish',
  });
  try {
    await test({ client, fakes, folder: folder.path });
  } finally {
    await created.value.close();
    await sshd.stop();
  }
}

/** Runs a command as root; each question for a secret gets the next answer. */
async function runAsRoot(
  { client, folder }: World,
  action: Omit<CommandAction, 'type' | 'runAs'>,
  answers: (string | undefined)[],
): Promise<{ state: BatchState; events: LoggedEvent[]; labels: string[] }> {
  const planned = await client.plan({
    action: { type: 'command', runAs: { user: 'root', method: 'sudo' }, ...action },
    selection: 'n1,n2,n3',
    sources: [{ type: 'muster', path: join(folder, 'inventory.yaml') }],
    knownHosts: join(folder, 'known_hosts'),
  });
  assert.ok(planned.ok, JSON.stringify(planned));
  const events: LoggedEvent[] = [];
  const labels: string[] = [];
  const ended = Promise.withResolvers<void>();
  client.onEvents((news) => {
    events.push(...news.events);
    for (const event of news.events) {
      if (event.type === 'batchFinished') ended.resolve();
      if (event.type !== 'promptRaised') continue;
      const { prompt, question } = event;
      const { batch } = news;
      if (question.type === 'host-keys') {
        const trust = question.keys.map(({ key }) => key.fingerprint);
        void client.answer({ batch, prompt, trust });
      } else if (question.type === 'secret') {
        labels.push(question.label);
        const secret = answers.shift();
        void client.answer({ batch, prompt, ...(secret !== undefined && { secret }) });
      }
    }
  });
  const started = await client.start({ plan: planned.value.plan });
  assert.ok(started.ok, JSON.stringify(started));
  await ended.promise;
  const state = await client.snapshot(started.value.batch);
  assert.ok(state.ok);
  return { state: state.value, events, labels };
}

/** All arguments and environments of all processes, looked at again and again until disposed. */
function watchProcesses(): Disposable & { seen(): string } {
  const found = new Set<string>();
  const look = (): void => {
    for (const pid of readdirSync('/proc')) {
      if (!/^\d+$/.test(pid) || pid === String(process.pid)) continue;
      for (const file of ['cmdline', 'environ']) {
        try {
          found.add(readFileSync(join('/proc', pid, file), 'utf8'));
        } catch {
          // It has ended, or is not ours to look at.
        }
      }
    }
  };
  const timer = setInterval(look, 10);
  return { seen: () => [...found].join('\n'), [Symbol.dispose]: () => clearInterval(timer) };
}

describe('a password for another user', function () {
  before(`needs sshd${sshdProblem ? ` (${sshdProblem})` : ''}`, function () {
    if (sshdProblem) this.skip();
  });

  it('R-K1: is asked once for all nodes and is nowhere afterwards, even where a command prints it', () =>
    withNodes(async (world) => {
      using processes = watchProcesses();
      const file = join(world.fakes.bin, 'password');
      const { state, events, labels } = await runAsRoot(
        world,
        { command: `cat ${file}; base64 <${file}; sleep 0.3; echo "as $RUN_AS"; cat ${file} >&2` },
        [canary],
      );
      assert.deepEqual([state.counts.ok, labels.length], [3, 1]);
      const { folder, client } = world;
      const page = await client.output({ batch: state.id, execution: 'e1', from: 0, limit: 65_536 });
      assert.ok(page.ok);
      assert.match(JSON.stringify(page.value), /\*{8}.*as root/);
      const files = await readdir(join(folder, 'data'), { recursive: true, withFileTypes: true });
      const kept = await Promise.all(
        files
          .filter((each) => each.isFile())
          .map((each) => readFile(join(each.parentPath, each.name), 'utf8')),
      );
      assert.ok(kept.length >= 2);
      const everything: Record<string, string> = {
        'the data folder': kept.join('\n'),
        'the events': JSON.stringify(events),
        'the state': JSON.stringify(state),
        'arguments and environments': processes.seen(),
      };
      assert.match(processes.seen(), /sudo/);
      for (const [place, text] of Object.entries(everything)) {
        for (const form of forms) assert.ok(!text.includes(form), `${form} is in ${place}`);
      }
    }));

  it('R-K3: that is wrong is tried once; the others are asked about first', () =>
    withNodes(async (world) => {
      const { state, labels } = await runAsRoot(world, { command: 'true' }, ['wrong-one', canary]);
      assert.deepEqual([state.counts.ok, state.counts.failed], [2, 1]);
      const refused = state.executions.find(({ status }) => status === 'failed');
      const outcome = refused?.outcome;
      assert.ok(outcome?.status === 'failed' && outcome.step === 'run-as');
      assert.match(outcome.message, /^sudo refused the password for /);
      assert.equal(labels.length, 2);
      assert.ok(labels[1]?.includes(`refused on ${refused?.node}`));
      assert.deepEqual(world.fakes.attempts(), ['wrong-one', canary, canary]);
    }));

  it('that nobody gives is asked for once', () =>
    withNodes(async (world) => {
      const { state, labels } = await runAsRoot(world, { command: 'true' }, [undefined]);
      assert.deepEqual([state.counts.failed, labels.length], [3, 1]);
    }));
});
