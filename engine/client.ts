import { spawn } from 'node:child_process';
import { open, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createMessageConnection, SocketMessageReader, SocketMessageWriter } from 'vscode-jsonrpc/node';
import type { LogRecord } from '../core/log/record.ts';
import type { EngineClient } from '../core/protocol/client.ts';
import type { BatchEvents } from '../core/run/events.ts';
import type { ClientContext } from '../core/protocol/context.ts';
import type { EngineMethod } from '../core/protocol/engine.ts';
import { type Disposable, Emitter, type Event } from '../core/util/emitter.ts';
import { messageOf, type Result } from '../core/util/errors.ts';
import { dataFolder, engineName, runtimeFolder } from './folders.ts';
import { connectTo } from './rpc/connect.ts';
import { announced, type Welcome, wireName } from './rpc/messages.ts';
import { makeRuntimeFolder, type RuntimeFiles, runtimeFiles } from './rpc/runtime.ts';

export type AttachOptions = {
  context: ClientContext;
  /** The engine's bundle, run by this process's own Node. */
  enginePath: string;
  version: string;
  /** Instead of the user's data folder. */
  dataDir?: string;
  /** Instead of the user's runtime folder. */
  runtimeDir?: string;
  env?: NodeJS.ProcessEnv;
};

export type AttachedEngine = EngineClient &
  Disposable & {
    /** The engine process ended, or the connection to it did. */
    readonly onGone: Event<string>;
    readonly pid: number;
  };

/** Bytes of the engine's own log, which has only what it could not handle. */
const maxLogBytes = 1_000_000;
/** Milliseconds that a new engine may take until it answers. */
const startMs = 15_000;

/** Attaches to this user's engine process, or starts one that outlives this process and attaches to that. */
export async function attachEngine(options: AttachOptions): Promise<Result<AttachedEngine>> {
  const env = options.env ?? process.env;
  const dataDir = options.dataDir ?? dataFolder(env, homedir());
  const folder = options.runtimeDir ?? runtimeFolder(env);
  const files = runtimeFiles(folder, engineName(options.version, dataDir));
  try {
    await makeRuntimeFolder(folder);
    const attached = await attach(files, options.context);
    if (attached) return { ok: true, value: attached };
    const log = join(folder, `${engineName(options.version, dataDir)}.log`);
    const started = await startEngine([options.enginePath, folder, dataDir, options.version], { env, log });
    for (const deadline = Date.now() + startMs; Date.now() < deadline; await sleep(20)) {
      const fresh = await attach(files, options.context);
      if (fresh) return { ok: true, value: fresh };
      if (started.exitCode() !== undefined && started.exitCode() !== 0) break;
    }
    return gone(`Muster's engine did not start. ${await lastLine(log)}`.trim());
  } catch (error) {
    return gone(`Muster's engine can not be reached: ${messageOf(error)}.`);
  }
}

function gone(message: string): Result<never> {
  return { ok: false, error: { code: 'ENGINE_GONE', message } };
}

async function startEngine(
  args: readonly string[],
  { env, log }: { env: NodeJS.ProcessEnv; log: string },
): Promise<{ exitCode(): number | undefined }> {
  // What an engine said before it died is kept; only a long log starts anew.
  const { size } = await stat(log).catch(() => ({ size: 0 }));
  const output = await open(log, size > maxLogBytes ? 'w' : 'a', 0o600);
  const child = spawn(process.execPath, args, {
    detached: true,
    stdio: ['ignore', 'ignore', output.fd],
    // In a desktop VS Code the executable is Electron, which this makes behave as Node.
    env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
    cwd: homedir(),
  });
  let code: number | undefined;
  child.once('error', () => {
    code = 1;
  });
  child.once('exit', (exitCode) => {
    code = exitCode ?? 1;
  });
  child.unref();
  await output.close();
  return { exitCode: () => code };
}

async function lastLine(path: string): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.trim().split('\n').at(-1) ?? '';
}

/** Undefined when no engine listens, or one that does not know the token in the file. */
async function attach(files: RuntimeFiles, context: ClientContext): Promise<AttachedEngine | undefined> {
  const socket = await connectTo(files.socket);
  if (!socket) return undefined;
  const connection = createMessageConnection(
    new SocketMessageReader(socket),
    new SocketMessageWriter(socket),
  );
  const goneEmitter = new Emitter<string>();
  const events = new Emitter<BatchEvents>();
  const log = new Emitter<LogRecord>();
  let disposed = false;
  connection.onNotification(announced('events'), (batch: BatchEvents) => events.fire(batch));
  connection.onNotification(announced('log'), (record: LogRecord) => log.fire(record));
  connection.onClose(() => {
    connection.dispose();
    if (!disposed) goneEmitter.fire("Muster's engine ended.");
  });
  socket.on('error', () => socket.destroy());
  connection.listen();
  try {
    const token = (await readFile(files.token, 'utf8')).trim();
    const welcome = await connection.sendRequest<Welcome>(wireName('hello'), { token, context });
    const dispose = (): void => {
      disposed = true;
      socket.destroy();
    };
    const send = <T>(method: EngineMethod, params: object): Promise<T> =>
      connection.sendRequest<T>(wireName(method), params);
    return {
      ...remoteClient(send),
      onEvents: events.event,
      onLog: log.event,
      onGone: goneEmitter.event,
      pid: welcome.pid,
      dispose,
    };
  } catch {
    disposed = true;
    socket.destroy();
    return undefined;
  }
}

type Send = <T>(method: EngineMethod, params: object) => Promise<T>;

function remoteClient(send: Send): Omit<EngineClient, 'onEvents' | 'onLog'> {
  return {
    inventory: (query) => send('inventory', query),
    findSources: (query) => send('findSources', query),
    resolve: (query) => send('resolve', query),
    node: (query) => send('node', query),
    exportInventory: (query) => send('exportInventory', query),
    reach: (query) => send('reach', query),
    hostKeys: (query) => send('hostKeys', query),
    approve: (query) => send('approve', query),
    editInventory: (query) => send('editInventory', query),
    playbooks: (query) => send('playbooks', query),
    wants: (query) => send('wants', query),
    plan: (request) => send('plan', request),
    rerun: (query) => send('rerun', query),
    start: (request) => send('start', request),
    cancel: (request) => send('cancel', request),
    stopAgain: (request) => send('stopAgain', request),
    control: (request) => send('control', request),
    batches: () => send('batches', {}),
    history: (query) => send('history', query),
    deleteBatches: (request) => send('deleteBatches', request),
    rebuildHistory: () => send('rebuildHistory', {}),
    log: (query) => send('log', query),
    events: (query) => send('events', query),
    metrics: (query) => send('metrics', query),
    status: (query) => send('status', query),
    snapshot: (batch) => send('snapshot', { batch }),
    output: (query) => send('output', query),
    answers: (query) => send('answers', query),
    search: (query) => send('search', query),
    table: (query) => send('table', query),
    exportBatch: (request) => send('exportBatch', request),
    journal: (query) => send('journal', query),
    addJournal: (request) => send('addJournal', request),
    answer: (answer) => send('answer', answer),
    permit: (query) => send('permit', query),
    policy: (query) => send('policy', query),
    freeze: (request) => send('freeze', request),
  };
}
