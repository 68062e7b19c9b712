// A language server in a process of its own, and what a client asks of it, with times.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';

/**
 * @typedef {{ uri: string, version?: number, diagnostics: unknown[] }} Published
 * @typedef {Awaited<ReturnType<typeof startServer>>} Server
 */

/**
 * Starts a server, a program of Node.js, and shakes hands. Settings are what it is given when it asks for its configuration.
 * @param {readonly string[]} command
 * @param {{ folder: string, settings?: unknown }} options
 */
export async function startServer([program = '', ...args], { folder, settings = {} }) {
  const loop = join(folder, `loop-${process.pid}-${performance.now()}`);
  const child = spawn(program, ['--import', import.meta.resolve('./loopProbe.mjs'), ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, MUSTER_BENCH_LOOP: loop },
  });
  const rpc = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  /** @type {Set<(published: Published) => void>} */
  const listeners = new Set();
  rpc.onNotification('textDocument/publishDiagnostics', (/** @type {Published} */ published) => {
    for (const listener of listeners) listener(published);
  });
  rpc.onRequest('workspace/configuration', (/** @type {{ items: { section?: string }[] }} */ { items }) =>
    items.map(({ section = '' }) => /** @type {Record<string, unknown>} */ (settings)[section] ?? null),
  );
  for (const request of ['client/registerCapability', 'window/workDoneProgress/create'])
    rpc.onRequest(request, () => null);
  rpc.listen();
  const rootUri = `file://${folder}`;
  await rpc.sendRequest('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'bench' }],
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true },
      textDocument: { completion: { completionItem: { snippetSupport: true } }, publishDiagnostics: {} },
    },
  });
  await rpc.sendNotification('initialized', {});
  await rpc.sendNotification('workspace/didChangeConfiguration', { settings });
  return {
    /** @param {string} uri @param {string} languageId @param {string} text */
    async open(uri, languageId, text) {
      const told = next(listeners, uri);
      await rpc.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      });
      await told;
    },
    /** An edit that nobody waits for. @param {string} uri @param {number} version @param {unknown} change */
    change: (uri, version, change) =>
      rpc.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [change],
      }),
    /**
     * One incremental edit: milliseconds until its diagnostics are there.
     * @param {string} uri @param {number} version @param {unknown} change
     */
    async edit(uri, version, change) {
      const started = performance.now();
      const told = next(listeners, uri, version);
      await rpc.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [change],
      });
      await told;
      return performance.now() - started;
    },
    /**
     * An edit, and a completion right behind it, as an editor asks: milliseconds until the list is there.
     * @param {string} uri @param {number} version @param {{ range: { start: unknown, end: { line: number, character: number } }, text: string }} change
     */
    async complete(uri, version, change) {
      const { line, character } = change.range.end;
      const told = next(listeners, uri, version);
      const started = performance.now();
      await rpc.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [change],
      });
      /** @type {{ items?: unknown[] } | unknown[] | null} */
      const list = await rpc.sendRequest('textDocument/completion', {
        textDocument: { uri },
        position: { line, character: character + change.text.length },
      });
      const ms = performance.now() - started;
      const items = Array.isArray(list) ? list.length : (list?.items?.length ?? 0);
      await told;
      return { ms, items };
    },
    /** @param {string} method @param {unknown} params */
    request: (method, params) => rpc.sendRequest(method, params),
    /** Milliseconds of the longest time without an answer to anything, since this was asked last. */
    async longestBlock() {
      const linesOf = () => (existsSync(loop) ? readFileSync(loop, 'utf8').trimEnd().split('\n') : []);
      const before = linesOf().length;
      child.kill('SIGUSR2');
      while (linesOf().length === before) await pause(20);
      return Number(linesOf().at(-1));
    },
    /** Milliseconds of processor time of all its threads, in tens. */
    processorTime() {
      const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return (Number(fields[11]) + Number(fields[12])) * 10;
    },
    /** Megabytes of resident memory: now, and at the most. */
    memory() {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const megabytes = (/** @type {string} */ name) =>
        Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
      return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
    },
    async stop() {
      rpc.dispose();
      child.kill();
      await new Promise((resolve) => child.once('exit', resolve));
    },
  };
}

/**
 * The next diagnostics of a document, of this version where the server says which.
 * @param {Set<(published: Published) => void>} listeners @param {string} uri @param {number} [version]
 */
function next(listeners, uri, version) {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`No diagnostics of ${uri} within a minute.`)), 60_000);
    const listener = (/** @type {Published} */ published) => {
      const isOther =
        version !== undefined && published.version !== undefined && published.version !== version;
      if (decodeURIComponent(published.uri) !== decodeURIComponent(uri) || isOther) return;
      clearTimeout(late);
      listeners.delete(listener);
      resolve(published);
    };
    listeners.add(listener);
  });
}
