import assert from 'node:assert/strict';
import { hostKeyTable } from '../../../cli/run/questions.ts';
import type { UnknownHostKey } from '../../../core/run/events.ts';
import { foldForDisplay } from '../../../core/selection/nodeset.ts';

const key: UnknownHostKey = {
  host: '10.0.0.5',
  port: 22,
  keyType: 'ssh-ed25519',
  fingerprint: 'SHA256:aaaa',
  key: '',
  knownHosts: '/home/me/.ssh/known_hosts',
};

describe('the question about host keys', () => {
  it('has a row for each key: its nodes, its address as it can be typed, and all of its fingerprint', () => {
    const keys = [
      { key, nodes: ['web1', 'web2'] },
      {
        key: { ...key, host: 'fe80::1', port: 2222, alias: 'db', fingerprint: 'SHA256:bbbb' },
        nodes: ['db'],
      },
    ];
    assert.deepEqual(hostKeyTable(keys, foldForDisplay), [
      '3 nodes wait: their host keys are not known.',
      'Nothing was sent there yet. Compare the fingerprints with a source you trust.',
      '  web1 web2  10.0.0.5             ssh-ed25519  SHA256:aaaa',
      '  db         [fe80::1]:2222 (db)  ssh-ed25519  SHA256:bbbb',
    ]);
  });

  it('is text and nothing else, whatever a server calls itself', () => {
    const [, , row] = hostKeyTable(
      [{ key: { ...key, host: 'a\u001b[31mb' }, nodes: ['web1'] }],
      foldForDisplay,
    );
    assert.ok(!row?.includes('\u001b'));
  });
});
