import assert from 'node:assert/strict';
import { snapshotOf } from '../../server/service/snapshot.ts';
import { indexed, type Workspace, workspaceOf } from '../../server/service/workspace.ts';
import { documentOf } from './cursor.ts';

const connection = { transport: 'ssh', host: 'h', port: 22, jump: [], identityFiles: [], auth: [] };

/** What the host sends: nodes by the sources that they are from. */
function snapshotWith(nodes: Readonly<Record<string, readonly string[]>>, group: readonly string[] = []) {
  return snapshotOf({
    nodes: Object.entries(nodes).map(([name, sources]) => ({
      name,
      tags: [],
      vars: {},
      facts: {},
      connection,
      origin: { source: sources[0] ?? '' },
      sources: [...sources],
    })),
    groups: [
      {
        name: 'mixed',
        nodes: [...group],
        groups: [],
        tags: [],
        vars: {},
        origin: { source: '' },
        sources: ['/etc/hosts.ini'],
      },
    ],
    sources: [],
  });
}

/** Nodes that count for a file. */
function nodesFor(file: string, workspace: Workspace): readonly string[] {
  return [...workspace.near(file).inventory.nodes.keys()].toSorted();
}

const folders = ['file:///w/a', 'file:///w/b', 'file:///w/my%20site'];

describe('what the host knows of other sources', () => {
  it('counts in the folder of the window that a source is in, and elsewhere where that is in none', () => {
    const nodes = {
      ofA: ['/w/a/hosts.ini'],
      ofB: ['/w/b/hosts.ini', '/w/b/more.ini'],
      ofSite: ['/w/my site/hosts.ini'],
      ofBoth: ['/w/a/hosts.ini', '/w/b/hosts.ini'],
      fromHome: ['/home/me/.ssh/config'],
    };
    const snapshot = snapshotWith(nodes, Object.keys(nodes));
    const workspace = workspaceOf({ files: [], snapshot, folders });
    assert.deepEqual(nodesFor('file:///w/a/x/p.playbook.yaml', workspace), ['fromHome', 'ofA', 'ofBoth']);
    assert.deepEqual(nodesFor('file:///w/b/p.playbook.yaml', workspace), ['fromHome', 'ofB', 'ofBoth']);
    assert.deepEqual(nodesFor('file:///w/my%20site/p.playbook.yaml', workspace), ['fromHome', 'ofSite']);
    assert.deepEqual(nodesFor('file:///elsewhere/p.playbook.yaml', workspace), ['fromHome']);
    assert.equal(workspace.inventory.nodes.size, 5);
    const { inventory } = workspace.near('file:///w/b/p.playbook.yaml');
    assert.deepEqual(inventory.members('mixed').toSorted(), ['fromHome', 'ofB', 'ofBoth']);
    assert.equal(workspace.near('file:///w/b/p'), workspace.near('file:///w/b/q'));
  });

  it('counts where the inventory does that names the source', () => {
    const files = [
      [
        'file:///w/a/one/.muster/inventory.yaml',
        'sources: [{ type: command, run: ./nodes.sh }]\nnodes: { one: }\n',
      ],
      [
        'file:///w/a/two/.muster/inventory.yaml',
        'sources: [{ type: ansible, path: ../../hosts.ini }]\nnodes: { two: }\n',
      ],
    ].map(([uri = '', text = '']) => indexed(documentOf(text, 'muster-inventory', uri)));
    const snapshot = snapshotWith({ printed: ['./nodes.sh'], listed: ['/w/a/hosts.ini'] });
    const workspace = workspaceOf({ files, snapshot, folders });
    assert.deepEqual(nodesFor('file:///w/a/one/p.playbook.yaml', workspace), ['one', 'printed']);
    assert.deepEqual(nodesFor('file:///w/a/two/p.playbook.yaml', workspace), ['listed', 'two']);
    assert.deepEqual(nodesFor('file:///w/a/p.playbook.yaml', workspace), ['listed', 'one', 'printed', 'two']);
    assert.equal(workspace.near('file:///w/a/one/p').isClosed, false);
  });
});
