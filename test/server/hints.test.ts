import assert from 'node:assert/strict';
import { codeLenses } from '../../server/service/hints/codeLenses.ts';
import { inlayHints } from '../../server/service/hints/inlayHints.ts';
import { foldingRanges } from '../../server/service/structure/folding.ts';
import { selectionRanges } from '../../server/service/structure/selectionRanges.ts';
import { indexed, workspaceOf } from '../../server/service/workspace.ts';
import { atCursor, documentOf } from './cursor.ts';
import { emptyWorkspace } from './diagnose.ts';

const fleet = documentOf(
  'nodes:\n  web[01-12]: { tags: [prod] }\n  db01:\ngroups:\n  front: "web[01-02],db01"\ntags:\n  canary: web01\n',
  'muster-inventory',
  'file:///w/.muster/inventory.yaml',
);
const everything = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

function playbook(text: string) {
  const opened = documentOf(text, 'muster-playbook', 'file:///w/a.playbook.yaml');
  return { opened, workspace: workspaceOf({ files: [fleet, opened].map(indexed) }) };
}

describe('code lenses of an inventory', () => {
  const lenses = (text: string) => {
    const opened = documentOf(text, 'muster-inventory', 'file:///w/.muster/inventory.yaml');
    return codeLenses(opened, workspaceOf({ files: [indexed(opened)] })).map(({ range, command }) => {
      const [meant] = (command?.arguments ?? []) as { on: string; uri: string }[];
      assert.equal(meant?.uri, opened.document.uri);
      return `${range.start.line} ${command?.title} ${command?.command.replace('muster.', '')} ${meant.on}`;
    });
  };

  it('run on the nodes of a group or tag, ask them for an answer, and connect to a node', () => {
    assert.deepEqual(
      lenses('nodes:\n  web[1-3]:\n  db: { tags: prod }\ngroups:\n  front: web[1-2]\n  none:\n'),
      [
        '1 Run on 3 nodes… runOnItem web[1-3]',
        '1 Check Reachability checkReachability web[1-3]',
        '2 Run… runOnItem db',
        '2 Check Reachability checkReachability db',
        '2 Connect openTerminal db',
        '4 Run on 2 nodes… runOnItem @front',
        '4 Check Reachability checkReachability @front',
      ],
    );
    assert.deepEqual(
      lenses('nodes: { web: , db: }\ngroups: { web: [web, db] }\ntags: { late: db }\n').slice(-4),
      [
        '1 Run on 2 nodes… runOnItem @web',
        '1 Check Reachability checkReachability @web',
        '2 Run… runOnItem tag:late',
        '2 Check Reachability checkReachability tag:late',
      ],
    );
    assert.deepEqual(lenses('nodes: { web: }\ngroups: { web: web }\n')[0], '0 Run… runOnItem node:web');
  });

  it('stand above nodes only where these are few', () => {
    const many = Array.from({ length: 9 }, (_, at) => `  n${at}:\n`).join('');
    assert.deepEqual(lenses(`nodes:\n${many}groups:\n  all3: n[0-2]\n`).length, 2);
  });

  it('are also right in a file that is half typed', () => {
    assert.deepEqual(lenses('nodes:\n  db:\ngroups:\n  front: [db\n').length, 5);
  });
});

describe('inlay hints', () => {
  const hints = (text: string) => {
    const { opened, workspace } = playbook(text);
    return inlayHints(opened, everything, workspace).map(
      ({ position, label }) => `${position.line}:${position.character} ${JSON.stringify(label).slice(1, -1)}`,
    );
  };

  it('count the nodes behind targets', () => {
    assert.deepEqual(hints('targets: tag:prod !web01\nsteps: []\n'), ['0:24 11 nodes']);
    assert.deepEqual(hints('targets: "@front & db01"\n'), ['0:24 1 node']);
    assert.deepEqual(hints('targets: db01 & web01\n'), ['0:21 no nodes']);
  });

  it('say nothing where an expression can not be read or names what is not there', () => {
    assert.deepEqual(hints('targets: web01 &\n'), []);
    assert.deepEqual(hints('targets: nobody\n'), []);
    const { opened } = playbook('targets: tag:prod\n');
    assert.deepEqual(inlayHints(opened, everything, emptyWorkspace), []);
  });

  it('count ranges, groups and tags of an inventory', () => {
    const { workspace } = playbook('targets: all\n');
    const found = inlayHints(fleet, everything, workspace).map(
      ({ position, label }) => `${position.line}:${position.character} ${JSON.stringify(label).slice(1, -1)}`,
    );
    assert.deepEqual(found, ['1:13 12 nodes', '4:8 3 nodes', '6:9 1 node']);
  });

  it('say how many nodes each wave has', () => {
    const waves = (sizes: string) =>
      hints(`targets: tag:prod\nstrategy: { mode: rolling, waves: ${sizes} }\n`).slice(1);
    assert.deepEqual(waves('[1, 10%, 50%]'), ['1:47 1, 2, 6, 3 nodes']);
    assert.deepEqual(waves('[1]'), ['1:37 1, 1, 1, 1, 1, 1, 1, 1 … nodes']);
    assert.deepEqual(waves('[1, x]'), []);
    assert.deepEqual(hints('strategy: { waves: [1] }\n'), []);
  });

  it('show the timeout that a step has from its playbook, wherever the step stands', () => {
    const text = [
      'timeout: 5m',
      'steps:',
      '  - run: a',
      '  - run: b',
      '    timeout: 1s',
      '  - block:',
      '      - copy: { from: a, to: b }',
      '    rescue:',
      '      - http: { url: x }',
      '  - task: ./a.task.yaml',
      '  - pause: a',
      'handlers: [{ id: h, run: x }]',
      'finally:',
      '  - wait:',
      '      port: 1',
      '',
    ].join('\n');
    const told = ['2:10', '6:32', '8:24', '11:29', '13:9'].map((place) => `${place} timeout 5m`);
    assert.deepEqual(hints(text), told);
  });

  it('show what a playbook has from the configuration nearest to it, and does not write', () => {
    const config = (path: string, text: string) => documentOf(text, 'muster-config', `file:///w/${path}`);
    const near = config(
      '.muster/config.yaml',
      'defaults: { timeout: 2m, concurrency: 20 }\nactions: { playbook: { timeout: 9m } }\n',
    );
    const other = config('sub/.muster/config.yaml', 'defaults: { timeout: 1m, concurrency: 1 }\n');
    const told = (text: string) => {
      const opened = documentOf(text, 'muster-playbook', 'file:///w/a.playbook.yaml');
      const workspace = workspaceOf({ files: [near, other, opened].map(indexed) });
      return inlayHints(opened, everything, workspace).map(({ position, label, data }) => [
        position.line,
        label,
        data.category,
      ]);
    };
    assert.deepEqual(told('targets: all\nsteps:\n  - run: a\n'), [
      [0, '20 at once', 'inherited'],
      [2, 'timeout 9m', 'inherited'],
    ]);
    assert.deepEqual(told('targets: all\nstrategy:\n  mode: parallel\n'), [[1, '20 at once', 'inherited']]);
    assert.deepEqual(told('targets: all\nstrategy: { concurrency: 3 }\n'), []);
    assert.deepEqual(told('targets: all\nstrategy: { mode: sequential }\n'), []);
    assert.deepEqual(told('timeout: 5m\nsteps: [{ run: a }]\n'), [[1, 'timeout 5m', 'inherited']]);
  });

  it('are those of the lines that are asked for', () => {
    const { opened, workspace } = playbook('targets: tag:prod\n');
    const below = { start: { line: 1, character: 0 }, end: { line: 2, character: 0 } };
    assert.deepEqual(inlayHints(opened, below, workspace), []);
  });
});

describe('code lenses', () => {
  const lenses = (text: string) => {
    const { opened, workspace } = playbook(text);
    return codeLenses(opened, workspace).map(({ range, command }) => [
      range.start.line,
      command?.title,
      ...(command?.arguments ?? []).slice(1),
    ]);
  };

  it('run a playbook, with how many nodes that are', () => {
    const text = 'name: x\ntargets: tag:prod\nsteps:\n  - id: a\n    run: x\n';
    assert.deepEqual(lenses(text), [
      [0, 'Run on 12 nodes', {}],
      [0, 'Dry Run', { dryRun: true }],
      [0, 'Dry Run on Nodes', { dryRunOnNodes: true }],
      [0, 'Run on Ticked Nodes', { onTicked: true }],
      [3, 'Run Only This Step', { only: 'a' }],
    ]);
  });

  it('do a step alone that has an id and is in no other, where nothing has to be given first', () => {
    const steps =
      'steps:\n  - run: x\n  - name: B\n    id: b\n    block: [{ id: c, run: x }]\nfinally: [{ id: d, run: x }]\n';
    const single = (text: string) => lenses(text).filter(([, title]) => title === 'Run Only This Step');
    assert.deepEqual(single(`targets: all\n${steps}`), [[3, 'Run Only This Step', { only: 'b' }]]);
    assert.deepEqual(single(`targets: all\nparams: { p: { required: true } }\n${steps}`), []);
    assert.deepEqual(single(`targets: all\nsecrets: { s: { ask: Which? } }\n${steps}`), []);
    assert.equal(single(`targets: all\nparams: { p: { default: 1 } }\n${steps}`).length, 1);
  });

  it('do not promise a number of nodes that is not known', () => {
    assert.deepEqual(lenses('targets: nobody\n')[0], [0, 'Run', {}]);
    assert.deepEqual(lenses('steps:\n  - run: x\n'), [[0, 'Run on Ticked Nodes', { onTicked: true }]]);
    assert.deepEqual(lenses('{}\n'), []);
  });

  it('are there for tasks, and not for configurations', () => {
    const task = documentOf('steps:\n  - id: a\n    run: x\n', 'muster-task', 'file:///w/a.task.yaml');
    assert.deepEqual(
      codeLenses(task, emptyWorkspace).map(({ command }) => command?.title),
      ['Run on Ticked Nodes'],
    );
    assert.deepEqual(codeLenses(documentOf('vars: { a: 1 }\n', 'muster-config'), emptyWorkspace), []);
  });
});

describe('folding', () => {
  const folds = (text: string) =>
    foldingRanges(documentOf(text, 'muster-playbook').document).map(({ startLine, endLine, kind }) => [
      startLine,
      endLine,
      ...(kind ? [kind] : []),
    ]);

  it('follows indentation, lists at the column of their key too', () => {
    assert.deepEqual(
      folds(
        'steps:\n  - id: a\n    run: |\n      x\n\n      y\n  - run: b\n\nhandlers:\n- run: x\n  id: y\n',
      ),
      [
        [0, 6],
        [1, 5],
        [2, 5],
        [8, 10],
        [9, 10],
      ],
    );
  });

  it('folds comments of several lines, and regions', () => {
    assert.deepEqual(folds('# one\n# two\na: 1\n# region x\nb: 2\n# endregion\n# alone\n'), [
      [0, 1, 'comment'],
      [3, 5, 'region'],
    ]);
  });
});

describe('selection ranges', () => {
  it('grow from the word to its text, its entry, the step, the list and the file', () => {
    const { inventory, position } = atCursor(
      'steps:\n  - id: a\n    run: echo he|llo\n  - run: b\nname: x\n',
      { language: 'muster-playbook' },
    );
    const texts: string[] = [];
    for (let at = selectionRanges(inventory, [position])[0]; at; at = at.parent)
      texts.push(inventory.document.getText(at.range));
    assert.deepEqual(texts, [
      'hello',
      'echo hello',
      'run: echo hello',
      'id: a\n    run: echo hello',
      '- id: a\n    run: echo hello\n  - run: b',
      'steps:\n  - id: a\n    run: echo hello\n  - run: b',
      inventory.document.getText(),
    ]);
  });

  it('answer in a document with nothing in it', () => {
    const { inventory, position } = atCursor('|', { language: 'muster-playbook' });
    assert.equal(selectionRanges(inventory, [position]).length, 1);
  });
});
