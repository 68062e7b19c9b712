import assert from 'node:assert/strict';
import { emptyInventory, indexInventory, type InventoryNode } from '../../../core/inventory/model.ts';
import type { Connection } from '../../../core/inventory/settings.ts';
import { planBatch } from '../../../core/run/planBatch.ts';

const hostile = [
  '-oProxyCommand=touch x',
  'a;b',
  '$(id)',
  '`id`@h',
  'a\nb',
  'a b',
  'a|b',
  'a&b',
  'a>b',
  "a'b",
  'a"b',
  'a\0b',
  '',
];

function planOf(change: Partial<Connection>): ReturnType<typeof planBatch> {
  const connection: Connection = {
    transport: 'ssh',
    host: 'web01.example.com',
    port: 22,
    jump: [],
    identityFiles: [],
    auth: ['agent'],
    ...change,
  };
  const node: InventoryNode = {
    name: 'web01',
    tags: [],
    vars: {},
    facts: {},
    connection,
    origin: { source: 'x' },
    sources: ['x'],
  };
  const index = indexInventory({ ...emptyInventory, nodes: [node] });
  const action = { type: 'command' as const, command: 'true' };
  return planBatch({ action, selection: 'web01', sources: [] }, { index, hash: () => 'h', seed: 1 });
}

/** Whatever a source let through: a plan with it is refused, so that no transport sees it. */
describe('R-W5: a connection setting that could become an option or a command', () => {
  const places: Readonly<Record<string, (text: string) => Partial<Connection>>> = {
    host: (host) => ({ host }),
    user: (user) => ({ user }),
    'host key alias': (hostKeyAlias) => ({ hostKeyAlias }),
    'jump host': (host) => ({ jump: [host] }),
    'user of a jump host': (user) => ({ jump: [`${user}@gate`] }),
  };
  for (const [place, make] of Object.entries(places)) {
    it(`is refused as ${place}, before anything starts`, () => {
      assert.deepEqual(
        hostile.filter((text) => planOf(make(text)).ok),
        [],
      );
    });
  }

  it('is refused as a path', () => {
    for (const file of ['-oProxyCommand=x', '/home/ada/a\nb', '/a\0b']) {
      assert.equal(planOf({ identityFiles: [file] }).ok, false, file);
      assert.equal(planOf({ knownHosts: [file] }).ok, false, file);
    }
  });

  it('is refused as a port', () => {
    for (const port of [0, -1, 65_536, 22.5, Number.NaN])
      assert.equal(planOf({ port }).ok, false, String(port));
  });

  it('says which node, and what to write instead', () => {
    const planned = planOf({ host: 'a;b' });
    assert.ok(!planned.ok);
    assert.equal(planned.error.code, 'INPUT_INVALID');
    assert.equal(
      planned.error.message,
      'web01: The host "a;b" contains ";". Write a host name or an IP address.',
    );
  });

  it('leaves what people really write alone', () => {
    const fine: readonly Partial<Connection>[] = [
      {},
      { host: '2001:db8::1', user: 'DOMAIN\\ada' },
      { host: 'fe80::1%eth0', port: 2222 },
      { jump: ['ada@gate.example.com:2222', 'inner'] },
      { identityFiles: ['/home/ada/my key'], knownHosts: ['/home/ada/.ssh/known_hosts'] },
      { transport: 'local', cwd: '/srv' },
    ];
    assert.deepEqual(
      fine.filter((change) => !planOf(change).ok),
      [],
    );
  });
});
