import assert from 'node:assert/strict';
import { stepAround } from '../../server/service/facts.ts';
import { languageOf } from '../../server/service/languages.ts';
import type { SymbolQuery } from '../../server/service/symbols.ts';
import {
  canonicalUri,
  folderOf,
  isInside,
  nameOf,
  relativePath,
  resolveUri,
} from '../../server/service/uris.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';
import { documentOf } from './cursor.ts';
import { emptyWorkspace } from './diagnose.ts';

const fleet =
  'nodes:\n  web[1-3]: { tags: [web] }\n  db: { vars: { port: 1 } }\ngroups:\n  front: { nodes: "web[1-2]" }\n';
const play =
  'targets: "web2 @front tag:web"\nsteps:\n  - { id: a, run: "{{ vars.port }}" }\n  - { needs: a, run: x }\n';

function workspace(extra = '') {
  return workspaceOf({
    files: [
      indexed(documentOf(fleet + extra, 'muster-inventory', 'file:///w/one.inventory.yaml')),
      indexed(
        documentOf(
          play.replace(' @', ',@').replace(' tag', ',tag'),
          'muster-playbook',
          'file:///w/p.playbook.yaml',
        ),
      ),
      indexed(documentOf('nodes: { other: }\n', 'muster-inventory', 'file:///w/two.inventory.yaml')),
    ],
  });
}

describe('the workspace', () => {
  it('merges all inventories', () => {
    const { inventory, isClosed } = workspace();
    assert.deepEqual([...inventory.nodes.keys()], ['web1', 'web2', 'web3', 'db', 'other']);
    assert.deepEqual(inventory.members('front'), ['web1', 'web2']);
    assert.equal(isClosed, true);
  });

  it('has for a file the inventories of the nearest folder with some, and what these name', () => {
    const inventories = {
      'a/one.inventory.yaml':
        'nodes: { a1: }\nsources: [{ type: muster, path: ../c/three.inventory.yaml }]\n',
      'b/.muster/inventory.yaml': 'nodes: { b1: }\n',
      'c/three.inventory.yaml': 'nodes: { c1: }\n',
    };
    const files = Object.entries(inventories).map(([path, text]) =>
      indexed(documentOf(text, 'muster-inventory', `file:///w/${path}`)),
    );
    const all = workspaceOf({ files });
    const nodesNear = (path: string): readonly string[] => [
      ...all.near(`file:///w/${path}`).inventory.nodes.keys(),
    ];
    assert.deepEqual(nodesNear('a/plays/p.playbook.yaml'), ['a1', 'c1']);
    assert.deepEqual(nodesNear('b/p.playbook.yaml'), ['b1']);
    assert.deepEqual(nodesNear('b/.muster/inventory.yaml'), ['b1']);
    assert.deepEqual(nodesNear('plays/p.playbook.yaml'), ['a1', 'b1', 'c1']);
    assert.equal(all.near('file:///w/b/p.playbook.yaml'), all.near('file:///w/b/q.playbook.yaml'));
    assert.equal(all.near('file:///w/b/p.playbook.yaml').isClosed, true);
  });

  it('has all inventories for every file where what is started runs on all of them', () => {
    const files = ['a', 'b'].map((folder) =>
      indexed(
        documentOf(`nodes: { ${folder}1: }\n`, 'muster-inventory', `file:///w/${folder}/x.inventory.yaml`),
      ),
    );
    const near = (isTogether: boolean): readonly string[] => [
      ...workspaceOf({ files, isTogether }).near('file:///w/a/p.playbook.yaml').inventory.nodes.keys(),
    ];
    assert.deepEqual(near(true), ['a1', 'b1']);
    assert.deepEqual(near(false), ['a1']);
  });

  it('is open while a source is not known or an inventory can not be read', () => {
    assert.equal(workspace('sources: [{ type: command, run: ./nodes.sh }]\n').isClosed, false);
    assert.equal(workspace('tags: "open\n').isClosed, false);
    assert.equal(emptyWorkspace.isClosed, false);
  });

  const table: readonly (readonly [title: string, query: SymbolQuery, places: readonly string[]])[] = [
    [
      'finds a node in ranges too',
      { kinds: ['node'], name: 'web2' },
      ['one 1:2 declaration', 'one 4:19 reference', 'p 0:10 reference'],
    ],
    ['finds a group', { kinds: ['group'], name: 'front' }, ['one 4:2 declaration', 'p 0:16 reference']],
    ['finds a tag', { kinds: ['tag'], name: 'web' }, ['one 1:21 declaration', 'p 0:26 reference']],
    ['finds a variable', { kinds: ['var'], name: 'port' }, ['one 2:16 declaration', 'p 2:27 reference']],
    [
      'finds a step in its own file only',
      { kinds: ['step'], name: 'a', scope: 'file:///w/p.playbook.yaml' },
      ['p 2:10 declaration', 'p 3:13 reference'],
    ],
    ['finds no step of another file', { kinds: ['step'], name: 'a', scope: 'file:///w/x.playbook.yaml' }, []],
  ];
  for (const [title, query, places] of table)
    it(title, () => {
      const found = workspace().symbols.occurrences(query);
      const told = found.map(
        ({ uri, range: { start }, role }) =>
          `${nameOf(uri).split('.')[0]} ${start.line}:${start.character} ${role}`,
      );
      assert.deepEqual(told, places);
    });

  it('knows the innermost step around a place', () => {
    assert.deepEqual(stepAround(['steps', 0, 'block', 2, 'run']), ['steps', 0, 'block', 2]);
    assert.equal(stepAround(['vars', 'x']), undefined);
  });
});

describe('URIs', () => {
  it('have one form for one file', () => {
    assert.equal(canonicalUri('file:///c:/a b/./x/../y.yaml'), 'file:///c%3A/a%20b/y.yaml');
    assert.equal(canonicalUri('file:///c%3A/a%20b/y.yaml'), 'file:///c%3A/a%20b/y.yaml');
    assert.equal(canonicalUri('untitled:Untitled-1'), 'untitled:Untitled-1');
  });

  it('are made of paths from the folder of a file, which may lead out of it', () => {
    assert.equal(resolveUri('file:///a/b/c.yaml', '../d e.yaml'), 'file:///a/d%20e.yaml');
    assert.equal(resolveUri('file:///a/b/c.yaml', '/d.yaml'), 'file:///d.yaml');
    assert.equal(resolveUri('file:///a/c.yaml', '../../../d.yaml'), 'file:///d.yaml');
    assert.equal(resolveUri('file:///a/c.yaml', '~/d.yaml'), undefined);
    assert.equal(resolveUri('file:///a/c.yaml', '{{ params.file }}'), undefined);
  });

  it('are written as paths again', () => {
    assert.equal(relativePath('file:///a/b/c.yaml', 'file:///a/b/d.yaml'), './d.yaml');
    assert.equal(relativePath('file:///a/b/c.yaml', 'file:///a/x%20y/d.yaml'), '../x y/d.yaml');
  });

  it('know their folder', () => {
    assert.equal(folderOf('file:///a/b.yaml'), 'file:///a');
    assert.equal(isInside('file:///a/b.yaml', 'file:///a'), true);
    assert.equal(isInside('file:///ab/b.yaml', 'file:///a'), false);
  });

  it('say of which language a file is', () => {
    const languages = ['a/x.playbook.yaml', 'a/.muster/inventory.yaml', 'a/.muster/config.yaml', 'a/x.yaml'];
    assert.deepEqual(
      languages.map((path) => languageOf(`file:///${path}`)),
      ['muster-playbook', 'muster-inventory', 'muster-config', undefined],
    );
  });
});
