import { randomBytes } from 'node:crypto';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createEngine, type Engine } from './engine.ts';
import { engineName } from './folders.ts';
import { canConnect } from './rpc/connect.ts';
import { makeRuntimeFolder, type RuntimeFiles, runtimeFiles } from './rpc/runtime.ts';
import { serveClient } from './rpc/serve.ts';

/**
 * The engine as a process of its own: `engine.js RUNTIME_FOLDER DATA_FOLDER VERSION`.
 * It serves all windows of a user, outlives each of them and ends when nobody is connected and nothing runs.
 */
async function main(): Promise<number> {
  const [runtimeDir, dataDir, version] = process.argv.slice(2);
  if (!runtimeDir || !dataDir || !version) return 64;
  await makeRuntimeFolder(runtimeDir);
  const files = runtimeFiles(runtimeDir, engineName(version, dataDir));
  if (await canConnect(files.socket)) return 0;
  const created = await createEngine({
    dataDir,
    home: homedir(),
    program: "Muster's engine",
    followOthers: true,
    parserProgram: join(import.meta.dirname, 'parse.js'),
    askpassProgram: join(import.meta.dirname, 'askpass.js'),
  });
  if (!created.ok) {
    process.stderr.write(`${created.error.message}\n`);
    return 74;
  }
  const token = randomBytes(32).toString('hex');
  const server = createServer((socket) => serveClient(socket, { engine: created.value, token, version }));
  if (!(await listen(server, files, token))) return 0;
  void created.value.catchUp();
  const ended = endOnSignal(created.value);
  await Promise.race([untilIdle(server, created.value), ended]);
  server.close();
  await rm(files.token, { force: true });
  return 0;
}

/** False when another engine was quicker. A socket that nobody answers on is left over and taken away. */
async function listen(server: Server, files: RuntimeFiles, token: string): Promise<boolean> {
  if (process.platform !== 'win32') await rm(files.socket, { force: true });
  await writeFile(files.token, token, { mode: 0o600 });
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(files.socket, () => resolve(true));
  });
  if (listening && process.platform !== 'win32') await chmod(files.socket, 0o600);
  return listening;
}

/** Milliseconds without a client and without a batch after which the engine ends. */
const idleMs = Number(process.env['MUSTER_ENGINE_IDLE_MS'] ?? 60_000);

async function untilIdle(server: Server, engine: Engine): Promise<void> {
  let idleSince = Date.now();
  for (;;) {
    await sleep(Math.min(1000, idleMs));
    const clients = await new Promise<number>((resolve) =>
      server.getConnections((_error, count) => resolve(count)),
    );
    if (clients > 0 || engine.running() > 0) idleSince = Date.now();
    if (Date.now() - idleSince >= idleMs) return;
  }
}

/** A polite end: what runs is cancelled, with its proof, before the process goes. */
async function endOnSignal(engine: Engine): Promise<void> {
  await new Promise((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await engine.close();
}

process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack ?? error.message}\n`);
  process.exit(70);
});
void main().then((code) => process.exit(code));
