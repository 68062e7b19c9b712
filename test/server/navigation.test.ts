import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  incomingCalls,
  outgoingCalls,
  prepareCallHierarchy,
} from '../../server/service/navigation/callHierarchy.ts';
import { definition, implementation, typeDefinition } from '../../server/service/navigation/definition.ts';
import { documentLinks } from '../../server/service/navigation/documentLinks.ts';
import { outline } from '../../server/service/navigation/outline.ts';
import { documentHighlight, references } from '../../server/service/navigation/references.ts';
import { workspaceSymbols } from '../../server/service/navigation/workspaceSymbols.ts';
import { languageOf } from '../../server/service/languages.ts';
import { prepareRename, rename } from '../../server/service/navigation/rename.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';
import { documentOf } from './cursor.ts';
import { at, type Files, told } from './fleet.ts';

const inventory =
  'nodes:\n  web[1-3]: { tags: [web], vars: { port: 80 } }\n  db: { jump: web1 }\ngroups:\n  front: { nodes: "web[1-2]", vars: { port: 81 } }\n  all_sites: { groups: [front] }\n';
const task = 'params: { service: { type: string } }\nsteps:\n  - run: echo {{ params.service }}\n';
const play = (targets: string, steps: string): string => `targets: "${targets}"\nsteps:\n${steps}`;

function withPlay(targets: string, steps = '  - run: x\n'): Files {
  return {
    'a.inventory.yaml': inventory,
    'p.playbook.yaml': play(targets, steps),
    'restart.task.yaml': task,
  };
}

describe('definition', () => {
  const table: readonly (readonly [title: string, files: Files, places: readonly string[]])[] = [
    ['of a node in a range', withPlay('we|b2'), ['a.inventory.yaml 2:3 "web[1-3]"']],
    ['of a range', withPlay('web[2|-9]'), ['a.inventory.yaml 2:3 "web[1-3]"']],
    ['of a group', withPlay('@fr|ont'), ['a.inventory.yaml 5:3 "front"']],
    ['of a group by its bare name', withPlay('db,fron|t'), ['a.inventory.yaml 5:3 "front"']],
    ['of a tag: wherever it is given', withPlay('tag:w|eb'), ['a.inventory.yaml 2:22 "web"']],
    [
      'of a variable: all that give it, the same file first',
      withPlay('db', '  - set: { port: 1 }\n  - run: echo {{ vars.po|rt }}\n'),
      ['p.playbook.yaml 3:12 "port"', 'a.inventory.yaml 2:36 "port"', 'a.inventory.yaml 5:39 "port"'],
    ],
    [
      'of a step',
      withPlay('db', '  - id: drain\n    run: x\n  - needs: [dra|in]\n    run: y\n'),
      ['p.playbook.yaml 3:9 "drain"'],
    ],
    [
      'of a step in a block scalar',
      withPlay('db', '  - id: drain\n    run: x\n  - run: >\n      a\n      {{ steps.dr|ain.stdout }}\n'),
      ['p.playbook.yaml 3:9 "drain"'],
    ],
    [
      'of a handler',
      withPlay('db', '  - { run: x, notify: re|load }\nhandlers:\n  - { id: reload, run: y }\n'),
      ['p.playbook.yaml 5:11 "reload"'],
    ],
    ['of a task file', withPlay('db', '  - task: ./rest|art.task.yaml\n'), ['restart.task.yaml 1:1 ""']],
    ['of a file that is not there', withPlay('db', '  - task: ./no|ne.task.yaml\n'), []],
    [
      'of a parameter that is given to a task',
      withPlay('db', '  - task: restart.task.yaml\n    with: { serv|ice: x }\n'),
      ['restart.task.yaml 1:11 "service"'],
    ],
    [
      'of a secret',
      { 'p.playbook.yaml': 'secrets: { token: { env: T } }\nsteps:\n  - run: "{{ secret.tok|en }}"\n' },
      ['p.playbook.yaml 1:12 "token"'],
    ],
    [
      'of what a step keeps',
      withPlay('db', '  - { run: x, register: out }\n  - { run: y, when: vars.o|ut.changed }\n'),
      ['p.playbook.yaml 3:25 "out"'],
    ],
    [
      'of a secret and a service of the configuration',
      {
        'x.muster-config.yaml':
          'secrets: { token: { env: T } }\nservices: { cmdb: { baseUrl: "http://x" } }\n',
        'p.playbook.yaml': 'steps:\n  - http: { url: /x, service: cm|db }\n',
      },
      ['x.muster-config.yaml 2:13 "cmdb"'],
    ],
    ['of a script', { ...withPlay('db', '  - script: { file: ./a|.sh }\n'), 'a.sh': '' }, ['a.sh 1:1 ""']],
    ['of nothing', withPlay('db', '  - run: plain te|xt\n'), []],
  ];
  for (const [title, files, places] of table)
    it(title, () => {
      const { document, position, workspace } = at(files);
      assert.deepEqual(told(definition(document, position, workspace), workspace), places);
    });

  it('leads to where the engine found what no file of ours has', () => {
    const { document, position, workspace } = at(withPlay('o|ld'));
    const range = { start: 10, end: 13, line: 4, column: 2 };
    const node = { ...[...workspace.inventory.nodes.values()][0], name: 'old' };
    const known = { ...node, origin: { source: '/etc/hosts.ini', range } } as never;
    const nodes = new Map([...workspace.inventory.nodes, ['old', known]]);
    const found = definition(document, position, {
      ...workspace,
      inventory: { ...workspace.inventory, nodes },
    });
    const start = { line: 3, character: 1 };
    assert.deepEqual(found, [{ uri: 'file:///etc/hosts.ini', range: { start, end: start } }]);
  });
});

describe('type definition and implementation', () => {
  it('lead from a node to its groups', () => {
    const { document, position, workspace } = at(withPlay('we|b2'));
    assert.deepEqual(told(typeDefinition(document, position, workspace), workspace), [
      'a.inventory.yaml 5:3 "front"',
    ]);
  });

  it('lead from a range or a glob to the groups of its nodes, and from a group to those around it', () => {
    for (const [targets, group] of [
      ['web[1|-3]', 'a.inventory.yaml 5:3 "front"'],
      ['w|eb*', 'a.inventory.yaml 5:3 "front"'],
      ['@fro|nt', 'a.inventory.yaml 6:3 "all_sites"'],
    ] as const) {
      const { document, position, workspace } = at(withPlay(targets));
      assert.deepEqual(told(typeDefinition(document, position, workspace), workspace), [group]);
    }
  });

  it('lead from a tag to its nodes, and from a handler to itself', () => {
    const tag = at(withPlay('tag:w|eb'));
    assert.deepEqual(told(implementation(tag.document, tag.position, tag.workspace), tag.workspace), [
      'a.inventory.yaml 2:3 "web[1-3]"',
    ]);
    const handler = at(
      withPlay('db', '  - { run: x, notify: a|gain }\nhandlers:\n  - { id: again, run: y }\n'),
    );
    assert.deepEqual(
      told(implementation(handler.document, handler.position, handler.workspace), handler.workspace),
      ['p.playbook.yaml 5:11 "again"'],
    );
  });

  it('lead from a group to its nodes, a range once', () => {
    const { document, position, workspace } = at(withPlay('@all_|sites'));
    assert.deepEqual(told(implementation(document, position, workspace), workspace), [
      'a.inventory.yaml 2:3 "web[1-3]"',
    ]);
  });

  it('lead from a task to its steps', () => {
    const { document, position, workspace } = at(withPlay('db', '  - task: ./re|start.task.yaml\n'));
    assert.deepEqual(told(implementation(document, position, workspace), workspace), [
      'restart.task.yaml 2:1 "steps"',
    ]);
  });
});

describe('references', () => {
  const table: readonly (readonly [title: string, files: Files, places: readonly string[]])[] = [
    [
      'of a node, ranges and globs among them',
      { ...withPlay('web*,web2'), 'a.inventory.yaml': inventory.replace('jump: web1', 'jump: we|b1') },
      [
        'a.inventory.yaml 2:3 "web[1-3]"',
        'a.inventory.yaml 3:15 "web1"',
        'a.inventory.yaml 5:20 "web[1-2]"',
        'p.playbook.yaml 1:11 "web*"',
      ],
    ],
    [
      'of a variable that only two playbooks have, each of its own',
      {
        'a.playbook.yaml': 'vars: { x: 1 }\nsteps:\n  - run: "{{ vars.|x }}"\n',
        'b.playbook.yaml': 'vars: { x: 1 }\nsteps:\n  - run: "{{ vars.x }}"\n',
      },
      ['a.playbook.yaml 1:9 "x"', 'a.playbook.yaml 3:19 "x"'],
    ],
    [
      'of a variable in the tasks that a playbook uses',
      {
        'a.playbook.yaml': 'vars: { |x: 1 }\nsteps:\n  - task: t.task.yaml\n',
        't.task.yaml': 'steps:\n  - run: "{{ vars.x }}"\n',
      },
      ['a.playbook.yaml 1:9 "x"', 't.task.yaml 2:19 "x"'],
    ],
    [
      'of a parameter, where it is given too',
      {
        ...withPlay('db', '  - task: restart.task.yaml\n    with: { service: x }\n'),
        'restart.task.yaml': task.replace('{ service', '{ serv|ice'),
      },
      [
        'restart.task.yaml 1:11 "service"',
        'p.playbook.yaml 4:13 "service"',
        'restart.task.yaml 3:25 "service"',
      ],
    ],
    [
      'of a secret of the configuration, where no playbook has one of its own',
      {
        'x.muster-config.yaml':
          'secrets: { to|ken: { env: T } }\nservices: { s: { baseUrl: "http://x", headers: { A: "{{ secret.token }}" } } }\n',
        'a.playbook.yaml': 'steps:\n  - run: "{{ secret.token }}"\n',
        'b.playbook.yaml': 'secrets: { token: { env: U } }\nsteps:\n  - run: "{{ secret.token }}"\n',
      },
      [
        'x.muster-config.yaml 1:12 "token"',
        'x.muster-config.yaml 2:64 "token"',
        'a.playbook.yaml 2:21 "token"',
      ],
    ],
  ];
  for (const [title, files, places] of table)
    it(title, () => {
      const { document, position, workspace } = at(files);
      const found = references(document, { position, declarations: 'included' }, workspace);
      assert.deepEqual(told(found, workspace), places);
    });

  it('come without declarations where nobody asks for them', () => {
    const { document, position, workspace } = at(withPlay('@fr|ont'));
    const found = references(document, { position, declarations: 'left out' }, workspace);
    assert.deepEqual(told(found, workspace), [
      'a.inventory.yaml 6:25 "front"',
      'p.playbook.yaml 1:12 "front"',
    ]);
  });

  it('are highlighted in the document: where it comes from, and where it is used', () => {
    const { document, position, workspace } = at({
      'a.inventory.yaml': inventory.replace('[front', '[fr|ont'),
    });
    const marks = documentHighlight(document, position, workspace);
    assert.deepEqual(
      marks?.map(({ kind, range }) => [kind, range.start.line]),
      [
        [3, 4],
        [2, 5],
      ],
    );
  });
});

describe("finding one's way in any text", () => {
  const whole = {
    ...withPlay(
      '@front,web[1-2] !tag:web',
      '  - id: a\n    run: |\n      {{ vars.port }}\n  - needs: [a]\n    task: t.task.yaml\n    with: { x: 1 }\n',
    ),
  };
  const noise = fc.constantFrom(
    '"',
    "'",
    '[',
    '{',
    '{{',
    '}}',
    '\n',
    '  ',
    '- ',
    ': ',
    '&x ',
    '*x',
    '<<: ',
    '\t',
    '#',
    '\u0000',
    '---\n',
    '!',
    '|',
  );

  it('never fails, however broken it is', () => {
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(20), noise), { maxLength: 8 });
    fc.assert(
      fc.property(
        edits,
        fc.constantFrom('a.inventory.yaml', 'p.playbook.yaml'),
        fc.nat(),
        (list, name, place) => {
          let text = whole[name] ?? '';
          for (const [start, removed, added] of list) {
            const from = start % (text.length + 1);
            text = text.slice(0, from) + added + text.slice(from + removed);
          }
          const uri = `file:///fleet/${name}`;
          const document = documentOf(text, languageOf(uri) ?? '', uri);
          const task = documentOf('steps: []\n', 'muster-task', 'file:///fleet/t.task.yaml');
          const workspace = workspaceOf({ files: [indexed(document), indexed(task)] });
          const position = document.document.positionAt(place % (text.length + 1));
          for (const find of [definition, typeDefinition, implementation, documentHighlight, prepareRename])
            find(document, position, workspace);
          references(document, { position, declarations: 'included' }, workspace);
          rename(document, { position, newName: 'other' }, workspace);
          documentLinks(document, workspace);
          outline(document);
          workspaceSymbols('', workspace);
          for (const item of prepareCallHierarchy(document, position, workspace) ?? []) {
            incomingCalls(item, workspace);
            outgoingCalls(item, workspace);
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the call hierarchy', () => {
  const steps =
    '  - { id: drain, run: x }\n  - { id: install, needs: [drain], run: y, notify: reload }\n  - task: ./restart.task.yaml\n    needs: install\nhandlers:\n  - { id: reload, run: z }\n';

  it('knows what a step needs and notifies, and who needs it', () => {
    const { document, position, workspace } = at(
      withPlay('db', steps.replace('id: install', 'id: inst|all')),
    );
    const [item] = prepareCallHierarchy(document, position, workspace) ?? [];
    assert.ok(item);
    assert.equal(item.name, 'install');
    assert.deepEqual(
      outgoingCalls(item, workspace).map(({ to }) => to.name),
      ['drain', 'reload'],
    );
    const incoming = incomingCalls(item, workspace);
    assert.deepEqual(
      incoming.map(({ from, fromRanges }) => [from.name, fromRanges[0]?.start.line]),
      [['task: ./restart.task.yaml', 5]],
    );
  });

  it('knows the files that a playbook runs, and who runs a task', () => {
    const { document, position, workspace } = at(withPlay('d|b', steps));
    const [file] = prepareCallHierarchy(document, position, workspace) ?? [];
    assert.ok(file);
    const [call] = outgoingCalls(file, workspace);
    assert.equal(call?.to.name, 'restart.task.yaml');
    assert.deepEqual(
      incomingCalls(call.to, workspace).map(({ from }) => from.name),
      ['task: ./restart.task.yaml'],
    );
  });
});
