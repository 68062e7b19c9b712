import assert from 'node:assert/strict';
import { printExecution } from '../../../cli/run/blocks.ts';
import { columnsFor } from '../../../cli/run/ended.ts';
import { executionJson } from '../../../core/export/record.ts';
import type { ReadOutput } from '../../../core/export/output.ts';
import { hasEnded } from '../../../core/run/executionState.ts';
import { loadedOf } from '../../../core/run/loadedPlaybook.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { memoryStreams, plainTerminal } from '../../cli/fixture.ts';
import { type Playing, withPlaybooks } from './play.ts';

const text = `steps:
- { id: one, run: "printf 'first, open'" }
- { id: skip, run: echo no, when: vars.n > 1 }
- name: Try it
  block: [{ id: in, run: "exit 5" }]
  rescue: [{ id: back, run: echo back }]
- { id: two, run: "echo out; echo wrong >&2; exit 3" }
- { id: never, run: echo no }
finally: [{ id: last, run: echo cleanup }]
`;

async function played({ play, client }: Playing) {
  const { state } = await play(text, { selection: 'a' });
  const [execution] = state.executions;
  assert.ok(execution && hasEnded(execution));
  const readOutput: ReadOutput = async function* ({ id }) {
    const page = await client.output({ batch: state.id, execution: id, from: 0, limit: 100_000 });
    assert.ok(page.ok);
    for (const { stream, text: said } of page.value.chunks) yield { stream, bytes: Buffer.from(said) };
  };
  return { state, execution, readOutput };
}

describe('what the steps of a playbook said', function () {
  it('stands below each of them', () =>
    withPlaybooks(async (playing) => {
      const { state, execution, readOutput } = await played(playing);
      const streams = memoryStreams();
      await printExecution(execution, {
        streams,
        readOutput,
        terminal: () => plainTerminal,
        foldNames: foldForDisplay,
        columns: columnsFor(['a']),
        playbook: loadedOf(state.plan.action),
      });
      const [, ...lines] = streams.written().split('\n');
      const [out, wrong] = [lines.indexOf('             out'), lines.indexOf('           │ wrong')];
      assert.ok(out > 7 && wrong > 7 && out < 10 && wrong < 10, 'both streams of the step, in either order');
      assert.deepEqual(
        lines.filter((line) => !/^ +(out|│ wrong)$/.test(line)),
        [
          '  changed  one',
          '             first, open',
          '  skipped  skip: its condition does not hold',
          '           Try it:',
          '  failed     in: exit 5 (rescued)',
          '  changed    back',
          '               back',
          '  failed   two: exit 3',
          '  changed  last',
          '             cleanup',
          '  not run  never',
          '',
        ],
      );
    }));

  it('is in the steps of a result', () =>
    withPlaybooks(async (playing) => {
      const { state, execution, readOutput } = await played(playing);
      const loaded = loadedOf(state.plan.action);
      let json = '';
      for await (const piece of executionJson(execution, { target: undefined, readOutput, cap: 1e6, loaded }))
        json += piece;
      const { steps, notReached, stderr, message } = JSON.parse(json) as {
        steps: Record<string, unknown>[];
        notReached: unknown;
        stderr: string;
        message: string;
      };
      assert.deepEqual(
        steps.map(({ step, stdout, stderr: said, rescued }) => [step, stdout, said, rescued]),
        [
          ['one', 'first, open', '', undefined],
          ['skip', '', '', undefined],
          ['3/in', '', '', true],
          ['3/rescue/back', 'back\n', '', undefined],
          ['two', 'out\n', 'wrong\n', undefined],
          ['finally/last', 'cleanup\n', '', undefined],
        ],
      );
      assert.deepEqual(notReached, [{ step: 'never', title: 'never' }]);
      assert.deepEqual([stderr, message], ['wrong\n', 'two: exit 3']);
    }));

  it('is of steps that the status of a batch lists', () =>
    withPlaybooks(async (playing) => {
      const { state } = await played(playing);
      const page = await playing.client.status({ batch: state.id });
      assert.ok(page.ok);
      assert.deepEqual(
        page.value.executions[0]?.steps?.map(({ title, status, message }) => [title, status, message]),
        [
          ['one', 'ok', ''],
          ['skip', 'skipped', 'its condition does not hold'],
          ['in', 'failed', 'exit 5'],
          ['back', 'ok', ''],
          ['two', 'failed', 'exit 3'],
          ['last', 'ok', ''],
        ],
      );
    }));
});
