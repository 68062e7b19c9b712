import assert from 'node:assert/strict';
import { hostKeyHint } from '../../../cli/run/hints.ts';
import { stateOf, type Story } from '../fixture.ts';

const shown = (message: string): Story => ({
  outcome: { status: 'unreachable', kind: 'host-key', message: `${message} is not known: SHA256:x` },
});
const failed = { type: 'batchFinished', end: 'failed' } as const;

describe('what to do about host keys that are not known', () => {
  it('is a command for each host, to be typed as it stands', () => {
    const state = stateOf(
      {
        a: shown('host key of [10.0.0.1]:2222'),
        b: shown('host key of web'),
        c: shown('host key of web'),
        far: shown('via hop: host key of hop'),
        alias: shown('host key of web (x in known_hosts)'),
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
