import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ServerChannel } from 'ssh2';
import type { LoggedEvent } from '../../core/run/events.ts';
import type { PlanRequest } from '../../core/run/plan.ts';
import type { BatchState } from '../../core/run/state.ts';
import { isRunning } from '../engine/transports/processes.ts';
import { sshdProblem, startSshd } from '../engine/transports/sshd.ts';
import { runInShell, type SshServerScript, startSshServer } from '../engine/transports/sshServer.ts';
import { muster as runMuster, type MusterOptions } from './muster.ts';
import { serverWith, sshdWith, tcpServer } from './servers.ts';
import { type Batch, createWorld, laterEngine, nodeOf, type NodeSettings, type World } from './world.ts';

type Peer = { readonly node: NodeSettings; stop(): Promise<void> };

/** A moment in the life of an execution at which somebody cancels. */
type Stage = {
  /** What is at the other end. */
  readonly peer: () => Promise<Peer>;
  readonly command?: string;
  readonly change?: Partial<PlanRequest>;
  /** The event that says that the moment has come. */
  readonly when: (event: LoggedEvent) => boolean;
  /** What may become of the execution, and in how many ms at most. */
  readonly remote: 'never-started' | 'stopped' | 'may-still-run' | undefined;
  readonly withinMs: number;
  readonly needsSshd?: true;
};

const scripted =
  (script: SshServerScript, rest: NodeSettings = {}, unknown?: 'unknown'): Stage['peer'] =>
  async () => {
    const server = await startSshServer(script);
    if (unknown) writeFileSync(server.knownHosts, '');
    return { node: nodeOf(server, rest), stop: () => server.close() };
  };
const greeting =
  (text: string): Stage['peer'] =>
  async () => {
    const server = await tcpServer((socket) => void socket.write(text));
    const node = nodeOf({ port: server.port, identityFile: '/nowhere', knownHosts: '/dev/null' });
    return { node, stop: async () => server[Symbol.asyncDispose]() };
  };
const real: Stage['peer'] = async () => {
  const sshd = await startSshd();
  return { node: nodeOf(sshd), stop: () => sshd.stop() };
};
const throttling: Stage['peer'] = async () => {
  const server = await tcpServer((socket) => void socket.end());
  const node = nodeOf({ port: server.port, identityFile: '/nowhere', knownHosts: '/dev/null' });
  return { node, stop: async () => server[Symbol.asyncDispose]() };
};

const entered =
  (wanted: string) =>
  (event: LoggedEvent): boolean =>
    event.type === 'phaseChanged' && event.phase === wanted;
const raised = ({ type }: LoggedEvent): boolean => type === 'promptRaised';
const printed = ({ type }: LoggedEvent): boolean => type === 'outputProgress';
const quick = 1000;

const stages: Readonly<Record<string, Stage>> = {
  'waiting for a greeting': {
    peer: greeting(''),
    when: entered('banner'),
    remote: 'never-started',
    withinMs: quick,
  },
  'exchanging keys': {
    peer: greeting('SSH-2.0-stalled\r\n'),
    when: entered('kex'),
    remote: 'never-started',
    withinMs: quick,
  },
  'asking a person about a host key': {
    peer: scripted({}, {}, 'unknown'),
    when: raised,
    remote: 'never-started',
    withinMs: quick,
  },
  'asking a person for a password': {
    peer: scripted({ login: (each) => each.reject(['password']) }, { auth: ['password'] }),
    when: raised,
    remote: 'never-started',
    withinMs: quick,
  },
  'logging in': {
    peer: scripted({ login: () => {} }),
    when: entered('auth'),
    remote: 'never-started',
    withinMs: quick,
  },
  'opening a channel': {
    peer: scripted({ connection: (each) => setImmediate(() => neverOpens(each)) }),
    when: entered('run'),
    remote: 'may-still-run',
    withinMs: 4000,
  },
  running: {
    peer: real,
    command: 'echo up; sleep 300 & wait',
    when: printed,
    remote: 'stopped',
    withinMs: 4000,
    needsSshd: true,
  },
  'running where nothing stops it': {
    peer: scripted({ command: (_line, channel: ServerChannel) => void channel.write('up\n') }),
    when: printed,
    remote: 'may-still-run',
    withinMs: 9000,
  },
  'draining after the exit': {
    peer: real,
    command: 'echo up; sleep 4 & exit 0',
    when: printed,
    remote: undefined,
    withinMs: 4000,
    needsSshd: true,
  },
  'waiting for the next try': {
    peer: throttling,
    when: ({ type }) => type === 'attemptFailed',
    remote: 'never-started',
    withinMs: quick,
  },
};

describe(`faults: cancelling${sshdProblem ? ` (partly ${sshdProblem})` : ''}`, function () {
  const results = new Map<string, Promise<Cancelled>>();

  before('cancels at every stage, all at once', () => {
    for (const [name, stage] of Object.entries(stages)) {
      if (stage.needsSshd && sshdProblem) continue;
      const result = cancelAt(stage);
      result.catch(() => {});
      results.set(name, result);
    }
  });
  after(() => Promise.allSettled(results.values()));

  for (const [name, { remote, withinMs }] of Object.entries(stages)) {
    it(`R-C20: while ${name} ends it once, in time, with the truth about the node`, async function () {
      const result = results.get(name);
      if (!result) return this.skip();
      const { state, ends, tookMs } = await result;
      const [first, second] = state.executions;
      assert.equal(state.status, 'cancelled');
      assert.deepEqual(ends, { e1: 1, e2: 1 });
      assert.deepEqual(second?.outcome, { status: 'cancelled', remote: 'never-started' });
      assert.deepEqual(
        first?.outcome,
        remote === undefined ? { status: 'ok' } : { status: 'cancelled', remote },
      );
      assert.ok(tookMs < withinMs + 1500, `${tookMs} ms`);
    });
  }

  it('R-C20: one that waits for its turn ends at once, and the one that runs goes on', async function () {
    if (sshdProblem) return this.skip();
    await using sshd = await sshdWith();
    await using world = await createWorld({ n1: nodeOf(sshd), n2: nodeOf(sshd) });
    const change = { strategy: { mode: 'sequential' } } as const;
    const batch = await world.start('echo up; sleep 0.6', change);
    await batch.until(printed);
    await batch.cancel({ which: 'execution', execution: 'e2' });
    const end = await batch.until((event) => event.type === 'executionFinished');
    assert.ok(end.type === 'executionFinished' && end.execution === 'e2');
    assert.deepEqual(
      (await batch.ended).executions.map(({ status }) => status),
      ['ok', 'cancelled'],
    );
  });
});

type Cancelled = { state: BatchState; ends: Record<string, number>; tookMs: number };

/** Runs on the peer, a second execution waiting behind, and cancels twice when the moment has come. */
async function cancelAt({ peer, command = 'true', change, when }: Stage): Promise<Cancelled> {
  const { node, stop } = await peer();
  const world = await createWorld({ n1: node, n2: node }, { context: { canPrompt: true } });
  try {
    const batch = await world.start(command, { strategy: { mode: 'sequential' }, ...change });
    await batch.until(when);
    const cancelledAt = performance.now();
    await batch.cancel();
    await batch.cancel();
    const state = await batch.ended;
    return { state, ends: endsOf(batch), tookMs: performance.now() - cancelledAt };
  } finally {
    await world[Symbol.asyncDispose]();
    await stop();
  }
}

function endsOf({ events }: Batch): Record<string, number> {
  const ends: Record<string, number> = {};
  for (const event of events) {
    if (event.type === 'executionFinished') ends[event.execution] = (ends[event.execution] ?? 0) + 1;
  }
  return ends;
}

function neverOpens(connection: NodeJS.EventEmitter): void {
  connection.removeAllListeners('session').on('session', () => {});
}

describe('faults: signals to the command line', function () {
  for (const [signal, expected] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    it(`R-C21: ${signal} stops the process on the node and closes the log`, async () => {
      const { promise: started, resolve: start } = Promise.withResolvers<void>();
      const command = (line: string, channel: ServerChannel): void => (runInShell(line, channel), start());
      await using server = await serverWith({ command });
      await using world = await createWorld({ n1: nodeOf(server) });
      const pidFile = join(world.folder, 'pid');
      const { code, out } = await muster([`echo $$ > ${pidFile}; sleep 60`], {
        ...world,
        meanwhile: async (child) => {
          await started;
          await eventually(() => existsSync(pidFile));
          child.kill(signal);
        },
      });
      const result = JSON.parse(out);
      assert.deepEqual(
        [code, result.status, result.executions[0].remote],
        [expected, 'cancelled', 'stopped'],
      );
      assert.equal(isRunning(Number(readFileSync(pidFile, 'utf8'))), false);
      const [batch] = await (await laterEngine(world.dataDir)).batches();
      assert.equal(batch?.status, 'cancelled');
    });
  }

  it('R-C21: a second Ctrl-C leaves at once, and the history says what is not known', async () => {
    const { promise: started, resolve: start } = Promise.withResolvers<void>();
    const command = (_line: string, channel: ServerChannel): void => (channel.write('up\n'), start());
    await using server = await serverWith({ command });
    await using world = await createWorld({ n1: nodeOf(server) });
    let leftAt = 0;
    const { code } = await muster(['true'], {
      ...world,
      meanwhile: async (child) => {
        await started;
        await delay(200);
        child.kill('SIGINT');
        await delay(200);
        leftAt = performance.now();
        child.kill('SIGINT');
      },
    });
    assert.equal(code, 130);
    assert.ok(performance.now() - leftAt < 3000);
    const client = await laterEngine(world.dataDir);
    const [batch] = await client.batches();
    const state = await client.snapshot(batch?.id ?? '');
    assert.ok(state.ok);
    assert.deepEqual(
      [state.value.status, state.value.executions[0]?.outcome],
      ['interrupted', { status: 'interrupted', remote: 'may-still-run' }],
    );
  });
});

/** Runs a command on n1 by the command line. */
function muster(
  words: readonly string[],
  { inventory, dataDir, meanwhile }: Pick<World, 'inventory' | 'dataDir'> & MusterOptions,
): ReturnType<typeof runMuster> {
  const options = ['--on', 'n1', '-i', inventory, '--data', dataDir, '--output', 'json'];
  return runMuster(['run', ...words, ...options], { ...(meanwhile && { meanwhile }) });
}

/** Settles when it holds, at most 5 s later. */
async function eventually(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    assert.ok(tries < 250);
    await delay(20);
  }
}
