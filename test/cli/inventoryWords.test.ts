import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { trustCommand } from '../../cli/inventory/trustCommand.ts';
import { createWorkspace, type Workspace } from './commandLine.ts';

describe('What muster says about inventories', function () {
  let workspace: Workspace;
  before(async () => {
    workspace = await createWorkspace();
    await mkdir(join(workspace.folder, 'dir.inventory.yaml'));
    await mkdir(join(workspace.folder, 'ansible'));
    await workspace.write('ansible/hosts', 'h1\n');
    await workspace.write('ansible/hosts.ini', 'h2\n');
    await workspace.write('w.yaml', 'nodes: { "w[01-20]": { tags: [web] } }\n');
    await workspace.write('odd.yaml', 'nodes: { "my node": }\n');
    await workspace.write('a.inventory.yaml', 'nodes: { a: }\ngroups: { A: { groups: [B] } }\n');
    await workspace.write('b.inventory.yaml', 'nodes: { b: }\ngroups: { B: { nodes: b } }\n');
    await workspace.write(
      'circle.inventory.yaml',
      'nodes: { b: }\ngroups: { B: { nodes: b, groups: [A] } }\n',
    );
  });
  after(() => workspace[Symbol.asyncDispose]());

  const said: readonly [readonly string[], number, RegExp][] = [
    [['nodes', '-i', 'dir.inventory.yaml'], 65, /It is a folder/],
    [['nodes', '-i', 'foo:bar'], 64, /no type "foo" of inventories\. Types are muster, ansible/],
    [['trust', '-i', 'missing'], 65, /missing: There is no such file/],
    [['nodes', '-i', 'odd.yaml'], 65, /A name has no spaces/],
    [['nodes', '-i', 'w.yaml', '--pick', '0'], 0, /A sample of 0 takes none of 20 nodes/],
    [['nodes', '-i', 'w.yaml', '--slice', '50-60'], 0, /The slice 50-60 takes none of 20 nodes/],
    [['nodes', '-i', 'w.yaml', '--on', 'wen'], 64, /Not found: wen\.\n/],
    [['nodes', '-i', 'w.yaml', '--on', 'web'], 64, /did you mean tag:web\?/],
    [['nodes', '-i', 'ansible'], 0, /hosts\.ini It is left out, as Ansible leaves out/],
    [['nodes', '-i', 'command:./x y'], 77, /Allow it with "muster trust -i 'command:\.\/x y'"/],
    [['nodes', '-i', 'a.inventory.yaml'], 65, /There is no group "B"\. Write it under "groups" first/],
  ];
  for (const [args, code, message] of said) {
    it(`${args.join(' ')}: ${message.source}`, async () => {
      const ended = await workspace.muster(args);
      assert.match(ended.err, message);
      assert.equal(ended.code, code);
    });
  }

  it('links groups over inventories that are named together, and tells circles', async () => {
    const both = ['nodes', '-i', 'a.inventory.yaml', '-i'];
    const linked = await workspace.muster([...both, 'b.inventory.yaml', '--on', '@A']);
    assert.match(linked.out, /^b /);
    const circle = await workspace.muster([...both, 'circle.inventory.yaml']);
    assert.match(circle.out, /contains itself: A → B → A/);
  });

  it('names the inventories of the command line, as a shell reads them', () => {
    assert.equal(
      trustCommand(['run', 'x', '-i', "it's", '--inventory=b', '-ic']),
      `muster trust -i 'it'\\''s' -i b -i c`,
    );
    assert.equal(trustCommand(['run', 'x', '--', '-i', 'y', '--data', 'z']), 'muster trust');
  });

  it('names the data folder of the command line: what is allowed elsewhere does not count', () => {
    assert.equal(trustCommand(['play', 'x', '--data', 'my data']), "muster trust --data 'my data'");
    assert.equal(trustCommand(['play', 'x', '--data=d', '-i', 'a']), 'muster trust -i a --data d');
  });
});
