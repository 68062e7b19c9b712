import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { SshServerScript } from '../engine/transports/sshServer.ts';
import { serverWith } from './servers.ts';
import { type Batch, createWorld, nodeOf, type NodeSettings, outcomesOf } from './world.ts';

describe('faults: servers that ask', function () {
  it('R-A5: questions name who asks, wait for a person beyond any deadline, and can be cancelled', async () => {
    const login: SshServerScript['login'] = (attempt) => {
      if (attempt.method !== 'keyboard-interactive') return attempt.reject(['keyboard-interactive']);
      const questions = [
        { prompt: 'Password: ', echo: false },
        { prompt: 'Token code: ', echo: true },
      ];
      attempt.prompt(questions, (answers) =>
        answers.join() === 'open sesame,424242' ? attempt.accept() : attempt.reject(),
      );
    };
    await using one = await serverWith({ login });
    await using two = await serverWith({ login });
    const asked: NodeSettings = { auth: ['password'], user: 'deploy' };
    await using world = await createWorld(
      { n1: nodeOf(one, asked), n2: nodeOf(two, { ...asked, user: 'other' }) },
      { context: { canPrompt: true } },
    );
    const batch = await world.start('true', { limits: { connectTimeoutMs: 700 } });
    const labels = new Set<string>();
    while (labels.size < 3) {
      const { prompt, label } = await nextQuestion(batch, labels);
      labels.add(label);
      await delay(800);
      assert.equal(openQuestions(batch), 1);
      const secret = /code/i.test(label) ? '424242' : 'open sesame';
      await world.client.answer({ batch: batch.id, prompt, secret });
    }
    labels.add((await nextQuestion(batch, labels)).label);
    await batch.until(({ type }) => type === 'executionFinished');
    // Nobody answers the last one.
    await batch.cancel();
    assert.deepEqual(outcomesOf(await batch.ended).toSorted(), ['cancelled', 'ok']);
    for (const account of ['deploy', 'other']) {
      const own = [...labels].filter((label) => label.includes(`${account}@127.0.0.1`));
      assert.equal(own.length, 2, [...labels].join());
    }
  });
});

async function nextQuestion(
  batch: Batch,
  seen: ReadonlySet<string>,
): Promise<{ prompt: string; label: string }> {
  const raised = await batch.until(
    (event) =>
      event.type === 'promptRaised' && event.question.type === 'secret' && !seen.has(event.question.label),
  );
  assert.ok(raised.type === 'promptRaised' && raised.question.type === 'secret');
  return { prompt: raised.prompt, label: raised.question.label };
}

function openQuestions({ events }: Batch): number {
  const count = (type: string): number => events.filter((event) => event.type === type).length;
  return count('promptRaised') - count('promptAnswered');
}
