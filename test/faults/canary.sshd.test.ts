import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { ExportFormat } from '../../core/export/formats.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import { attachEngine } from '../../engine/client.ts';
import { isRunning } from '../engine/transports/processes.ts';
import { tempFolder } from '../engine/tempFolder.ts';
import { serverWith } from './servers.ts';
import { canary, checkNowhere, filesBelow, watchProcesses } from './sweep.ts';
import { nodeOf } from './world.ts';

/** What a node that knows the secret prints, in pieces that cut it anywhere. */
const told = [
  `plain ${canary}`,
  `coloured ${canary.slice(0, 5)}\u001b[1;31m${canary.slice(5)}\u001b[0m`,
  `encoded ${encodeURIComponent(canary)}`,
  `base64 ${Buffer.from(canary).toString('base64')}`,
  `header ${Buffer.from(`ada:${canary}`).toString('base64')}`,
  `a last line without an end ${canary}`,
].join('\n');

/** A server that takes the canary as a password, and whose commands print it, on stdout and stderr. */
function tellingServer() {
  return serverWith({
    login: (attempt) => {
      if (attempt.method === 'password' && attempt.password === canary) return attempt.accept();
      attempt.reject(['password']);
    },
    command(_line, channel) {
      void (async () => {
        for (let at = 0; at < told.length; at += 7) {
          channel.write(told.slice(at, at + 7));
          channel.stderr.write(told.slice(at, at + 7));
          if (at % 5 === 0) await sleep(1);
        }
        channel.exit(1);
        channel.end();
      })();
    },
  });
}

type Server = Awaited<ReturnType<typeof tellingServer>>;

async function writeInventory(folder: string, server: Server): Promise<string> {
  await mkdir(join(folder, '.muster'), { recursive: true });
  const path = join(folder, '.muster', 'inventory.yaml');
  // JSON is YAML.
  await writeFile(
    path,
    JSON.stringify({ version: 1, nodes: { n1: nodeOf(server, { auth: ['password'] }) } }),
  );
  return path;
}

describe('faults: one secret, looked for everywhere', function () {
  it('R-K1 R-K2: the engine process leaves it nowhere: logs, debug logs, index, journal, exports, later batches', async () => {
    await using server = await tellingServer();
    await using folder = await tempFolder();
    const inventory = await writeInventory(folder.path, server);
    using processes = watchProcesses();
    const attached = await attachEngine({
      context: { trusted: true, localNodes: 'allowed', user: 'me', canPrompt: true, onClose: 'finish' },
      enginePath: fileURLToPath(new URL('../../engine/main.ts', import.meta.url)),
      version: '0.0.0-canary',
      dataDir: join(folder.path, 'data'),
      runtimeDir: join(folder.path, 'run'),
      env: { ...process.env, MUSTER_ENGINE_IDLE_MS: '300' },
    });
    assert.ok(attached.ok);
    const engine = attached.value;
    const news: unknown[] = [];
    engine.onEvents((events) => news.push(events));
    engine.onLog((record) => news.push(record));
    try {
      const debugged = await runAndAnswer(engine, inventory, { debugSsh: true });
      const first = await runAndAnswer(engine, inventory);
      // Its connection is there still: nobody is asked, and the node tells all the same.
      const second = await runAndAnswer(engine, inventory);
      assert.deepEqual([debugged.asked, first.asked, second.asked], [1, 1, 0]);
      for (const { batch } of [debugged, second]) {
        for (const format of ExportFormat.options) {
          const path = join(folder.path, `export-${batch}-${format}`);
          const made = await engine.exportBatch({ batch, format, path });
          assert.ok(made.ok, JSON.stringify(made));
        }
      }
      const answers = await Promise.all([
        engine.history({ text: canary }),
        engine.history({ text: 'a last line without an end' }),
        engine.log({ batch: second.batch, level: 'trace' }),
        engine.log({ level: 'trace' }),
        engine.events({ batch: second.batch }),
        engine.status({ batch: second.batch }),
        engine.output({ batch: second.batch, execution: 'e1', from: 0, limit: 100_000 }),
        engine.journal({ node: 'n1' }),
      ]);
      const [hidden, found, , , , , output] = answers;
      assert.ok(hidden.ok && found.ok && output.ok);
      assert.deepEqual([hidden.value.found, found.value.found], [0, 3]);
      const stdout = output.value.chunks.filter(({ stream }) => stream === 'stdout');
      const text = stdout.map((chunk) => chunk.text).join('');
      assert.match(text, /\na last line without an end \*{8}$/);
      const inAnswers = answers.map((answer) => JSON.stringify(answer)).join('\n');
      checkNowhere({ 'what it answers': inAnswers, 'what it announces': JSON.stringify(news) });
      const debugLogs = await readdir(join(folder.path, 'data', 'batches', debugged.batch, 'debug'));
      assert.equal(debugLogs.length, 1);
    } finally {
      engine.dispose();
      process.kill(engine.pid, 'SIGTERM');
    }
    // It takes files of its index away as it goes.
    while (isRunning(engine.pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    checkNowhere({ 'the folders': filesBelow(folder.path), 'arguments and environments': processes.seen() });
  });

  it('R-K1: the command line, asked on a terminal, leaves it nowhere, not on the screen either', async function () {
    if (spawnSync('script', ['--version'], { stdio: 'ignore' }).status !== 0) this.skip();
    await using server = await tellingServer();
    await using folder = await tempFolder();
    await writeInventory(folder.path, server);
    using processes = watchProcesses();
    const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));
    const data = join(folder.path, 'data');
    const options = `--debug-ssh --data '${data}' --log-file '${folder.path}/run.log' --log-level trace`;
    const line = `'${process.execPath}' '${main}' run 'cat secret' --on n1 --output json ${options}`;
    const child = spawn('script', ['-qec', line, '/dev/null'], {
      cwd: folder.path,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    let screen = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      if (/assword/.test(text) && !/assword/.test(screen)) child.stdin.write(`${canary}\n`);
      screen += text;
    });
    await new Promise((resolve) => child.once('close', resolve));
    assert.match(screen, /a last line without an end \*{8}/);
    assert.match(await readFile(join(folder.path, 'run.log'), 'utf8'), /"executionFinished"/);
    checkNowhere({
      'the screen': screen,
      'the folders': filesBelow(folder.path),
      'arguments and environments': processes.seen(),
    });
  });
});

/** Runs one command with a debug log; each question for a secret gets the canary. Gives how many there were. */
async function runAndAnswer(
  engine: EngineClient,
  inventory: string,
  { debugSsh = false } = {},
): Promise<{ batch: string; asked: number }> {
  const planned = await engine.plan({
    action: { type: 'command', command: 'cat secret' },
    selection: 'n1',
    sources: [{ type: 'muster', path: inventory }],
  });
  assert.ok(planned.ok, JSON.stringify(planned));
  let asked = 0;
  const ended = Promise.withResolvers<void>();
  using _listening = disposing(
    engine.onEvents(({ batch, events }) => {
      for (const event of events) {
        if (event.type === 'batchFinished') ended.resolve();
        if (event.type !== 'promptRaised' || event.question.type !== 'secret') continue;
        asked++;
        void engine.answer({ batch, prompt: event.prompt, secret: canary });
      }
    }),
  );
  const started = await engine.start({ plan: planned.value.plan, debugSsh });
  assert.ok(started.ok, JSON.stringify(started));
  await ended.promise;
  return { batch: started.value.batch, asked };
}

function disposing({ dispose }: { dispose(): void }): Disposable {
  return { [Symbol.dispose]: dispose };
}
