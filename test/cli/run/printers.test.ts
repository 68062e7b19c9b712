import assert from 'node:assert/strict';
import { printFolded } from '../../../cli/run/blocks.ts';
import { leaveBatch } from '../../../cli/run/follow.ts';
import { jsonlPrinter, jsonPrinter, streamCap } from '../../../cli/run/jsonPrinters.ts';
import { livePrinter } from '../../../cli/run/livePrinter.ts';
import { plainPrinter } from '../../../cli/run/plainPrinter.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import {
  endedOf,
  exit3,
  memoryStreams,
  ok,
  outputFrom,
  plainTerminal,
  planOf,
  start,
  stateOf,
} from '../fixture.ts';

const state = stateOf(
  {
    web01: { to: 900, stdout: 'up\n', outcome: ok },
    web02: { to: 400, stdout: 'half', stderr: 'boom\n', exit: 3, outcome: exit3 },
  },
  { type: 'batchFinished', end: 'partial' },
);
const readOutput = outputFrom({
  web01: [{ stream: 'stdout', text: 'up\n' }],
  web02: [
    { stream: 'stdout', text: 'ha' },
    { stream: 'stderr', text: 'boom\n' },
    { stream: 'stdout', text: 'lf' },
  ],
});
const plan = planOf(['web01', 'web02']);

describe('text, plain', () => {
  it('has a line for each node as it ends, its output below, then the ending', async () => {
    const streams = memoryStreams();
    const printer = plainPrinter({
      streams,
      readOutput,
      terminal: () => plainTerminal,
      foldNames: foldForDisplay,
    });
    printer.started(state);
    printer.ended(endedOf(state));
    await printer.finish(state);
    assert.equal(
      streams.written(),
      [
        '✓ web01  ok           0.9 s',
        '  up',
        '✗ web02  failed       exit 3  0.4 s',
        '│ boom',
        '  half',
        '',
        'Failed',
        '  ✗  1  exit 3  boom  web02',
        '',
        'Partial: 1 of 2 ok, 1 failed, in 0.9 s',
        '',
      ].join('\n'),
    );
  });
});

describe('a question', () => {
  const text = (streams: ReturnType<typeof memoryStreams>) => ({
    streams,
    readOutput,
    plan,
    terminal: () => plainTerminal,
    foldNames: foldForDisplay,
    now: () => start,
    nextOptions: '',
    stopping: () => false,
  });
  for (const [format, create] of Object.entries({
    live: livePrinter,
    plain: plainPrinter,
    jsonl: jsonlPrinter,
  })) {
    it(`comes after all that has ended and its output (${format})`, async () => {
      const streams = memoryStreams();
      const printer = create(text(streams));
      printer.started(state);
      printer.ended(endedOf(state));
      const shown = await printer.aside(() => Promise.resolve(streams.written()));
      await printer.finish(state);
      for (const said of ['web01', 'up', 'web02', 'exit 3', 'boom', 'half']) {
        assert.ok(shown.includes(said), `${said} in ${shown}`);
      }
    });
  }
});

describe('text, folded', () => {
  it('shows equal ends with equal output once', async () => {
    const streams = memoryStreams();
    const same = { stdout: 'up\n', outcome: ok };
    const batch = stateOf({
      web01: { ...same, to: 300 },
      web02: { ...same, to: 1200 },
      web03: { stdout: 'no\n', outcome: ok },
    });
    await printFolded(endedOf(batch), {
      streams,
      columns: { name: 12, word: 6 },
      terminal: () => plainTerminal,
      foldNames: foldForDisplay,
      readOutput: outputFrom({
        web01: [{ stream: 'stdout', text: 'up\n' }],
        web02: [{ stream: 'stdout', text: 'up\n' }],
        web03: [{ stream: 'stdout', text: 'no\n' }],
      }),
    });
    assert.equal(
      streams.written(),
      '✓ web01 web02   ok      0.3–1.2 s\n  up\n✓ web03         ok      1.0 s\n  no\n',
    );
  });
});

describe('json', () => {
  it('is one document, executions in target order', async () => {
    const streams = memoryStreams();
    await jsonPrinter({ plan, streams, readOutput }).finish(state);
    assert.deepEqual(JSON.parse(streams.written()), {
      version: 1,
      batch: '01J00000000000000000007F3K',
      title: 'uptime',
      user: 'ada',
      status: 'partial',
      startedAt: '2026-11-21T14:02:00.000Z',
      durationMs: 900,
      limits: [],
      counts: { ok: 1, failed: 1 },
      executions: [
        {
          id: 'e-web01',
          node: 'web01',
          outcome: 'ok',
          exitCode: 0,
          signal: null,
          kind: null,
          remote: null,
          message: 'ok',
          attempts: 1,
          startedAt: '2026-11-21T14:02:00.000Z',
          durationMs: 900,
          stdout: 'up\n',
          stderr: '',
          truncated: false,
          connection: { transport: 'ssh', host: '10.0.0.1', port: 22, user: 'deploy', via: [] },
        },
        {
          id: 'e-web02',
          node: 'web02',
          outcome: 'failed',
          exitCode: 3,
          signal: null,
          kind: null,
          remote: null,
          message: 'exit 3',
          attempts: 1,
          startedAt: '2026-11-21T14:02:00.000Z',
          durationMs: 400,
          stdout: 'half',
          stderr: 'boom\n',
          truncated: false,
          connection: { transport: 'ssh', host: '10.0.0.1', port: 22, user: 'deploy', via: [] },
        },
      ],
    });
  });

  it('carries bytes that are not UTF-8 as base64, and cuts between characters', async () => {
    const streams = memoryStreams();
    const long = 'é'.repeat(streamCap / 2 + 1);
    const cut = stateOf({
      web01: { stdout: 'abc', outcome: ok },
      web02: { stdout: `x${long}`, outcome: ok },
    });
    const output = outputFrom({
      web01: [
        { stream: 'stdout', text: 'a\ufffdb', base64: Buffer.from([0x61, 0xff, 0x62]).toString('base64') },
      ],
      web02: [{ stream: 'stdout', text: `x${long}` }],
    });
    await jsonPrinter({ plan, streams, readOutput: output }).finish(cut);
    const [binary, huge] = JSON.parse(streams.written()).executions;
    assert.equal(binary.stdout, undefined);
    assert.equal(binary.stdoutBase64, 'Yf9i');
    assert.equal(huge.truncated, true);
    assert.equal(huge.stdout, `x${'é'.repeat(streamCap / 2 - 1)}`);
  });
});

describe('jsonl', () => {
  it('is a line for each execution as it ends, then one for the batch', async () => {
    const streams = memoryStreams();
    const printer = jsonlPrinter({ plan, streams, readOutput });
    printer.ended(endedOf(state).toReversed());
    await printer.finish(state);
    const lines = streams
      .written()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ type, node }) => [type, node]),
      [
        ['execution', 'web02'],
        ['execution', 'web01'],
        ['batch', undefined],
      ],
    );
    assert.deepEqual(lines[2], {
      type: 'batch',
      version: 1,
      batch: '01J00000000000000000007F3K',
      title: 'uptime',
      user: 'ada',
      status: 'partial',
      startedAt: '2026-11-21T14:02:00.000Z',
      durationMs: 900,
      limits: [],
      counts: { ok: 1, failed: 1 },
    });
  });
});

describe('a batch that is left', () => {
  it('still adds up: what has not ended is interrupted', () => {
    const running = stateOf({ a: { outcome: ok }, b: {} });
    const left = leaveBatch(running, start + 5000);
    assert.equal(left.status, 'cancelled');
    assert.deepEqual(
      left.executions.map(({ outcome }) => outcome),
      [ok, { status: 'interrupted', remote: 'may-still-run' }],
    );
  });
});
