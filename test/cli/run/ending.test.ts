import assert from 'node:assert/strict';
import { endingLines } from '../../../cli/run/ending.ts';
import { renderLine } from '../../../cli/terminal/style.ts';
import type { BatchState } from '../../../core/run/state.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { exit3, ok, plainTerminal, stateOf, type Story } from '../fixture.ts';

const partial = { type: 'batchFinished', end: 'partial' } as const;
const refused: Story = {
  outcome: { status: 'unreachable', kind: 'refused', message: 'connection refused on port 22' },
};

function ending(state: BatchState, terminal = plainTerminal): string {
  return endingLines(state, { terminal, foldNames: foldForDisplay })
    .map((line) => renderLine(line, { ...terminal, columns: Infinity }))
    .join('\n');
}

describe('the ending of a batch', () => {
  it('is one sentence when nobody failed', () => {
    const state = stateOf(
      { web01: { to: 900, outcome: ok }, web02: { to: 1200, outcome: ok } },
      { type: 'batchFinished', end: 'succeeded' },
    );
    assert.equal(ending(state), '\nSucceeded: 2 of 2 ok, in 1.2 s');
  });

  it('folds who failed by reason, the most frequent first', () => {
    const failed: Story = { stderr: 'boom\n', exit: 3, outcome: exit3 };
    const state = stateOf(
      { web01: { outcome: ok }, api01: refused, web02: failed, web03: failed, web04: failed },
      partial,
    );
    assert.equal(
      ending(state),
      [
        '',
        'Failed',
        '  ✗  3  exit 3       boom                           web[02-04]',
        '  ?  1  unreachable  connection refused on port 22  api01',
        '',
        'Partial: 1 of 5 ok, 3 failed, 1 unreachable, in 1.0 s',
      ].join('\n'),
    );
  });

  it('puts what may still run first', () => {
    const left: Story = {
      outcome: { status: 'timed-out', phase: 'run', remote: 'may-still-run', message: 'it may still run' },
    };
    const state = stateOf({ a: refused, b: refused, c: left }, partial);
    assert.match(ending(state).split('\n')[2] ?? '', /^ {2}\? {2}1 {2}timed out/);
  });

  it('says who failed in words where marks can not be shown', () => {
    const state = stateOf({ a: { exit: 3, outcome: exit3 } }, { type: 'batchFinished', end: 'failed' });
    assert.match(
      ending(state, { ...plainTerminal, utf8: false }),
      /^ {2}FAIL {2}1 {2}exit 3 {2}no output {2}a$/m,
    );
  });

  it('gives names a line of their own where a line would wrap', () => {
    const state = stateOf({ api01: refused }, { type: 'batchFinished', end: 'failed' });
    assert.match(ending(state, { ...plainTerminal, columns: 50 }), /on port 22\n {6}api01$/m);
  });

  it('shows names and reasons as text', () => {
    const story: Story = { stderr: '\u001b[2Jgone\n', exit: 3, outcome: exit3 };
    const state = stateOf({ 'a\u202eb': story }, { type: 'batchFinished', end: 'failed' });
    assert.match(ending(state), /␛\[2Jgone {2}a\\u202eb/);
  });

  it('lists fifty reasons and counts the rest', () => {
    const stories = Object.fromEntries(
      Array.from({ length: 60 }, (_, at) => [
        `n${at}`,
        { stderr: `reason ${at}\n`, exit: 3, outcome: exit3 },
      ]),
    );
    const text = ending(stateOf(stories, { type: 'batchFinished', end: 'failed' }));
    assert.equal(text.split('\n').filter((line) => line.includes('exit 3')).length, 50);
    assert.match(text, /and 10 more reasons/);
  });
});
