import assert from 'node:assert/strict';
import { indexInventory, type InventoryIndex, type InventoryNode } from '../../core/inventory/model.ts';
import { readInventory } from '../../core/inventory/readInventory.ts';
import { remoteAuthority, terminalCommand } from '../../extension/model/sshCommand.ts';

const { inventory } = readInventory(
  `nodes:
  web: { host: 10.0.0.1, port: 2222, user: deploy, identityFile: id, jump: [bastion, "me@[2001:db8::1]:22"] }
  bastion: { host: gate.example.com, user: jump, port: 2200 }
  plain:
  here: { transport: local, cwd: /srv }
  odd: { proxyCommand: nc %h %p }
  both: { proxyCommand: nc %h %p, jump: bastion }
  deep: { jump: inner, identityFile: key, identitiesOnly: true, hostKeyAlias: web, knownHosts: known hosts }
  inner: { jump: bastion }
`,
  { source: 'inventory.yaml', resolvePath: (path) => (path.startsWith('/') ? path : `/ws/${path}`) },
);
const index = indexInventory(inventory);

const node = (name: string): InventoryNode => {
  const found = index.nodes.get(name);
  assert.ok(found);
  return found;
};
const command = (name: string) => terminalCommand(node(name), { index });
const refusal = (name: string, within: InventoryIndex): string => {
  const refused = terminalCommand(node(name), { index: within });
  return refused.ok ? '' : refused.message;
};

/** The same, with its proxy commands waiting for a yes. */
const held = indexInventory({
  ...inventory,
  sources: inventory.sources.map((source) => ({
    ...source,
    approvals: [{ id: '1', kind: 'proxy-command', path: '/ws/inventory.yaml', what: 'nc %h %p' }],
  })),
});

describe('a terminal on a node', () => {
  it('is ssh with the settings of the node, as an array that no shell reads', () => {
    assert.deepEqual(command('web'), {
      ok: true,
      program: 'ssh',
      args: [
        '-p',
        '2222',
        '-l',
        'deploy',
        '-i',
        '/ws/id',
        '-J',
        'jump@gate.example.com:2200,me@[2001:db8::1]',
        '--',
        '10.0.0.1',
      ],
    });
    assert.deepEqual(command('plain'), { ok: true, program: 'ssh', args: ['--', 'plain'] });
  });

  it('is a shell in the folder of a local node', () => {
    assert.deepEqual(command('here'), { ok: true, args: [], cwd: '/srv' });
  });

  it('runs a proxy command only when nobody has to allow it any more', () => {
    assert.deepEqual(command('odd'), {
      ok: true,
      program: 'ssh',
      args: ['-o', 'ProxyCommand=nc %h %p', '--', 'odd'],
    });
    assert.match(refusal('odd', held), /nobody has allowed yet/);
    assert.equal(terminalCommand(node('plain'), { index: held }).ok, true);
    assert.match(refusal('both', index), /one ssh can not do/);
  });

  it('goes the way of a run: through the jumps of its jump nodes, with its key alias and known_hosts', () => {
    assert.deepEqual(command('deep'), {
      ok: true,
      program: 'ssh',
      args: [
        '-i',
        '/ws/key',
        '-o',
        'IdentitiesOnly=yes',
        '-o',
        'HostKeyAlias=web',
        '-o',
        'UserKnownHostsFile="/ws/known hosts"',
        '-J',
        'jump@gate.example.com:2200,inner',
        '--',
        'deep',
      ],
    });
    const own = terminalCommand(node('plain'), { index, knownHosts: '/k' });
    assert.deepEqual(own.ok && own.args, ['-o', 'UserKnownHostsFile="/k"', '--', 'plain']);
    assert.equal(terminalCommand(node('plain'), { index, knownHosts: '/k" -x' }).ok, false);
  });

  it('is refused where a name could become an option', () => {
    const plain = node('plain');
    const hostile = { ...plain, connection: { ...plain.connection, host: '-oProxyCommand=x' } };
    assert.equal(terminalCommand(hostile, { index }).ok, false);
    const hop = { ...plain, connection: { ...plain.connection, jump: ['-oProxyCommand=x'] } };
    assert.equal(terminalCommand(hop, { index }).ok, false);
    const alias = { ...plain, connection: { ...plain.connection, hostKeyAlias: 'a b' } };
    assert.equal(terminalCommand(alias, { index }).ok, false);
  });

  it('is not opened by other transports, nor where nothing runs', () => {
    const plain = node('plain');
    const other = { ...plain, connection: { ...plain.connection, transport: 'winrm' } };
    assert.deepEqual(terminalCommand(other, { index }), {
      ok: false,
      message: 'plain: there is no terminal by winrm.',
    });
    assert.deepEqual(terminalCommand({ ...plain, blocked: 'its source has errors' }, { index }), {
      ok: false,
      message: 'plain: its source has errors',
    });
  });
});

describe('a window on a node', () => {
  it('is named by user, address and port', () => {
    assert.equal(remoteAuthority(node('web').connection), 'ssh-remote+deploy@10.0.0.1:2222');
    assert.equal(
      remoteAuthority({ ...node('plain').connection, host: '2001:db8::1' }),
      'ssh-remote+[2001:db8::1]',
    );
  });
});
