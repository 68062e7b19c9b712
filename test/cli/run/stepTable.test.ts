import assert from 'node:assert/strict';
import { stepsNow, stepTable } from '../../../cli/run/stepTable.ts';
import { renderLine } from '../../../cli/terminal/style.ts';
import type { BatchState, ExecutionState } from '../../../core/run/state.ts';
import type { StepState } from '../../../core/run/stepState.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';
import { plainTerminal } from '../fixture.ts';

const leaf = (path: string, title: string) => ({ path, title, does: { type: 'fail', message: '' } });
const block = {
  type: 'block',
  steps: [leaf('b/in', 'in')],
  rescue: [leaf('b/rescue/back', 'back')],
  always: [],
};
const loaded = {
  steps: [
    leaf('drain', 'drain {{ node.name }}'),
    { path: 'b', title: 'Try it', does: block },
    leaf('later', `${'very '.repeat(10)}long`),
  ],
  handlers: [],
  finally: [],
};

type Said = Pick<StepState, 'step' | 'title' | 'status'> & Partial<StepState>;

function batchOf(nodes: Readonly<Record<string, readonly Said[]>>, isOver = true): BatchState {
  const executions = Object.entries(nodes).map(([node, said]) => {
    const steps = said.map((step) => ({
      changed: false,
      message: '',
      startedAt: 0,
      endedAt: 10,
      attempts: 1,
      ...step,
    }));
    return {
      id: node,
      node,
      steps,
      ...(isOver && { outcome: { status: 'failed' } }),
    } as unknown as ExecutionState;
  });
  return { plan: { action: { type: 'playbook', loaded } }, executions } as unknown as BatchState;
}

const text = (state: BatchState): readonly string[] =>
  stepTable(state, { terminal: plainTerminal, foldNames: foldForDisplay }).map((line) =>
    renderLine(line, plainTerminal),
  );

describe('the table of steps', () => {
  const failed: readonly Said[] = [
    { step: 'drain', title: 'drain a1', status: 'ok', changed: true, endedAt: 2500 },
    { step: 'b/in', title: 'in', status: 'failed' },
  ];
  const rescued: readonly Said[] = [
    { step: 'drain', title: 'drain a2', status: 'ok' },
    { step: 'b/in', title: 'in', status: 'failed', rescued: true },
    { step: 'b/rescue/back', title: 'back', status: 'skipped', wouldRun: true },
    { step: 'later', title: 'later', status: 'skipped' },
  ];

  it('has each step with what became of it on how many nodes, and names those where it failed', () => {
    assert.deepEqual(text(batchOf({ a1: failed, a2: rescued, a3: failed })), [
      '',
      'Steps',
      '  drain {{ node.name }}                         1 ok, 2 changed  up to 2.5 s',
      '  Try it',
      '    in                                          1 failed (rescued), 2 failed  a[1-3]',
      '    back                                        1 would run',
      '  very very very very very very very very ver…  1 skipped, 2 not run',
    ]);
  });

  it('is not there for one node, nor where nothing has steps', () => {
    assert.deepEqual(text(batchOf({ a1: failed })), []);
    assert.deepEqual(text(batchOf({ a1: [], a2: [] })), []);
  });

  it('says while it runs at which steps the nodes are', () => {
    const at = (title: string): readonly Said[] => [{ step: title, title, status: 'running' }];
    const nodes = { a: at('x'), b: at('y'), c: at('y'), d: at('z'), e: at('w'), f: failed };
    assert.equal(stepsNow(batchOf(nodes, false)), 'at y (2), x (1), z (1), and 1 more');
    assert.equal(stepsNow(batchOf(nodes)), '');
  });
});
