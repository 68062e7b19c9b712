import assert from 'node:assert/strict';
import { answerLines, countsLine } from '../../../cli/run/answers.ts';
import { livePrinter } from '../../../cli/run/livePrinter.ts';
import { type Line, renderLine } from '../../../cli/terminal/style.ts';
import type { Answers } from '../../../core/protocol/answers.ts';
import { createGathering } from '../../../core/run/gather/gathering.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { answerOf } from '../../core/run/gather/answers.ts';
import { endedOf, exit3, memoryStreams, ok, outputFrom, plainTerminal, start, stateOf } from '../fixture.ts';

const said = {
  web01: { stdout: '6.1.0-28\nactive\n', stderr: 'nginx/1.26\n' },
  web02: { stdout: '6.1.0-28\nactive\n', stderr: 'nginx/1.26\n' },
  web03: { stdout: '6.1.0-26\nactive\n', stderr: 'nginx/1.26\n' },
  web04: { stdout: '6.1.0-28\n\u001b]0;x\u0007\n', exit: 3 },
  web05: { exit: null },
};
const refused = { status: 'unreachable', kind: 'refused', message: 'connection refused' } as const;
const state = stateOf(
  {
    web01: { ...said.web01, outcome: ok },
    web02: { ...said.web02, outcome: ok },
    web03: { ...said.web03, outcome: ok },
    web04: { stdout: '6.1.0-28\nfailed\n', exit: 3, outcome: exit3 },
    web05: { outcome: refused },
  },
  { type: 'batchFinished', end: 'partial' },
);
const terminal = { ...plainTerminal, columns: 60 };

function answers(executions = 5): Answers {
  const gathering = createGathering();
  for (const [place, [node, each]] of Object.entries(said).entries()) {
    gathering.add(`e-${node}`, place, answerOf(each));
  }
  return { ...gathering.gathered(executions, 400), batch: state.id, exact: false, unread: 0 };
}

function textOf(lines: readonly Line[]): readonly string[] {
  return lines.map((line) => renderLine(line, terminal));
}

describe('answers in a terminal', () => {
  it('are shown once, the others by what they say instead', () => {
    const showing = { terminal, foldNames: foldForDisplay };
    assert.deepEqual(textOf(answerLines(state, answers(), showing)), [
      '── = 2 same  exit 0 ───────────────────────────────────────',
      'web01 web02',
      '  6.1.0-28',
      '  active',
      '│ nginx/1.26',
      '── ≈ 1 similar  exit 0  web03 ─────────────────────────────',
      '  6.1.0-[-28-]{+26+}',
      '  2 more lines the same',
      '── ≠ 1 different  exit 3  web04 ───────────────────────────',
      '  [-active-]{+␛]0;x␇+}',
      '│ [-nginx/1.26-]',
      '  1 more line the same',
      '── ∅ 1 silent  no answer  web05 ───────────────────────────',
    ]);
  });

  it('are counted while the batch runs, without signs that the character set lacks', () => {
    assert.equal(
      renderLine(countsLine(answers(9), terminal), terminal),
      ['= 2 same  ≈ 1 similar  ≠ 1 different  ∅ 1 silent  4 to answer'].join('').slice(0, 58).concat('…'),
    );
    const plain = { ...terminal, utf8: false, columns: 100 };
    assert.equal(
      renderLine(countsLine(answers(9), plain), plain),
      '= 2 same  ~ 1 similar  != 1 different  0 1 silent  4 to answer',
    );
  });

  it('take the place of each output at the end; what failed is shown at once', async () => {
    const streams = memoryStreams();
    const printer = livePrinter({
      streams,
      readOutput: outputFrom({ web04: [{ stream: 'stdout', text: 'failed\n' }] }),
      terminal: () => plainTerminal,
      foldNames: foldForDisplay,
      now: () => start,
      nextOptions: ' --data d',
      stopping: () => false,
      answers: () => Promise.resolve(answers()),
    });
    printer.started(state);
    printer.ended(endedOf(state));
    await printer.aside(() => Promise.resolve());
    const before = streams.written();
    assert.ok(before.includes('✗ web04') && before.includes('? web05'));
    assert.ok(!before.includes('✓ web01'));
    await printer.finish(state);
    const after = streams.written().slice(before.length);
    assert.ok(after.includes('= 2 same  exit 0'));
    assert.ok(
      after.endsWith('Re-run the 2 that failed:  muster rerun 7f3k --failed --data d\n'),
      after.slice(-200),
    );
  });
});
