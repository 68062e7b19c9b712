import assert from 'node:assert/strict';
import type { StrangeHost } from '../../../core/run/outcome.ts';
import { hostKeyHint } from '../../../cli/run/hints.ts';
import { stateOf, type Story } from '../fixture.ts';

const shown = (stranger: StrangeHost): Story => ({
  outcome: { status: 'unreachable', kind: 'host-key', message: 'its key is not known', stranger },
});
const failed = { type: 'batchFinished', end: 'failed' } as const;

describe('what to do about host keys that are not known', () => {
  it('is a command for each host, to be typed as it stands', () => {
    const state = stateOf(
      {
        a: shown({ host: '10.0.0.1', port: 2222 }),
        b: shown({ host: 'web', port: 22 }),
        c: shown({ host: 'web', port: 22 }),
        far: shown({ host: 'hop', port: 22 }),
        alias: shown({ host: 'web', port: 22, alias: 'x' }),
        changed: { outcome: { status: 'unreachable', kind: 'host-key', message: 'another key' } },
        down: { outcome: { status: 'unreachable', kind: 'refused', message: 'refused' } },
      },
      failed,
    );
    const targets = [
      { node: 'a', options: { knownHosts: ['/k h'] } },
      { node: 'far', options: { via: [{}] } },
    ];
    const [intro, ...commands] = hostKeyHint(state, { targets });
    assert.match(intro ?? '', /^5 nodes show host keys .*compared the fingerprints/);
    assert.deepEqual(commands, [
      "  ssh-keyscan -p 2222 10.0.0.1 >>'/k h'",
      '  ssh-keyscan web >>~/.ssh/known_hosts',
    ]);
  });

  it('is nothing where all are known', () => {
    const state = stateOf({ a: { outcome: { status: 'ok' } } }, failed);
    assert.deepEqual(hostKeyHint(state, { targets: [] }), []);
  });
});
