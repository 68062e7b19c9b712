import assert from 'node:assert/strict';
import { parseAnsible } from '../../../../core/inventory/ansible/parseAnsible.ts';
import { parseAnsibleList } from '../../../../core/inventory/ansible/parseAnsibleList.ts';
import { mergeSources } from '../../../../core/inventory/merge/merge.ts';
import { exportNotes, writeInventory } from '../../../../core/inventory/write/writeInventory.ts';
import { inputFor, statedFiles } from '../diskFiles.ts';
import { ansibleSource, source } from '../merge/sources.ts';

const ini = (text: string, path = '/inv/hosts') =>
  ansibleSource(path, parseAnsible(inputFor(path, statedFiles({ [path]: text }))));
const inventoryOf = (...sources: Parameters<typeof mergeSources>[0]) => mergeSources(sources).inventory;

type Inventory = ReturnType<typeof inventoryOf>;

function hostvars(inventory: Inventory, only?: ReadonlySet<string>, secrets: 'masked' | 'shown' = 'masked') {
  const list: { _meta: { hostvars: Record<string, unknown> } } = JSON.parse(
    writeInventory(inventory, 'ansible', { secrets, ...(only && { only }) }),
  );
  return list._meta.hostvars;
}

describe('An inventory for Ansible', () => {
  it('says how each node is reached, jump nodes with user, address and port', () => {
    const inventory = inventoryOf(
      source(
        'inventory.yaml',
        `
nodes:
  gate: { host: 10.0.0.1, user: ops }
  bastion: { host: "2001:db8::1", port: 2200, jump: gate }
  db: { host: 10.0.0.5, port: 2222, user: postgres, jump: [bastion, me@other], identityFile: [keys/k, keys/k2], connectTimeout: 5s }
  build: { transport: local }
`,
      ),
    );
    assert.deepEqual(hostvars(inventory, new Set(['db', 'build'])), {
      db: {
        ansible_connection: 'ssh',
        ansible_host: '10.0.0.5',
        ansible_port: 2222,
        ansible_user: 'postgres',
        ansible_ssh_private_key_file: '/ws/keys/k',
        ansible_ssh_timeout: 5,
        ansible_ssh_common_args:
          '-o ProxyJump=ops@10.0.0.1:22,[2001:db8::1]:2200,me@other:22 -o IdentityFile=/ws/keys/k2',
      },
      build: { ansible_connection: 'local' },
    });
  });

  it('leaves vars as Ansible inventories have them, and adds what another source says', () => {
    const inventory = inventoryOf(
      ini('web ansible_port=2222 ansible_ssh_common_args="-o ProxyJump=b"\nplain\n'),
      source('inventory.yaml', 'nodes: { web: { user: me }, plain: { port: 2200 } }'),
    );
    assert.deepEqual(hostvars(inventory), {
      web: { ansible_port: 2222, ansible_ssh_common_args: '-o ProxyJump=b', ansible_user: 'me' },
      plain: { ansible_port: 2200 },
    });
  });

  it('keeps what a var of an inventory.yaml says to Ansible', () => {
    const text = 'nodes: { a: { user: me, vars: { ansible_user: deploy, ansible_connection: winrm } } }';
    const { a } = hostvars(inventoryOf(source('inventory.yaml', text)));
    assert.deepEqual(a, {
      ansible_host: 'a',
      ansible_port: 22,
      ansible_user: 'deploy',
      ansible_connection: 'winrm',
    });
  });

  it('marks what is no template and what is encrypted, from YAML and from JSON', () => {
    const text = `
all:
  vars: { lost: !unsafe "{{ x }}" }
  hosts:
    h:
      lost: won
      plain: "{{ y }}"
      list: [!unsafe "{{ z }}", 1]
      pass: !vault |
        $ANSIBLE_VAULT;1.1;AES256
        6566
`;
    const vars = {
      lost: 'won',
      plain: '{{ y }}',
      list: [{ __ansible_unsafe: '{{ z }}' }, 1],
      pass: { __ansible_vault: '$ANSIBLE_VAULT;1.1;AES256\n6566\n' },
    };
    const fromYaml = inventoryOf(ini(text, '/inv/hosts.yml'));
    assert.deepEqual(hostvars(fromYaml), { h: vars });
    const json = JSON.stringify({ _meta: { hostvars: { h: vars } }, all: { hosts: ['h'] } });
    const fromJson = inventoryOf(
      ansibleSource('cmd', parseAnsibleList(json, { path: '/inv', home: '/home/me' })),
    );
    assert.deepEqual(hostvars(fromJson), { h: vars });
    assert.deepEqual(fromJson.nodes[0]?.vars['list'], ['{{ z }}', 1]);
  });

  it('makes no templates of what other sources say', () => {
    const text = 'nodes: { a: { vars: { motd: "{{ x }}", deep: { list: ["{% y %}", z] } } } }';
    const { a } = hostvars(inventoryOf(source('inventory.yaml', text)));
    assert.deepEqual(a, {
      ansible_connection: 'ssh',
      ansible_host: 'a',
      ansible_port: 22,
      motd: { __ansible_unsafe: '{{ x }}' },
      deep: { list: [{ __ansible_unsafe: '{% y %}' }, 'z'] },
    });
  });

  it('leaves out secrets, with a note, and says what a jump can not carry', () => {
    const inventory = inventoryOf(
      source(
        'inventory.yaml',
        'nodes: { gate: { identityFile: [/g] }, a: { jump: gate, vars: { db_password: p, nested: { token: t, ok: 1 } } } }',
      ),
    );
    const { a } = hostvars(inventory);
    assert.deepEqual(a, {
      ansible_connection: 'ssh',
      ansible_host: 'a',
      ansible_port: 22,
      ansible_ssh_common_args: '-o ProxyJump=gate:22',
      nested: { ok: 1 },
    });
    const hop = 'The key or proxy command of jump host gate is not in it: put it in your ssh_config (a)';
    assert.deepEqual(exportNotes(inventory, 'ansible', { secrets: 'masked' }), [
      hop,
      'Left out: db_password is a secret, see --show-secrets (a)',
      'Left out: nested.token is a secret, see --show-secrets (a)',
    ]);
    assert.deepEqual(exportNotes(inventory, 'ansible', { secrets: 'shown' }), [hop]);
    assert.equal(JSON.stringify(hostvars(inventory, undefined, 'shown')).includes('db_password":"p"'), true);
  });
});

describe('Arguments of ssh in vars of Ansible', () => {
  const connectionOf = (text: string, name = 'h') =>
    inventoryOf(ini(text)).nodes.find((node) => node.name === name)?.connection;

  it('count only where the var wins, as a whole', () => {
    const text =
      'h ansible_ssh_common_args="-o ConnectTimeout=5"\ni\n[all:vars]\n' +
      'ansible_ssh_common_args=-o ProxyJump=bastion -o User=root -o ProxyCommand="nc %h"\n';
    const { jump, user, proxyCommand, connectTimeoutMs } = connectionOf(text) ?? {};
    assert.deepEqual([jump, user, proxyCommand, connectTimeoutMs], [[], undefined, undefined, 5000]);
    assert.deepEqual(connectionOf(text, 'i')?.jump, ['bastion']);
    const { detail } = mergeSources([ini(text)]);
    const told = detail('h')?.connection.filter(({ key }) => key === 'jump' || key === 'user');
    assert.deepEqual(told, []);
  });

  it('stay where another var of the host has arguments', () => {
    const text =
      'h ansible_ssh_extra_args="-o ConnectTimeout=5"\n[all:vars]\nansible_ssh_common_args=-J bastion\n';
    assert.deepEqual(connectionOf(text)?.jump, ['bastion']);
  });

  it('count in the order in which Ansible passes them', () => {
    const text =
      'h ansible_ssh_args="-o User=first" ansible_ssh_common_args="-o User=second" ansible_ssh_extra_args="-l third"\n';
    assert.equal(connectionOf(text)?.user, 'first');
  });

  it('block a node where a template could be the way to it', () => {
    for (const args of ['{{ way }}', '-o ProxyJump={{ bastion }}', '-o Port={{ port }}']) {
      const [node] = inventoryOf(ini(`h ansible_ssh_common_args="${args}"\n`)).nodes;
      assert.match(node?.blocked ?? '', /template that only Ansible fills in/, args);
    }
    const [free] = inventoryOf(ini('h ansible_ssh_common_args="-o ControlPath={{ dir }}/x"\n')).nodes;
    assert.equal(free?.blocked, undefined);
  });
});
