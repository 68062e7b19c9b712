import assert from 'node:assert/strict';
import { bySteps } from '../../../core/export/bySteps.ts';
import type { StepState } from '../../../core/run/stepState.ts';
import { err, out } from './input.ts';

const step = (path: string, from: number, until?: number): StepState => ({
  step: path,
  title: path,
  status: until === undefined ? 'running' : 'ok',
  changed: false,
  message: '',
  exitCode: null,
  attempts: 1,
  startedAt: 0,
  from,
  ...(until !== undefined && { until }),
});

async function told(steps: readonly StepState[], leftOut = 0): Promise<readonly string[]> {
  const pieces = (async function* () {
    yield out('one t');
    yield err('wo');
    yield out('!three');
  })();
  const lines: string[] = [];
  for await (const next of bySteps({ steps, leftOut }, pieces))
    lines.push(next.type === 'step' ? `[${next.step.step}]` : Buffer.from(next.piece.bytes).toString());
  return lines;
}

describe('an output by steps', () => {
  const rows: readonly [string, readonly StepState[], readonly string[]][] = [
    [
      'is cut where a step ends',
      [step('a', 0, 4), step('b', 4, 7), step('c', 7, 13)],
      ['[a]', 'one ', '[b]', 't', 'wo', '[c]', '!three'],
    ],
    [
      'has steps that said nothing where they came',
      [step('a', 0, 0), step('b', 0, 7), step('c', 7, 7), step('d', 7, 13), step('e', 13, 13)],
      ['[a]', '[b]', 'one t', 'wo', '[c]', '[d]', '!three', '[e]'],
    ],
    [
      'has a task above its steps',
      [step('t', 0, 13), step('t/a', 0, 5), step('t/b', 5, 13)],
      ['[t]', '[t/a]', 'one t', '[t/b]', 'wo', '!three'],
    ],
    [
      'gives a step that did not end all that is left',
      [step('a', 0, 5), step('b', 5)],
      ['[a]', 'one t', '[b]', 'wo', '!three'],
    ],
    [
      'gives all attempts of a step to it',
      [step('a', 0, 5), step('b', 7, 13)],
      ['[a]', 'one t', '[b]', 'wo', '!three'],
    ],
    ['is itself where there are no steps', [], ['one t', 'wo', '!three']],
  ];
  for (const [name, steps, expected] of rows)
    it(name, async () => assert.deepEqual(await told(steps), expected));

  it('comes after all steps where a part of it is not kept', async () =>
    assert.deepEqual(await told([step('a', 0, 400), step('b', 400, 413)], 400), [
      '[a]',
      '[b]',
      'one t',
      'wo',
      '!three',
    ]));
});
