import assert from 'node:assert/strict';
import { createPasswords } from '../../../core/run/passwords.ts';

/** A person who gives these answers, one for each question, and what was asked. */
function person(...answers: (string | undefined)[]) {
  const asked: (string | undefined)[] = [];
  const ask = async (refusedOn: string | undefined): Promise<string | undefined> => {
    asked.push(refusedOn);
    return answers.shift();
  };
  return { asked, ask };
}

describe('passwords of a batch', () => {
  const setUp = (...answers: (string | undefined)[]) => {
    const { asked, ask } = person(...answers);
    const passwords = createPasswords();
    const give = (node: string, account = 'ada') => passwords.give({ account, node, ask });
    return { asked, give };
  };
  const turns = async (): Promise<void> => new Promise(setImmediate);

  it('are asked once for all nodes', async () => {
    const { asked, give } = setUp('right');
    (await give('n1'))?.accepted();
    const rest = await Promise.all([give('n2'), give('n3')]);
    assert.deepEqual([asked, rest.map((each) => each?.secret)], [[undefined], ['right', 'right']]);
  });

  it('are tried on one node before the others get them', async () => {
    const { give } = setUp('right');
    const first = await give('n1');
    const others: (string | undefined)[] = [];
    for (const node of ['n2', 'n3']) void give(node).then((each) => others.push(each?.secret));
    await turns();
    assert.deepEqual(others, []);
    first?.accepted();
    await turns();
    assert.deepEqual(others, ['right', 'right']);
  });

  it('are asked again after a refusal, and the refused one goes nowhere else', async () => {
    const { asked, give } = setUp('wrong', 'right');
    const first = await give('n1');
    const second = give('n2');
    first?.refused();
    const given = await second;
    assert.deepEqual([asked, given?.secret], [[undefined, 'n1'], 'right']);
    given?.accepted();
    assert.equal((await give('n3'))?.secret, 'right');
  });

  it('are asked again where a node refuses what another has accepted', async () => {
    const { asked, give } = setUp('one', 'two');
    (await give('n1'))?.accepted();
    (await give('n2'))?.refused();
    assert.equal((await give('n3'))?.secret, 'two');
    assert.deepEqual(asked, [undefined, 'n2']);
  });

  it('are not thrown away by a late refusal of an older one', async () => {
    const { asked, give } = setUp('one', 'two');
    (await give('n1'))?.accepted();
    const late = await give('n2');
    (await give('n3'))?.refused();
    (await give('n4'))?.accepted();
    late?.refused();
    assert.equal((await give('n5'))?.secret, 'two');
    assert.deepEqual(asked, [undefined, 'n3']);
  });

  it('go to the next node where one went away before it looked', async () => {
    const { asked, give } = setUp('right');
    (await give('n1'))?.unused();
    assert.equal((await give('n2'))?.secret, 'right');
    assert.deepEqual(asked, [undefined]);
  });

  it('are not asked again when a person gives none', async () => {
    const { asked, give } = setUp(undefined);
    assert.deepEqual([await give('n1'), await give('n2'), asked], [undefined, undefined, [undefined]]);
  });

  it('are of one account', async () => {
    const { give } = setUp('of ada', 'of bob');
    const given = await Promise.all([give('n1', 'ada'), give('n2', 'bob')]);
    assert.deepEqual(
      given.map((each) => each?.secret),
      ['of ada', 'of bob'],
    );
  });
});
