import assert from 'node:assert/strict';
import type { Answers } from '../../../core/protocol/answers.ts';
import type { FromPanel } from '../../../core/protocol/fromPanel.ts';
import type { Outcome } from '../../../core/run/outcome.ts';
import { Store } from '../../../webview/store.ts';
import { whoDiffers } from '../../../webview/view/answers.ts';
import { isOnly, matches, noFilter, noHit, turnOnly } from '../../../webview/view/filter.ts';
import { withoutMasks } from '../../../core/run/gather/masks.ts';
import { piecesOf } from '../../../webview/view/masks.ts';
import { type Next, whoFailed } from '../../../webview/view/reasons.ts';
import { firstView } from '../../../webview/view/view.ts';
import { type FakeBatch, fakeBatch } from '../fixtures/fakeBatch.ts';

/** A batch in which each node says its text; `!` before it fails, nothing at all is unreachable. */
function batchSaying(texts: readonly string[]): FakeBatch {
  const nodes = texts.map((_, at) => `web${at + 1}`);
  const batch = fakeBatch({ nodes, command: 'x', selection: 'all', concurrency: 10, startedAt: 1000 });
  for (const [at, text] of texts.entries()) {
    const id = `e${at}`;
    if (text === '') {
      batch.end(id, { status: 'unreachable', kind: 'refused', message: 'connection refused' }, 2000);
      continue;
    }
    batch.run(id, 1100);
    batch.print(id, [{ stream: 'stdout', text: text.replace(/^!/, '') }]);
    const failed = { status: 'failed', step: 'run', message: 'exit 3', exitCode: 3 } as const;
    batch.end(id, text.startsWith('!') ? failed : { status: 'ok' }, 2000);
  }
  return batch;
}

describe('who differs', () => {
  const texts = ['a\nb\nc\nd\n', 'a\nb\nc\nd\n', 'a\nb\nc\nx d\n', '!nginx\n', ''];

  it('has the largest answer first, the others by what differs, and the silent closed', () => {
    const batch = batchSaying(texts);
    const who = whoDiffers(batch.state, batch.answers(), firstView);
    assert.deepEqual(
      who.counts.map(({ sign, text }) => `${sign} ${text}`),
      ['= 2 same', '≈ 1 similar', '≠ 1 different', '∅ 1 silent'],
    );
    assert.deepEqual(
      who.rows.map(({ label, open, lines, below }) => [label, open, lines.length, below]),
      [
        ['2 same, exit 0, web1 web2', true, 3, '1 more line'],
        ['1 similar, exit 0, web3', true, 1, '3 more lines the same'],
        ['1 different, exit 3, web4', true, 2, ''],
        ['1 silent, no answer, web5', false, 0, 'no output'],
      ],
    );
    assert.deepEqual(
      who.rows[1]?.lines[0]?.parts.filter(({ differs }) => differs).map(({ text }) => text),
      ['x '],
    );
  });

  it('counts what has not answered', () => {
    const batch = batchSaying(texts);
    const waiting = (answers: Answers | undefined): readonly number[] => {
      const { toAnswer, toCompare } = whoDiffers(batch.state, answers, firstView);
      return [toAnswer, toCompare];
    };
    assert.deepEqual(waiting(undefined), [0, 5]);
    assert.deepEqual(waiting({ ...batch.answers(), toAnswer: 2 }), [0, 2]);
    assert.deepEqual(waiting(batch.answers()), [0, 0]);
  });

  it('adds up with what is completed while answers come later than ends', () => {
    const nodes = ['a', 'b', 'c', 'd', 'e'];
    const batch = fakeBatch({ nodes, command: 'x', selection: 'all', concurrency: 5, startedAt: 1000 });
    batch.end('e0', { status: 'ok' }, 2000);
    const early = batch.answers();
    for (const id of ['e1', 'e2']) batch.end(id, { status: 'ok' }, 2000);
    const { counts, toAnswer, toCompare } = whoDiffers(batch.state, early, firstView);
    assert.deepEqual([counts.map(({ text }) => text), toCompare, toAnswer], [['1 same'], 2, 2]);
  });

  it('folds many answers of one node each into one row', () => {
    const batch = batchSaying([
      'same\n',
      'same\n',
      ...Array.from({ length: 90 }, (_, at) => `other ${'x'.repeat(at)}\n`),
    ]);
    const folded = whoDiffers(batch.state, batch.answers(), firstView);
    assert.deepEqual(
      [folded.rows.length, folded.singles, folded.unlisted],
      [1, { count: 90, listed: false }, 0],
    );
    const listed = whoDiffers(batch.state, batch.answers(), { ...firstView, turned: ['singles'] });
    assert.deepEqual([listed.rows.length, listed.singles?.listed, listed.unlisted], [50, true, 41]);
  });

  it('makes what acts or hides visible', () => {
    const batch = batchSaying(['ok\n', 'ok\n', '\u202eevil\n']);
    const { rows } = whoDiffers(batch.state, batch.answers(true), firstView);
    assert.equal(rows[1]?.lines[0]?.parts[0]?.text, '\\u202eevil');
  });
});

describe('who failed and why', () => {
  it('has a row for each reason, with what the node said differently', () => {
    const batch = batchSaying([
      'up\n',
      'up\n',
      'up\n',
      '!up\nnginx: not found\nend\n',
      '!up\nnginx: not found\nend\n',
      '',
    ]);
    const rows = whoFailed(batch.state, batch.answers());
    assert.deepEqual(
      rows.map(({ count, title, text, names, next }) => [count, title, text, names, next.label]),
      [
        [2, 'Exit 3', 'nginx: not found', 'web4 web5', 'Show output'],
        [1, 'Unreachable', 'Connection refused', 'web6', 'Check reachability'],
      ],
    );
    assert.equal(whoFailed(batch.state, undefined)[0]?.text, 'end');
  });
});

describe('what one does about a failure', () => {
  const nextOf = (outcome: Outcome, isOver = true): Next | undefined => {
    const batch = fakeBatch({
      nodes: ['a', 'b'],
      command: 'x',
      selection: 'all',
      concurrency: 2,
      startedAt: 1,
    });
    batch.run('e0', 2);
    batch.end('e0', outcome, 3);
    batch.end('e1', { status: 'ok' }, 3);
    if (isOver) batch.emit({ type: 'batchFinished', end: 'partial' });
    return whoFailed(batch.state, undefined)[0]?.next;
  };
  const late = { status: 'timed-out', phase: 'run', remote: 'stopped', message: 'too long' } as const;

  it('depends on why', () => {
    const message = 'no';
    assert.equal(nextOf({ status: 'unreachable', kind: 'timeout', message })?.does, 'reach');
    assert.equal(nextOf({ status: 'unreachable', kind: 'auth', message })?.does, 'showPage');
    assert.equal(nextOf({ status: 'refused', by: 'policy', message })?.label, 'Open policy');
    assert.equal(nextOf({ status: 'crashed', message })?.does, 'showLog');
    assert.equal(nextOf({ status: 'not-started', reason: message })?.does, 'rerun');
    assert.equal(nextOf({ status: 'not-started', reason: message }, false)?.does, 'showNodes');
  });

  it('is a longer time limit where the time was over, once the batch has ended', () => {
    const longer = { does: 'rerunLonger', timeoutMs: 300_000, label: 'Re-run with 5 min' };
    assert.deepEqual(nextOf(late), longer);
    assert.equal(nextOf(late, false)?.does, 'showNodes');
  });
});

describe('what is a node’s own', () => {
  it('is a piece by itself, and three dots in a text', () => {
    assert.deepEqual(piecesOf('‹time› ‹node› is up'), [
      { masks: 'time' },
      { text: ' ' },
      { masks: 'node' },
      { text: ' is up' },
    ]);
    assert.equal(withoutMasks('at ‹node›:22'), 'at …:22');
    const batch = batchSaying(['fine\n', 'fine\n', '!web3 is down\n']);
    assert.equal(whoFailed(batch.state, batch.answers())[0]?.text, '… is down');
  });
});

describe('the filter for an answer', () => {
  it('turns to another one of the same name, and off where it is the same', () => {
    const [one, other] = ['e1', 'e2'].map((id) => ({ label: '1 Failed', executions: [id] }));
    assert.ok(one && other);
    const filter = turnOnly(noFilter, one);
    assert.deepEqual([isOnly(filter, one), isOnly(filter, other)], [true, false]);
    assert.deepEqual(turnOnly(filter, other).only, other);
    assert.equal(turnOnly(filter, one).only, undefined);
  });

  it('shows its nodes only, and says so where none is left', () => {
    const { state } = batchSaying(['a\n', 'b\n']);
    const filter = { ...noFilter, only: { label: '≠ 1 different', executions: ['e1'] } };
    assert.deepEqual(
      state.executions.filter(matches(state, filter)).map(({ node }) => node),
      ['web2'],
    );
    assert.equal(noHit({ ...filter, text: 'x' }), 'No node is among “≠ 1 different” and contains “x”.');
  });
});

describe('asking for answers', () => {
  it('asks once, again when more has ended or masks change, and never while an answer is awaited', () => {
    const posted: FromPanel[] = [];
    const host = {
      post: (message: FromPanel) => void posted.push(message),
      saved: () => undefined,
      save: () => {},
    };
    const store = new Store(host, () => undefined);
    const batch = batchSaying(['a\n', 'b\n']);
    batch.emit({ type: 'batchFinished', end: 'succeeded' });
    store.receive({ type: 'snapshot', state: batch.state, now: 2000 });
    store.requestAnswers();
    store.requestAnswers();
    assert.deepEqual(posted, [{ type: 'answers', exact: false }]);
    store.receive({ type: 'answers', answers: batch.answers() });
    store.requestAnswers();
    assert.equal(posted.length, 1);
    store.setView({ exact: true });
    store.requestAnswers();
    assert.deepEqual(posted[1], { type: 'answers', exact: true });
  });
});
