import assert from 'node:assert/strict';
import type { RunEvent, UnknownHostKey } from '../../../core/run/events.ts';
import { createHostKeyPrompt } from '../../../engine/prompts/hostKeys.ts';
import { createVirtualClock } from '../../core/run/virtualClock.ts';

const key = (host: string, fingerprint = `SHA256:${host}`): UnknownHostKey => ({
  host,
  port: 22,
  keyType: 'ssh-ed25519',
  fingerprint,
  key: 'AAAA',
  knownHosts: '/home/me/.ssh/known_hosts',
});

function prompting() {
  const clock = createVirtualClock();
  const events: RunEvent[] = [];
  const trusted: string[] = [];
  let ids = 0;
  const prompt = createHostKeyPrompt({
    clock,
    trust: async ({ host }) => (trusted.push(host), { saved: true }),
    newId: () => `p${++ids}`,
  });
  const ask = (node: string, shown: UnknownHostKey): Promise<boolean> =>
    prompt.ask({ node, note: (event) => events.push(event) }, shown);
  const raised = (): string[] =>
    events.flatMap((event) =>
      event.type === 'promptRaised' && event.question.type === 'host-keys'
        ? [event.question.keys.map(({ nodes }) => nodes.join('+')).join(' ')]
        : [],
    );
  const pass = (ms: number): Promise<void> =>
    clock.runUntil(new Promise((resolve) => clock.after(ms, resolve)));
  return { pass, prompt, ask, raised, trusted };
}

describe('the question about host keys', () => {
  it('waits for all that are expected', async () => {
    const { pass, prompt, ask, raised } = prompting();
    const expected = [prompt.expect(), prompt.expect()];
    void ask('a', key('a'));
    expected[0]?.dispose();
    await pass(5000);
    void ask('b', key('b'));
    assert.deepEqual(raised(), []);
    expected[1]?.dispose();
    assert.deepEqual(raised(), ['a b']);
  });

  it('does not wait for ever for a node that says nothing', async () => {
    const { pass, prompt, ask, raised } = prompting();
    prompt.expect();
    void ask('a', key('a'));
    await pass(10_000);
    assert.deepEqual(raised(), ['a']);
  });

  it('has one row for a key that many show, and trusts it for all of them that were shown', async () => {
    const { pass, prompt, ask, raised, trusted } = prompting();
    const both = [ask('a', key('a', 'SHA256:same')), ask('b', key('b', 'SHA256:same'))];
    await pass(300);
    assert.deepEqual(raised(), ['a+b']);
    const late = ask('c', key('c', 'SHA256:same'));
    await prompt.answer('p1', new Set(['SHA256:same']));
    assert.deepEqual(
      [await Promise.all(both), trusted],
      [
        [true, true],
        ['a', 'b'],
      ],
    );
    await pass(300);
    assert.deepEqual(raised(), ['a+b', 'c']);
    await prompt.answer('p2', new Set());
    assert.equal(await late, false);
  });

  it('is asked once about the same key of the same host, whichever node shows it and whenever', async () => {
    for (const [trust, answer] of [
      [new Set(['SHA256:a']), true],
      [new Set<string>(), false],
    ] as const) {
      const { pass, prompt, ask, raised, trusted } = prompting();
      const first = ask('over ssh', key('a'));
      await pass(300);
      const meanwhile = ask('over openssh', key('A', 'SHA256:a'));
      await prompt.answer('p1', trust);
      const later = ask('again', key('a'));
      await pass(300);
      assert.deepEqual(await Promise.all([first, meanwhile, later]), [answer, answer, answer]);
      assert.deepEqual(raised(), ['over ssh']);
      assert.deepEqual(trusted, answer ? ['a'] : []);
    }
  });

  it('says no to all when the batch is over', async () => {
    const { pass, prompt, ask } = prompting();
    const first = ask('a', key('a'));
    await pass(300);
    const second = ask('b', key('b'));
    prompt.close();
    assert.deepEqual([await first, await second], [false, false]);
  });
});
