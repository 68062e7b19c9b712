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

  it('is one for nodes that say the same but for what is their own', () => {
    const failed = (said: string, exit = 1): Parameters<typeof stateOf>[0][string] => ({
      outcome: { status: 'failed', step: 'command', message: `exit ${exit}`, exitCode: exit },
      exit,
      stderr: `${said}\n`,
    });
    const state = stateOf({
      web01: failed('web01: no space left, 14:02:01'),
      web02: failed('web02: no space left, 14:02:07'),
      web03: failed('web03: read-only'),
      web04: failed('web01: read-only'),
      web05: failed('web03: read-only', 2),
    });
    assert.deepEqual(
      reasonsOf(state).map(({ text, executions }) => [text, ...executions.map(({ node }) => node)]),
      [
        ['…: no space left, …', 'web01', 'web02'],
        ['web03: read-only', 'web03'],
        ['web01: read-only', 'web04'],
        ['web03: read-only', 'web05'],
      ],
    );
  });
});
