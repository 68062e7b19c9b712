import assert from 'node:assert/strict';
import { type Script, wellBehaved } from './fakeTransport.ts';
import { type Ran, runPlan, type Scenario } from './runPlan.ts';

const refused: Script = { ...wellBehaved, connect: 'auth' };
const oneByOne = { concurrency: 1 };

const statuses = ({ state }: Ran): string =>
  state.executions
    .map(({ outcome }) => (outcome?.status === 'unreachable' ? outcome.kind : outcome?.status))
    .join(' ');
const questions = ({ events }: Ran): { message: string; nodes: string[] }[] =>
  events.flatMap((event) =>
    event.type === 'promptRaised' && event.question.type === 'go-on'
      ? [{ message: event.question.message, nodes: event.question.nodes }]
      : [],
  );
const ran = (scripts: readonly Script[], more: Partial<Scenario> = {}): Promise<Ran> =>
  runPlan({ scripts, strategy: oneByOne, ...more });

describe('a login that nodes refuse again and again (R-A2)', () => {
  const six = Array.from({ length: 6 }, () => refused);

  it('is not tried on the rest where nobody can be asked', async () => {
    const result = await ran(six);
    assert.equal(statuses(result), 'auth auth auth not-started not-started not-started');
    const last = result.state.executions.at(-1)?.outcome;
    assert.ok(last?.status === 'not-started');
    assert.match(last.reason, /by 3 nodes in a row.*: stopped before the account is locked$/);
  });

  it('is a question to a person, once, with the nodes that wait', async () => {
    const no = await ran(six, { goOn: { yes: false, afterMs: 60_000 } });
    assert.equal(statuses(no), 'auth auth auth not-started not-started not-started');
    assert.deepEqual(
      questions(no).map(({ nodes }) => nodes),
      [['n4', 'n5', 'n6']],
    );
    const yes = await ran(six, { goOn: { yes: true, afterMs: 60_000 } });
    assert.equal(statuses(yes), 'auth auth auth auth auth auth');
    assert.equal(questions(yes).length, 1);
  });

  it('is asked about after the end of the last of those nodes', async () => {
    const { events } = await ran(six, { goOn: { yes: false, afterMs: 10 } });
    const before = events.slice(
      0,
      events.findIndex(({ type }) => type === 'promptRaised'),
    );
    assert.equal(before.filter(({ type }) => type === 'executionFinished').length, 3);
  });

  it('counts only what comes in a row', async () => {
    const result = await ran([refused, refused, wellBehaved, refused, refused, wellBehaved]);
    assert.equal(statuses(result), 'auth auth ok auth auth ok');
  });

  it('asks nothing when no node is left', async () => {
    const result = await ran(six.slice(0, 3), { goOn: { yes: true, afterMs: 10 } });
    assert.deepEqual([statuses(result), questions(result)], ['auth auth auth', []]);
  });

  it('ends the wait when the batch is stopped', async () => {
    const goOn = { yes: true, afterMs: 60_000 };
    const result = await ran(six, { goOn, stops: [{ at: 1000, which: 'all' }] });
    assert.equal(statuses(result), 'auth auth auth cancelled cancelled cancelled');
    assert.equal(result.end, 'cancelled');
  });
});
