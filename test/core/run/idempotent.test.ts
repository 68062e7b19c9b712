import assert from 'node:assert/strict';
import type { LoadedPlaybook, PlannedStep } from '../../../core/playbook/plannedStep.ts';
import type { Exit } from '../../../core/plugin/transport.ts';
import { wellBehaved } from './fakeTransport.ts';
import { runPlan } from './runPlan.ts';

const retries = { count: 2, delayMs: 10, backoff: 'constant', on: ['failed', 'timed-out'] } as const;

async function play(change: Partial<PlannedStep>, exits: readonly Exit[]) {
  const step: PlannedStep = {
    path: 's',
    title: 's',
    does: { type: 'run', command: 'x', shell: 'sh' },
    retries,
    ...change,
  };
  const nothing = {
    services: {},
    usual: {},
    params: {},
    sensitive: [],
    secrets: {},
    vars: {},
    files: [],
    handlers: [],
    finally: [],
  };
  const loaded: LoadedPlaybook = { name: 'test', ...nothing, steps: [step] };
  const left = [...exits];
  const does = () => ({ ms: 5, exit: left.shift() ?? { type: 'exited' as const, code: 0 } });
  const action = { type: 'playbook' as const, file: '/x', params: {}, withheld: [], loaded };
  const { state } = await runPlan({ scripts: [{ ...wellBehaved, does }], action });
  const [execution] = state.executions;
  return [execution?.outcome?.status, execution?.steps?.[0]?.attempts];
}

const lost: Exit = { type: 'lost', message: 'connection closed' };

describe('a step that is idempotent', () => {
  it('is tried again over a new connection after one that was lost', async () => {
    assert.deepEqual(await play({ idempotent: true }, [lost]), ['ok', 2]);
  });
  it('is lost where its attempts are used up', async () => {
    assert.deepEqual(await play({ idempotent: true }, [lost, lost, lost, lost]), ['lost', 3]);
  });
  it('is the only one that is tried again then: nobody knows what ran', async () => {
    assert.deepEqual(await play({}, [lost]), ['lost', 1]);
  });
});
