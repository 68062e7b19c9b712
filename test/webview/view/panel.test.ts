import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Outcome } from '../../../core/run/outcome.ts';
import { glyphs } from '../../../webview/elements/icon.ts';
import { batchLook, outcomeLook } from '../../../core/run/format.ts';
import { announcementOf } from '../../../webview/view/announce.ts';
import { barSegments, percentDone } from '../../../webview/view/bar.ts';
import { detailOf } from '../../../webview/view/detail.ts';
import { factsOf, medianMs, nothingLeftRunning } from '../../../webview/view/facts.ts';
import { chipsOf, matches, noFilter, noHit, pressChip } from '../../../webview/view/filter.ts';
import { headlineOf } from '../../../webview/view/headline.ts';
import { gridMove } from '../../../webview/view/keys.ts';
import { notesOf } from '../../../webview/view/notes.ts';
import { holdOrder, sameOrder } from '../../../webview/view/order.ts';
import { byStatus, rowOf, sortExecutions } from '../../../webview/view/rows.ts';
import { startOpen } from '../../../webview/view/startOpen.ts';
import { firstView, toggleOpen, viewFrom } from '../../../webview/view/view.ts';
import { fakeBatch } from '../fixtures/fakeBatch.ts';
import type { FakeBatch } from '../fixtures/fakeBatch.ts';

const start = 1_000_000;
const exit3: Outcome = { status: 'failed', step: 'run', message: 'exit 3', exitCode: 3 };
const away: Outcome = { status: 'unreachable', kind: 'timeout', message: 'no answer on port 22 in 10 s' };

describe('the rows of the node list', () => {
  it('begin with what needs eyes, then what runs longest, then what is fine', () => {
    const batch = mixed();
    assert.deepEqual(
      sortExecutions(batch.state, byStatus, start).map(({ node }) => node),
      ['c', 'b', 'e', 'd', 'f', 'a'],
    );
  });

  it('put a process that may still run first', () => {
    const batch = mixed();
    batch.end('e3', { status: 'cancelled', remote: 'may-still-run' }, start + 9_000);
    const [first] = sortExecutions(batch.state, byStatus, start);
    assert.ok(first);
    const row = rowOf(first, context(batch));
    assert.deepEqual([row.node, row.look.word, row.look.icon], ['d', 'May still run', 'warning']);
  });

  it('say what a node said last, or our own message for what never answered', () => {
    const batch = mixed();
    const lines = batch.state.executions.map((each) => rowOf(each, context(batch)).line);
    assert.deepEqual(lines, ['fine', 'No answer on port 22 in 10 s', 'broken', '', '', '']);
  });

  it('say who seems to wait for an answer', () => {
    const batch = mixed();
    const { state, now, medianMs } = context(batch);
    const [, , , fourth] = state.executions;
    assert.ok(fourth);
    const asking = { ...fourth, status: 'running' as const, lastLine: 'Continue?', midLineSince: now - 5000 };
    assert.equal(rowOf(asking, { state, now, medianMs }).line, 'Continue? (waiting for input?)');
  });

  it('are one sentence for a screen reader', () => {
    const batch = mixed();
    const [, , third] = batch.state.executions;
    assert.ok(third);
    assert.equal(rowOf(third, context(batch)).label, 'c, failed, exit 3, 1.1 seconds, last line: broken');
  });

  it('make hostile names harmless and long ones short', () => {
    const batch = started(['a\u202eb', 'n'.repeat(100)]);
    const names = batch.state.executions.map((each) => rowOf(each, context(batch)).node);
    assert.equal(names[0], 'a\\u202eb');
    assert.equal(names[1]?.length, 60);
  });

  it('stay where they are while they are held, new ones follow', () => {
    assert.deepEqual(holdOrder(['c', 'a'], ['a', 'b', 'c']), ['c', 'a', 'b']);
    assert.deepEqual(holdOrder([], ['a']), ['a']);
    assert.equal(sameOrder(['a', 'b'], ['b', 'a']), false);
  });
});

describe('the filter of the node list', () => {
  it('offers the outcomes that are present, and their counts add up', () => {
    const chips = chipsOf(mixed().state);
    assert.deepEqual(
      chips.map(({ kind, count }) => `${kind} ${count}`),
      ['failed 1', 'unreachable 1', 'running 2', 'queued 1', 'ok 1'],
    );
  });

  it('sums up what is not ok at the end', () => {
    assert.deepEqual(
      chipsOf(ended(['ok', 'ok', 'failed'])).map(({ kind, count }) => `${kind} ${count}`),
      ['not-ok 1', 'failed 1', 'ok 2'],
    );
  });

  it('presses one chip at a time, with Ctrl several', () => {
    const one = pressChip(noFilter, 'ok', false);
    assert.deepEqual(one.kinds, ['ok']);
    assert.deepEqual(pressChip(one, 'failed', true).kinds, ['ok', 'failed']);
    assert.deepEqual(pressChip(one, 'failed', false).kinds, ['failed']);
    assert.deepEqual(pressChip(one, 'ok', false).kinds, []);
  });

  it('finds names and last lines, whatever their case', () => {
    const { state } = mixed();
    const found = (text: string): string[] =>
      state.executions.filter(matches(state, { kinds: [], text })).map(({ node }) => node);
    assert.deepEqual([found('BROKEN'), found('no answer'), found('zzz')], [['c'], ['b'], []]);
  });

  it('says in a sentence that nothing matches', () => {
    assert.equal(noHit({ kinds: ['signalled'], text: 'oom' }), 'No node is Killed and contains “oom”.');
  });
});

describe('the header', () => {
  it('shows the bar in the order of the legend, adding up to all nodes', () => {
    const { state } = mixed();
    const segments = barSegments(state);
    assert.deepEqual(
      segments.map(({ key, family, count }) => `${key} ${family} ${count}`),
      ['ok ok 1', 'failed bad 1', 'unreachable unknown 1', 'running active 2', 'queued track 1'],
    );
    assert.equal(
      segments.reduce((sum, { count }) => sum + count, 0),
      state.executions.length,
    );
    assert.equal(percentDone(state), 50);
  });

  it('says what runs, on whom and how', () => {
    const batch = started(['a', 'b'], 'first\nsecond\nthird');
    const { command, more, nodes, details } = headlineOf(batch.state, start);
    assert.deepEqual([command, more, nodes], ['first', '+2 lines', '2 nodes']);
    assert.deepEqual(details.slice(0, 2), ['parallel, 20 at once', 'stops after 60 s']);
  });

  it('tells the facts of a running batch', () => {
    const facts = factsOf(mixed().state, start + 20_000).map(textOf);
    assert.deepEqual(facts, ['20 s elapsed', 'about 20 s left', '0.1 nodes/s', 'slowest e 15 s d 14 s']);
  });

  it('names the limit that holds the batch back', () => {
    const batch = fakeBatch({
      nodes: ['a', 'b'],
      command: 'x',
      selection: 'all',
      concurrency: 1,
      startedAt: start,
    });
    batch.run('e0', start);
    const last = () => factsOf(batch.state, start + 1_000).at(-1);
    batch.emit({ type: 'limitChanged', heldBy: 'concurrency 1', concurrency: 1 }, start);
    assert.deepEqual(last(), { text: 'held by', strong: 'concurrency 1', places: 1 });
    batch.emit({ type: 'limitChanged', heldBy: 'rate 2/s', concurrency: 1 }, start);
    assert.deepEqual(last(), { text: 'held by', strong: 'rate 2/s' });
    batch.emit({ type: 'paused' }, start);
    assert.deepEqual(last(), { text: '', strong: 'concurrency 1', places: 1 });
  });

  it('says that nothing is left running only when that is known', () => {
    const last = (outcomes: readonly Outcome['status'][]): string | undefined =>
      factsOf(ended(outcomes), start).map(textOf).at(-1);
    assert.equal(last(['ok', 'failed']), 'nothing left running');
    assert.notEqual(last(['ok', 'lost']), 'nothing left running');
    assert.notEqual(last(['ok', 'interrupted']), 'nothing left running');
    assert.notEqual(last(['ok', 'cancelled']), 'nothing left running');
  });

  it('has a median of those that ended', () => assert.equal(medianMs(mixed().state), 1_100));
});

describe('the notes below the header', () => {
  it('say that the batch is paused, and how to go on', () => {
    const { state } = mixed();
    const [note] = notesOf({ ...state, status: 'running', paused: true }, '');
    assert.match(note?.title ?? '', /^Paused: \d+ still running, \d+ wait\.$/);
    assert.deepEqual(note?.controls, [{ label: 'Continue', control: { type: 'resume' } }]);
  });

  it('ask at a barrier whether the next wave may begin', () => {
    const { state } = mixed();
    const wave = { wave: 3, of: 4, status: 'done', nodes: 2, failures: 1, startedAt: start } as const;
    const hold = { wave: 3, barrier: { type: 'ask' }, since: start } as const;
    const [note] = notesOf({ ...state, status: 'running', waves: [wave], hold }, '');
    assert.equal(note?.title, 'Wave 3 of 4 done, 1 failure. Wave 4 waits for you.');
    assert.deepEqual(note?.controls, [
      { label: 'Continue with wave 4', control: { type: 'proceed', wave: 3, go: true } },
      { label: 'Stop after wave 3', control: { type: 'proceed', wave: 3, go: false } },
    ]);
  });

  it('name what is not tried for a while', () => {
    const { state } = mixed();
    const breakers = { 'jump host bastion:22': 'open' } as const;
    const [note] = notesOf({ ...state, status: 'running', breakers }, '');
    assert.equal(note?.title, 'Jump host bastion:22 failed again and again.');
  });

  it('say nothing when all is well', () => assert.deepEqual(notesOf(mixed().state, ''), []));

  it('say that the engine went away, and that host keys are waited for', () => {
    const batch = mixed();
    const key = {
      host: 'f',
      port: 22,
      keyType: 'ssh-rsa',
      fingerprint: 'SHA256:x',
      key: 'A',
      knownHosts: 'k',
    };
    batch.emit({
      type: 'promptRaised',
      prompt: 'p',
      question: { type: 'host-keys', keys: [{ key, nodes: ['f'] }] },
    });
    const [engine, keys] = notesOf(batch.state, 'The engine ended.');
    assert.equal(engine?.title, 'The engine ended.');
    assert.equal(keys?.title, '1 node waits: its host key is not known');
    assert.equal(
      keys?.detail,
      'Nothing was sent to it yet. Compare the fingerprints with a source you trust. The other 5 nodes go on.',
    );
    assert.deepEqual(keys?.action, { label: 'Review keys…', does: 'reviewHostKeys' });
    assert.deepEqual(announcementOf(batch.state), { text: '1 node waits for host keys.', urgent: true });
  });

  it('report a cancel while it works and after the proof', () => {
    const batch = mixed();
    batch.emit({ type: 'cancelRequested', which: 'all' });
    assert.equal(notesOf(batch.state, '')[0]?.title, 'Stopping 2…');
    batch.end('e3', { status: 'cancelled', remote: 'stopped' }, start + 9_000);
    batch.end('e4', { status: 'cancelled', remote: 'may-still-run' }, start + 9_000);
    batch.end('e5', { status: 'cancelled', remote: 'never-started' }, start + 9_000);
    batch.emit({ type: 'batchFinished', end: 'cancelled' }, start + 9_000);
    batch.emit({ type: 'stopReport', stopped: ['e3'], running: ['e4'] });
    const [note] = notesOf(batch.state, '');
    const pid = batch.state.executions[4]?.pid;
    assert.equal(note?.title, 'Cancelled: stopped on 1, still running on 1.');
    assert.equal(note?.detail, `e (pid ${pid}) did not end. 1 never started. 3 finished before.`);
    assert.deepEqual(note?.action, { label: 'Stop again', does: 'stopAgain' });
    batch.emit({ type: 'stopReport', stopped: ['e3', 'e4'], running: [] });
    assert.equal(notesOf(batch.state, '')[0]?.action, undefined);
  });

  it('say that a process is gone once stopping again has proven it', () => {
    const batch = mixed();
    batch.end('e3', { status: 'cancelled', remote: 'never-started' }, start + 9_000);
    batch.end('e5', { status: 'cancelled', remote: 'never-started' }, start + 9_000);
    batch.end('e4', { status: 'cancelled', remote: 'may-still-run' }, start + 9_000);
    batch.emit({ type: 'batchFinished', end: 'cancelled' }, start + 9_000);
    const shown = () => {
      const { state } = batch;
      const row = rowOf(state.executions[4]!, { state, now: start, medianMs: undefined });
      return [row.look.word, row.line, nothingLeftRunning(state)];
    };
    assert.deepEqual(shown(), ['May still run', 'Cancelled; the process may still run', false]);
    batch.emit({ type: 'stopReport', stopped: [batch.state.executions[4]!.node], running: [] });
    assert.deepEqual(shown(), ['Cancelled', 'Cancelled; stopped later, the process is gone', true]);
    const detail = detailOf(batch.state, batch.state.executions[4]!, start);
    assert.deepEqual(detail.sentences, ['Cancelled; stopped later, the process is gone']);
  });

  it('tell what an interrupted batch leaves behind', () => {
    const batch = mixed();
    batch.end('e3', { status: 'interrupted', remote: 'may-still-run' }, start + 9_000);
    batch.end('e4', { status: 'interrupted', remote: 'may-still-run' }, start + 9_000);
    batch.end('e5', { status: 'interrupted', remote: 'never-started' }, start + 9_000);
    batch.emit({ type: 'batchFinished', end: 'interrupted' }, start + 9_000);
    const [note] = notesOf(batch.state, '');
    assert.match(
      note?.title ?? '',
      /^Interrupted: Muster's engine ended during this batch at \d\d:\d\d:\d\d\.$/,
    );
    assert.equal(
      note?.detail,
      '3 finished results are kept. 2 nodes were running and may have finished on their own. 1 never started.',
    );
    assert.deepEqual(note?.action, { label: 'Stop again', does: 'stopAgain' });
  });

  it('offer to stop again what did not end when its time was over', () => {
    const batch = mixed();
    const outcome = {
      status: 'timed-out',
      phase: 'run',
      remote: 'may-still-run',
      message: 'too long',
    } as const;
    batch.end('e4', outcome, start + 9_000);
    batch.emit({ type: 'batchFinished', end: 'partial' }, start + 9_000);
    const [note] = notesOf(batch.state, '');
    assert.equal(note?.title, 'May still run on 1 node.');
    assert.deepEqual(note?.action, { label: 'Stop again', does: 'stopAgain' });
  });
});

describe('the detail of a node', () => {
  it('says how it ended, how it was reached and how long each part took', () => {
    const batch = mixed();
    const [, , third] = batch.state.executions;
    assert.ok(third);
    const { title, sentences, connection, times } = detailOf(batch.state, third, start);
    assert.equal(title, 'Exit 3');
    assert.deepEqual(sentences, ['The command answered with exit code 3.']);
    assert.deepEqual(connection.slice(0, 3), [
      ['address', 'c.example.com:22'],
      ['user', 'deploy'],
      ['via', 'bastion'],
    ]);
    assert.deepEqual(times.slice(0, 3), [
      ['queued', '0.0 s'],
      ['connecting', '0.1 s'],
      ['running', '1.0 s'],
    ]);
  });
});

describe('what the panel remembers', () => {
  it('survives a reload, and whatever another version saved', () => {
    const view = {
      ...toggleOpen(firstView, 'e1'),
      scroll: 40,
      filter: { kinds: ['ok' as const], text: 'x' },
    };
    assert.deepEqual(viewFrom(JSON.parse(JSON.stringify(view))), view);
    for (const saved of [
      undefined,
      null,
      7,
      'x',
      [],
      {},
      { filter: { kinds: 'ok' }, open: 3, sort: 'time' },
    ]) {
      assert.deepEqual(viewFrom(saved), firstView);
    }
  });

  it('keeps at most ten details open and closes the oldest', () => {
    const open = Array.from({ length: 11 }, (_, at) => `e${at}`).reduce(toggleOpen, firstView).open;
    assert.equal(open.length, 10);
    assert.deepEqual([open[0], open.at(-1)], ['e1', 'e10']);
    assert.deepEqual(toggleOpen({ ...firstView, open: ['e1'] }, 'e1').open, []);
  });

  it('opens an only node, few failures of a small batch, and the filter of a large one', () => {
    assert.deepEqual(startOpen(firstView, started(['a']).state).open, ['e0']);
    assert.equal(startOpen(firstView, mixed().state), firstView);
    assert.deepEqual(startOpen(firstView, ended(['ok', 'failed'])).open, ['e1']);
    const large = ended([...Array.from({ length: 100 }, () => 'ok' as const), 'failed']);
    assert.deepEqual(startOpen(firstView, large).filter.kinds, ['not-ok']);
    assert.deepEqual(startOpen({ ...firstView, filterChosen: true }, large).filter.kinds, []);
  });

  it('does so once: what a person closed stays closed', () => {
    const state = ended(['ok', 'failed']);
    const closed = { ...startOpen(firstView, state), open: [] };
    assert.equal(startOpen(closed, state), closed);
  });
});

describe('keys in the node list', () => {
  const at = { ctrl: false, index: 3, count: 100, page: 20 };
  it('move, and stop at the ends', () => {
    const to = (key: string) => gridMove({ ...at, key });
    assert.deepEqual(to('ArrowDown'), { type: 'focus', index: 4 });
    assert.deepEqual(to('PageDown'), { type: 'focus', index: 23 });
    assert.deepEqual(to('PageUp'), { type: 'focus', index: 0 });
    assert.deepEqual(to('End'), { type: 'focus', index: 99 });
    assert.deepEqual(to('Enter'), { type: 'toggle' });
    assert.equal(to('x'), undefined);
  });

  it('choose all and copy with Ctrl', () => {
    assert.deepEqual(gridMove({ ...at, ctrl: true, key: 'a' }), { type: 'chooseAll' });
    assert.deepEqual(gridMove({ ...at, ctrl: true, key: 'c' }), { type: 'copyNames' });
  });
});

describe('icons', () => {
  it('are those of the codicon font', async () => {
    const csv = await readFile(new URL(import.meta.resolve('@vscode/codicons/dist/codicon.csv')), 'utf8');
    const known = new Map(
      csv.split('\n').map((line) => [line.split(',')[0], line.split(',').at(-1)?.trim()]),
    );
    for (const [name, character] of glyphs) {
      const code = known.get(name);
      if (code !== undefined) assert.equal(character.codePointAt(0)?.toString(16).toUpperCase(), code, name);
    }
  });

  it('are there for every status', () => {
    for (const { icon } of [...Object.values(outcomeLook), ...Object.values(batchLook)]) {
      assert.ok(glyphs.has(icon), icon);
    }
  });
});

/** a ok · b unreachable · c failed · d, e running (e longer) · f queued */
function mixed(): FakeBatch {
  const batch = started(['a', 'b', 'c', 'd', 'e', 'f']);
  for (const id of ['e0', 'e1', 'e2']) batch.run(id, start);
  batch.print('e0', [{ stream: 'stdout', text: 'fine\n' }]);
  batch.print('e2', [{ stream: 'stderr', text: 'broken\n' }]);
  batch.end('e0', { status: 'ok' }, start + 700);
  batch.end('e1', away, start + 10_000);
  batch.end('e2', exit3, start + 1_100);
  batch.run('e4', start + 5_000);
  batch.run('e3', start + 6_000);
  return batch;
}

function started(nodes: readonly string[], command = 'true'): FakeBatch {
  return fakeBatch({ nodes, command, selection: 'all', concurrency: 20, startedAt: start });
}

function ended(statuses: readonly Outcome['status'][]) {
  const batch = started(statuses.map((_, at) => `n${at}`));
  for (const [at, status] of statuses.entries()) {
    batch.run(`e${at}`, start);
    batch.end(`e${at}`, outcomeOf(status), start + 1_000);
  }
  batch.emit({ type: 'batchFinished', end: 'partial' }, start + 2_000);
  return batch.state;
}

function outcomeOf(status: Outcome['status']): Outcome {
  if (status === 'failed') return exit3;
  if (status === 'lost') return { status, message: 'connection lost' };
  if (status === 'cancelled' || status === 'interrupted') return { status, remote: 'may-still-run' };
  return { status: 'ok' };
}

function context(batch: FakeBatch) {
  return { state: batch.state, now: start + 10_000, medianMs: medianMs(batch.state) };
}

function textOf({ text, strong, links }: ReturnType<typeof factsOf>[number]): string {
  return [text, strong, ...(links ?? []).map((link) => link.text)].filter(Boolean).join(' ');
}
