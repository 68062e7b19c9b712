import assert from 'node:assert/strict';
import { createWorkspace, type Workspace } from './commandLine.ts';

describe('muster nodes and nodeset', function () {
  let workspace: Workspace;
  before(async () => {
    workspace = await createWorkspace();
    await workspace.write(
      'site.yaml',
      [
        'version: 1',
        'nodes:',
        '  web[1-2]: { user: deploy, tags: [web, prod] }',
        '  db1: { host: 10.0.0.5, port: 2222 }',
        '  six: { host: "2001:db8::6", port: 2222 }',
        'groups: { site: { groups: [front] }, front: { nodes: "web[1-2]" } }',
      ].join('\n'),
    );
  });
  after(() => workspace[Symbol.asyncDispose]());

  it('shows a value of an ssh configuration once, and has the whole command of trust for programs too', async () => {
    await workspace.write('ssh.conf', 'Host plain\n  HostName 10.0.0.9\n  Port 2233\n');
    const { out } = await workspace.muster(['nodes', 'show', 'plain', '-i', 'ssh-config:ssh.conf']);
    assert.match(out, /port = 2233/);
    assert.doesNotMatch(out, /not 2233/);
    await workspace.write('here.yaml', 'version: 1\nnodes: { here: { transport: local } }\n');
    const args = ['run', 'true', '--on', 'here', '-i', 'here.yaml', '--output', 'json'];
    const refused = await workspace.muster(args);
    assert.equal(refused.code, 77);
    assert.match(JSON.parse(refused.out).error.message, /run "muster trust -i here\.yaml"/);
  });

  it('lists names, addresses, tags and groups', async () => {
    const { code, out } = await workspace.muster(['nodes', '-i', 'site.yaml']);
    assert.equal(code, 0);
    assert.deepEqual(
      out
        .trimEnd()
        .split('\n')
        .map((line) => line.split(/ {2,}/)),
      [
        ['web1', 'deploy@web1', 'web,prod', '@site,@front'],
        ['web2', 'deploy@web2', 'web,prod', '@site,@front'],
        ['db1', '10.0.0.5:2222', '-', '-'],
        ['six', '[2001:db8::6]:2222', '-', '-'],
      ],
    );
  });

  it('shows a node with an address that can be read back, or where to find its name', async () => {
    const six = await workspace.muster(['nodes', 'show', 'six', '-i', 'site.yaml']);
    assert.match(six.out, /^six {2}ssh \[2001:db8::6\]:2222\n/);
    const near = await workspace.muster(['nodes', 'show', 'web9', '-i', 'site.yaml']);
    assert.match(near.err, /There is no node web9\. Did you mean web1\?/);
    const far = await workspace.muster(['nodes', 'show', 'elsewhere', '-i', 'site.yaml']);
    assert.match(far.err, /There is no node elsewhere\. "muster nodes" lists those that there are\./);
  });

  it('lists a selection as json', async () => {
    const { out } = await workspace.muster(['nodes', '-i', 'site.yaml', '--on', '@site !web1', '--json']);
    assert.deepEqual(JSON.parse(out), {
      version: 1,
      nodes: [
        {
          name: 'web2',
          transport: 'ssh',
          host: 'web2',
          port: 22,
          user: 'deploy',
          tags: ['web', 'prod'],
          groups: ['site', 'front'],
        },
      ],
    });
  });

  const calculations: readonly (readonly [readonly string[], string])[] = [
    [['fold', 'web01', 'web03', 'web02'], 'web[01-03]'],
    [['expand', 'web[01-04]!web03'], 'web01 web02 web04'],
    [['count', '-'], '3'],
  ];
  for (const [args, expected] of calculations) {
    it(`calculates ${args.join(' ')}`, async () => {
      const { code, out, err } = await workspace.muster(['nodeset', ...args], { input: 'a1\na2 a3\n' });
      assert.equal(code, 0, err);
      assert.equal(out, `${expected}\n`);
    });
  }

  it('answers a broken node set with 1', async () => {
    const { code, err } = await workspace.muster(['nodeset', 'fold', 'web[1']);
    assert.equal(code, 1);
    assert.match(err, /not closed/);
  });

  it('prints version and help', async () => {
    assert.match((await workspace.muster(['--version'])).out, /^\d+\.\d+\.\d+\n$/);
    const help = await workspace.muster(['run', '--help']);
    assert.equal(help.code, 0);
    assert.match(help.out, /--on <selection>/);
  });
});
