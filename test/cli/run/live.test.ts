import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { shareCells } from '../../../cli/run/bar.ts';
import { headLine, liveLines } from '../../../cli/run/live.ts';
import { lineWidth, renderLine } from '../../../cli/terminal/style.ts';
import type { Terminal } from '../../../cli/terminal/terminal.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { exit3, ok, start, stateOf } from '../fixture.ts';

const terminal: Terminal = { live: true, colour: false, utf8: true, columns: 100, wrap: 100 };
const state = stateOf({
  web01: { to: 900, outcome: ok },
  web02: { to: 900, exit: 3, outcome: exit3 },
  web03: { from: 0 },
  web04: { from: 500 },
});

function live(options: Partial<Terminal> = {}, stopping = false, of = state): readonly string[] {
  const shape = { ...terminal, ...options };
  return liveLines(of, { now: start + 2000, terminal: shape, stopping }).map((line) =>
    renderLine(line, shape),
  );
}

describe('the live lines', () => {
  it('show bar, sentence, facts and the hint', () => {
    assert.deepEqual(live(), [
      '',
      `${'█'.repeat(28)}${'▒'.repeat(29)}   50 %`,
      '2/4 completed, 2 running, 1 failed     2 s elapsed, about 2 s left, 1.0 nodes/s',
      'slowest web03 2 s                                Ctrl-C stops; what came is kept',
    ]);
  });

  it('say who seems to wait for an answer', () => {
    const executions = state.executions.map((each) => ({ ...each, midLineSince: start - 4000 }));
    assert.match(
      live({}, false, { ...state, executions })[3] ?? '',
      /^2 nodes wait for input\?, slowest web03/,
    );
    const [, , third] = executions;
    assert.ok(third);
    assert.match(live({}, false, { ...state, executions: [third] })[3] ?? '', /^web03 waits for input\?, /);
  });

  it('promise no end while the batch is paused', () => {
    const paused = live({}, false, { ...state, paused: true });
    assert.equal(paused[2], '2/4 completed, 2 running, 1 failed     2 s elapsed, 1.0 nodes/s');
  });

  it('say that they stop, and how to leave', () => {
    assert.equal(live({}, true)[3], 'Stopping 2… Ctrl-C again to leave them');
    assert.equal(live({ utf8: false }, true)[3], 'Stopping 2... Ctrl-C again to leave them');
  });

  it('use # and . where the terminal has no other characters', () => {
    assert.match(live({ utf8: false })[1] ?? '', /^#{28}\.{29} {3}50 %$/);
  });

  it('colour by family of outcomes', () => {
    const bar = live({ colour: true })[1] ?? '';
    assert.ok(
      bar.startsWith(`\u001b[32m${'█'.repeat(14)}\u001b[39m\u001b[31m${'█'.repeat(14)}\u001b[39m\u001b[34m▒`),
    );
  });

  it('are never wider than the terminal', () => {
    for (const columns of [60, 61, 80]) {
      for (const line of live({ columns })) assert.ok(lineWidth([{ text: line }]) < columns, line);
    }
  });

  it('begin with what runs where', () => {
    assert.equal(
      renderLine(headLine(state, foldForDisplay), terminal),
      '4 nodes  web[01-04]  parallel, 10 at once, batch 7f3k',
    );
  });
});

describe('the bar', () => {
  it('always fills its cells and shows everything that there is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 16 }), (counts) => {
        const sizes = shareCells(counts, 57);
        assert.equal(
          sizes.reduce((sum, size) => sum + size, 0),
          57,
        );
        assert.ok(sizes.every((size) => size >= 1));
      }),
    );
  });
});
