import assert from 'node:assert/strict';
import type { RunEvent } from '../../../core/run/events.ts';
import { createSecretPrompt } from '../../../engine/prompts/secrets.ts';

function asking() {
  const events: RunEvent[] = [];
  let ids = 0;
  const prompt = createSecretPrompt(() => `p${++ids}`);
  const ask = (node: string, label: string, isOnce = false): Promise<string | undefined> =>
    prompt.ask({ node, note: (event) => events.push(event) }, isOnce ? { label, isOnce } : label);
  const raised = (): string[] =>
    events.flatMap((event) =>
      event.type === 'promptRaised' && event.question.type === 'secret'
        ? [`${event.prompt} ${event.question.label}: ${event.question.nodes.join(' ')}`]
        : [],
    );
  return { prompt, ask, raised, events };
}

describe('questions for secrets (R-A5)', () => {
  it('come one at a time, the same label once', async () => {
    const { prompt, ask, raised } = asking();
    const first = ask('a', 'passphrase of key');
    const others = [ask('b', 'passphrase of key'), ask('b', 'password for b')];
    assert.deepEqual(raised(), ['p1 passphrase of key: a']);
    assert.equal(prompt.answer('p2', 'too early'), false);
    assert.equal(prompt.answer('p1', 'one'), true);
    assert.deepEqual(raised().slice(1), ['p2 password for b: b']);
    prompt.answer('p2', 'two');
    assert.deepEqual([await first, ...(await Promise.all(others))], ['one', 'one', 'two']);
    assert.equal(await ask('c', 'passphrase of key'), 'one');
  });

  it('ask for a code each time, with the node that wants it', async () => {
    const { prompt, ask, raised } = asking();
    const codes = [ask('a', 'code', true), ask('b', 'code', true)];
    prompt.answer('p1', '111');
    prompt.answer('p2', '222');
    assert.deepEqual(
      [await Promise.all(codes), raised()],
      [
        ['111', '222'],
        ['p1 code: a', 'p2 code: b'],
      ],
    );
  });

  it('are withdrawn when the last node that needs the answer has ended', async () => {
    const { prompt, ask, raised, events } = asking();
    const shared = [ask('a', 'shared'), ask('b', 'shared')];
    const waiting = ask('a', 'code', true);
    const next = ask('c', 'code', true);
    prompt.leave('a');
    assert.equal(await waiting, undefined);
    prompt.answer('p1', 'yes');
    assert.deepEqual(await Promise.all(shared), ['yes', 'yes']);
    assert.deepEqual(raised(), ['p1 shared: a', 'p3 code: c']);
    prompt.leave('c');
    assert.equal(await next, undefined);
    assert.deepEqual(events.at(-1), { type: 'promptAnswered', prompt: 'p3', accepted: 0 });
  });
});
