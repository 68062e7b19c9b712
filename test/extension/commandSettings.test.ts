import assert from 'node:assert/strict';
import { Action } from '../../core/run/action.ts';
import type { PlanRequest } from '../../core/run/plan.ts';
import { optionRows, runAsOf, withSettings, withVariable } from '../../extension/model/commandSettings.ts';

describe('the options of a run', () => {
  const request: PlanRequest = {
    action: { type: 'command', command: 'tail -f log' },
    selection: 'all',
    sources: [],
    limits: { timeoutMs: 300_000 },
  };

  it('are in the plan as they were chosen, and not otherwise', () => {
    const runAs = { user: 'root', method: 'sudo' } as const;
    const set = withSettings(request, { runAs, cwd: '/srv', env: { A: 'b' } }, 5000);
    assert.deepEqual(Action.parse(set.action), { ...request.action, runAs, cwd: '/srv', env: { A: 'b' } });
    assert.deepEqual(withSettings(set, { cwd: undefined }, 300_000), request);
  });

  it('keep the content of stdin out of the plan', () => {
    const stdin = { bytes: 1, sha256: 'a'.repeat(64) };
    const { action } = withSettings(request, { stdin, content: 'eA==' }, 5000);
    assert.deepEqual(action, { ...request.action, stdin });
  });

  it('take the time limit away from what is followed, and give it back', () => {
    const followed = withSettings(request, { follow: true }, 300_000);
    assert.deepEqual(followed.limits, {});
    assert.deepEqual(withSettings(followed, {}, 300_000), request);
  });

  it('show what is set', () => {
    const rows = optionRows({ runAs: { user: 'db', method: 'su' }, env: { A: '', B: '' }, tty: true });
    assert.deepEqual(
      rows.filter(({ description }) => description !== '').map(({ id, description }) => [id, description]),
      [
        ['runAs', 'db, by su'],
        ['env', 'A, B'],
        ['tty', 'yes'],
      ],
    );
  });

  it('read a user and a method', () => {
    assert.deepEqual(runAsOf(' root '), { user: 'root', method: 'sudo' });
    assert.deepEqual(runAsOf('db su'), { user: 'db', method: 'su' });
    assert.equal(runAsOf(''), undefined);
    assert.equal(runAsOf('db magic'), 'Write a user, and after it sudo, su, doas or nothing.');
  });

  it('add variables and take them away', () => {
    assert.deepEqual(withVariable({ A: '1' }, 'B=x=y '), { A: '1', B: 'x=y ' });
    assert.equal(withVariable({ A: '1' }, 'A'), undefined);
    assert.equal(typeof withVariable({}, '1x=2'), 'string');
  });
});
