import { timingSafeEqual } from 'node:crypto';
import type { Socket } from 'node:net';
import {
  createMessageConnection,
  type MessageConnection,
  ResponseError,
  SocketMessageReader,
  SocketMessageWriter,
} from 'vscode-jsonrpc/node';
import type * as z from 'zod';
import type { EngineClient } from '../../core/protocol/client.ts';
import { type EngineMethod, engineRequests, type EngineRequests } from '../../core/protocol/engine.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { Engine } from '../engine.ts';
import { invalidParams, announced, notAuthenticated, type Welcome, wireName } from './messages.ts';

export type ServeOptions = { engine: Engine; token: string; version: string };

type Params<M extends EngineMethod> = z.infer<EngineRequests[M]>;

/** Milliseconds that somebody who connects has to say hello. */
const helloMs = 5000;

/** Serves one client on a socket. Nothing is answered before it has shown the token. */
export function serveClient(socket: Socket, options: ServeOptions): void {
  const connection = createMessageConnection(
    new SocketMessageReader(socket),
    new SocketMessageWriter(socket),
  );
  let client: (EngineClient & Disposable) | undefined;
  const told: Disposable[] = [];
  const known = (): EngineClient => {
    if (client) return client;
    throw new ResponseError(notAuthenticated, 'Say hello first.');
  };
  handle(connection, 'hello', async ({ token, context }): Promise<Welcome> => {
    if (client || !sameText(token, options.token)) throw new ResponseError(notAuthenticated, 'Wrong token.');
    clearTimeout(stranger);
    client = options.engine.connect(context);
    told.push(
      client.onEvents((batch) => void connection.sendNotification(announced('events'), batch)),
      client.onLog((record) => void connection.sendNotification(announced('log'), record)),
    );
    return { pid: process.pid, version: options.version };
  });
  answerRequests(connection, known);
  const stranger = setTimeout(() => socket.destroy(), helloMs);
  socket.on('error', () => socket.destroy());
  connection.onClose(() => {
    clearTimeout(stranger);
    for (const each of told) each.dispose();
    client?.dispose();
    connection.dispose();
  });
  connection.listen();
}

/** Everything but the first hello. */
function answerRequests(connection: MessageConnection, known: () => EngineClient): void {
  handle(connection, 'inventory', (query) => known().inventory(query));
  handle(connection, 'findSources', (query) => known().findSources(query));
  handle(connection, 'resolve', (query) => known().resolve(query));
  handle(connection, 'node', (query) => known().node(query));
  handle(connection, 'exportInventory', (query) => known().exportInventory(query));
  handle(connection, 'reach', (query) => known().reach(query));
  handle(connection, 'hostKeys', (query) => known().hostKeys(query));
  handle(connection, 'approve', (query) => known().approve(query));
  handle(connection, 'editInventory', (query) => known().editInventory(query));
  handle(connection, 'playbooks', (query) => known().playbooks(query));
  handle(connection, 'wants', (query) => known().wants(query));
  handle(connection, 'plan', (request) => known().plan(request));
  handle(connection, 'rerun', (query) => known().rerun(query));
  handle(connection, 'start', (request) => known().start(request));
  handle(connection, 'cancel', (request) => known().cancel(request));
  handle(connection, 'stopAgain', (request) => known().stopAgain(request));
  handle(connection, 'control', (request) => known().control(request));
  handleRemembered(connection, known);
  handle(connection, 'permit', (query) => known().permit(query));
  handle(connection, 'policy', (query) => known().policy(query));
  handle(connection, 'freeze', (request) => known().freeze(request));
}

/** What is remembered: batches, what they did and what they said. */
function handleRemembered(connection: MessageConnection, known: () => EngineClient): void {
  handle(connection, 'batches', () => known().batches());
  handle(connection, 'history', (query) => known().history(query));
  handle(connection, 'deleteBatches', (request) => known().deleteBatches(request));
  handle(connection, 'rebuildHistory', () => known().rebuildHistory());
  handle(connection, 'log', (query) => known().log(query));
  handle(connection, 'events', (query) => known().events(query));
  handle(connection, 'metrics', (query) => known().metrics(query));
  handle(connection, 'status', (query) => known().status(query));
  handle(connection, 'snapshot', ({ batch }) => known().snapshot(batch));
  handle(connection, 'output', (query) => known().output(query));
  handle(connection, 'answers', (query) => known().answers(query));
  handle(connection, 'search', (query) => known().search(query));
  handle(connection, 'table', (query) => known().table(query));
  handle(connection, 'exportBatch', (request) => known().exportBatch(request));
  handle(connection, 'journal', (query) => known().journal(query));
  handle(connection, 'addJournal', (request) => known().addJournal(request));
  handle(connection, 'answer', (answer) => known().answer(answer));
}

/** Validates what arrives with the schema of the method before anything is done with it. */
function handle<M extends EngineMethod>(
  connection: MessageConnection,
  method: M,
  answer: (params: Params<M>) => Promise<unknown>,
): void {
  connection.onRequest(wireName(method), async (params: unknown) => {
    const schema: z.ZodType<Params<M>> = schemaOf(method);
    const parsed = schema.safeParse(params);
    if (!parsed.success) throw new ResponseError(invalidParams, `${method}: ${parsed.error.message}`);
    return answer(parsed.data);
  });
}

/** TypeScript does not relate an indexed schema to its own output type; the table does. */
function schemaOf<M extends EngineMethod>(method: M): z.ZodType<Params<M>> {
  return engineRequests[method] as unknown as z.ZodType<Params<M>>;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
