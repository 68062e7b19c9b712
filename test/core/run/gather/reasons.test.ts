import assert from 'node:assert/strict';
import { reasonsOf } from '../../../../core/run/gather/reasons.ts';
import { stateOf } from '../../../cli/fixture.ts';
import { gatheringOf, type Said } from './answers.ts';

describe('who failed and why', () => {
  it('is what a node said on stderr before what differs on stdout for another reason', () => {
    const failed = (kernel: string): Said => ({
      stdout: `${kernel}\n`,
      stderr: 'no such unit: nginx\n',
      exit: 3,
    });
    const ok: Said = { stdout: '6.1.0-28\nactive\n', exit: 0 };
    const all = [ok, ok, failed('6.1.0-28'), failed('6.1.0-31')];
    const { clusters } = gatheringOf(all).gathered(all.length);
    const named = clusters.map((each) => ({
      ...each,
      executions: each.executions.map((id) => id.replace('e', 'e-n')),
    }));
    const outcome = { status: 'failed', step: 'command', message: 'exit 3', exitCode: 3 } as const;
    const bad = { outcome, exit: 3, stdout: '6.1.0\n', stderr: 'no such unit: nginx\n' };
    const good = { outcome: { status: 'ok' }, stdout: '6.1.0\nactive\n' } as const;
    const reasons = reasonsOf(stateOf({ n1: good, n2: good, n3: bad, n4: bad }), named);
    assert.deepEqual(
      reasons.map(({ title, text, executions }) => [title, text, executions.length]),
      [['exit 3', 'no such unit: nginx', 2]],
    );
  });
});
