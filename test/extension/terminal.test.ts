import assert from 'node:assert/strict';
import { indexInventory } from '../../core/inventory/model.ts';
import { readInventory } from '../../core/inventory/readInventory.ts';
import { terminalCommand } from '../../extension/model/sshCommand.ts';

const { inventory } = readInventory(
  `nodes:
  web: { host: 10.0.0.1, port: 2222, user: deploy, identityFile: id, jump: [bastion, "me@[2001:db8::1]:22"] }
  bastion: { host: gate.example.com, user: jump, port: 2200 }
  plain:
  here: { transport: local, cwd: /srv }
  odd: { proxyCommand: nc %h %p }
`,
  { source: 'inventory.yaml', resolvePath: (path) => (path.startsWith('/') ? path : `/ws/${path}`) },
);
const index = indexInventory(inventory);

const command = (name: string) => {
  const node = index.nodes.get(name);
  assert.ok(node);
  return terminalCommand(node, index);
};

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

  it('is refused where it would run a proxy command, or a name could become an option', () => {
    assert.deepEqual(command('odd'), {
      ok: false,
      message: 'odd is reached by a proxy command, which a terminal does not run.',
    });
    const plain = index.nodes.get('plain');
    assert.ok(plain);
    const hostile = { ...plain, connection: { ...plain.connection, host: '-oProxyCommand=x' } };
    assert.equal(terminalCommand(hostile, index).ok, false);
    const hop = { ...plain, connection: { ...plain.connection, jump: ['-oProxyCommand=x'] } };
    assert.equal(terminalCommand(hop, index).ok, false);
  });
});
