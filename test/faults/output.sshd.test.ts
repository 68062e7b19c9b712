import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { ServerChannel } from 'ssh2';
import { sshdProblem } from '../engine/transports/sshd.ts';
import { muster } from './muster.ts';
import { serverWith, sshdWith } from './servers.ts';
import { addresses, createWorld, fleetOf, nodeOf, outcomesOf, type World } from './world.ts';

const megabyte = 1_048_576;

describe(`faults: more output than fits${sshdProblem ? ` (${sshdProblem})` : ''}`, function () {
  before(function () {
    if (sshdProblem) this.skip();
  });

  it('R-O1: 20 MiB from each of three nodes and one that never ends: bounded memory, exact bytes, right ends', async () => {
    await using sshd = await sshdWith(addresses(4));
    await using world = await createWorld(fleetOf(sshd, 4));
    const command =
      'case "$SSH_CONNECTION" in *" 127.0.0.1 "*) exec yes endless;; esac; ' +
      `head -c ${20 * megabyte} /dev/zero | tr "\\0" x; echo last >&2; exit 3`;
    const memory = watchMemory();
    const batch = await world.start(command);
    await batch.until(
      (event) =>
        event.type === 'outputProgress' && event.execution === 'e1' && event.stdoutBytes > 20 * megabyte,
    );
    await batch.cancel({ which: 'execution', execution: 'e1' });
    const state = await batch.ended;
    const grownMb = memory.stop() / megabyte;
    assert.deepEqual(outcomesOf(state), ['cancelled', 'failed', 'failed', 'failed']);
    for (const { exitCode, stdoutBytes, stderrBytes } of state.executions.slice(1)) {
      assert.deepEqual([exitCode, stdoutBytes, stderrBytes], [3, 20 * megabyte, 5]);
    }
    assert.ok(grownMb < 120, `${grownMb} MB`);
    assert.equal(
      await digestOf(world, state.id, 'e3'),
      createHash('sha1')
        .update('x'.repeat(20 * megabyte))
        .digest('hex'),
    );
    const [endless] = state.executions;
    const page = await world.client.output({ batch: state.id, execution: 'e1', from: -16, limit: 16 });
    assert.ok(page.ok && endless);
    assert.deepEqual([page.value.total, page.value.next], [endless.stdoutBytes, endless.stdoutBytes]);
    assert.match(page.value.chunks.map(({ text }) => text).join(''), /endless\n/);
  });

  it('R-O1: json says that output is cut, and the exit code is still right', async () => {
    await using sshd = await sshdWith();
    await using world = await createWorld({ n1: nodeOf(sshd) });
    const command = `head -c ${3 * megabyte} /dev/zero | tr "\\0" y; exit 4`;
    const args = ['--on', 'n1', '-i', world.inventory, '--data', world.dataDir, '--output', 'json'];
    const { out, code } = await muster(['run', command, ...args]);
    const [execution] = JSON.parse(out).executions;
    assert.deepEqual(
      [code, execution.exitCode, execution.truncated, execution.stdout.length],
      [1, 4, true, megabyte],
    );
  });
});

describe('faults: output that is no text', function () {
  const pieces: Record<string, readonly Buffer[]> = {
    'NUL and all other bytes': [Buffer.from(Array.from({ length: 256 }, (_, at) => at))],
    'a character over three chunks': [Buffer.from([0xe6]), Buffer.from([0x97]), Buffer.from([0xa5])],
    'a character that is never ended': [Buffer.from('a'), Buffer.from([0xf0, 0x9f])],
    'UTF-16': [Buffer.from('\ufeffdépôt\r\n', 'utf16le')],
    'lone carriage returns': [Buffer.from('10%\r20%\r'), Buffer.from('30%\r')],
    'two million bytes without a newline': [Buffer.alloc(2_000_000, 'z')],
    'an invalid byte between valid ones': [Buffer.from('ok '), Buffer.from([0xff]), Buffer.from(' ok\n')],
  };

  it('R-O2: every byte is kept, and json gives it back exactly', async () => {
    const cases = Object.entries(pieces);
    const servers = await Promise.all(cases.map(([, chunks]) => serverWith({ command: sends(chunks) })));
    const nodes = servers.map((server, at) => [`n${at + 1}`, nodeOf(server)]);
    await using world = await createWorld(Object.fromEntries(nodes));
    const args = ['-i', world.inventory, '--data', world.dataDir, '--output', 'json'];
    const [state, printed] = await Promise.all([
      world.run('true'),
      muster(['run', 'true', '--on', `n[1-${cases.length}]`, ...args]),
    ]);
    const { executions } = JSON.parse(printed.out);
    for (const [at, [what, chunks]] of cases.entries()) {
      const wanted = Buffer.concat(chunks);
      const { stdout } = await world.output(state.id, `e${at + 1}`);
      assert.ok(stdout.equals(wanted), what);
      const { stdout: text, stdoutBase64: base64, truncated } = executions[at];
      const given = base64 === undefined ? Buffer.from(text) : Buffer.from(base64, 'base64');
      assert.ok(given.equals(truncated ? wanted.subarray(0, given.length) : wanted), `json: ${what}`);
      assert.equal(truncated, wanted.length > megabyte, what);
    }
    assert.equal(executions[1].stdout, '日');
    for (const server of servers) await server.close();
  });
});

function sends(chunks: readonly Buffer[]): (line: string, channel: ServerChannel) => void {
  return (_line, channel) => {
    const [first, ...rest] = chunks;
    if (!first) {
      channel.exit(0);
      return void channel.end();
    }
    channel.write(first);
    setTimeout(() => sends(rest)('', channel), 20);
  };
}

/** Bytes by which the memory of this process has grown at most. */
function watchMemory(): { stop(): number } {
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 20);
  return {
    stop() {
      clearInterval(timer);
      return most - before;
    },
  };
}

/** SHA-1 of an execution's stdout, a page at a time. */
async function digestOf({ client }: World, batch: string, execution: string): Promise<string> {
  const hash = createHash('sha1');
  for (let from = 0; ;) {
    const page = await client.output({ batch, execution, from, limit: megabyte });
    assert.ok(page.ok);
    for (const { stream, text } of page.value.chunks) if (stream === 'stdout') hash.update(text);
    if (page.value.next >= page.value.total) return hash.digest('hex');
    from = page.value.next;
  }
}
