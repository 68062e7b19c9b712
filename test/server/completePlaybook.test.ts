import assert from 'node:assert/strict';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { hasErrors } from '../../core/util/problem.ts';
import { completion, resolveCompletion } from '../../server/service/completion/completion.ts';
import { withoutSnippets } from '../../server/service/completion/plain.ts';
import { type AtCursor, atCursor, documentOf, expanded } from './cursor.ts';
import { emptyWorkspace } from './diagnose.ts';

const fleet = documentOf(
  [
    'nodes:',
    '  web[01-12]: { tags: [web, prod], vars: { http_port: 8080 } }',
    '  db01: { tags: [db, prod] }',
    'groups:',
    '  frontend: { nodes: "web[01-10]", vars: { role: front } }',
    '',
  ].join('\n'),
  'muster-inventory',
  'file:///w/.muster/inventory.yaml',
);
const restart = documentOf(
  'params:\n  service: { type: string, required: true, description: What restarts }\nsteps:\n  - run: x\n',
  'muster-task',
  'file:///w/tasks/restart.task.yaml',
);

function playbookAt(text: string, language = 'muster-playbook'): AtCursor {
  return atCursor(text, { language, others: [fleet, restart], uri: 'file:///w/deploy.playbook.yaml' });
}

function labelsAt(text: string): readonly string[] {
  const { inventory, position, workspace } = playbookAt(text);
  const { items } = completion(inventory, position, workspace);
  return items
    .toSorted((a, b) => ((a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1))
    .map(({ label }) => label);
}

const steps =
  'params:\n  version: {}\nvars: { url: x }\nsteps:\n  - id: a\n    name: First\n    run: true\n    register: out\n';

/** A text with a cursor, and what stands above in the list. */
const first: readonly (readonly [text: string, labels: readonly string[]])[] = [
  [
    '|',
    ['playbook: a command on many nodes', 'playbook: node by node, while it goes well', 'steps', 'version'],
  ],
  ['steps:\n  - |', ['run', 'script']],
  ['steps:\n  - run: x\n  |', ['run', 'script']],
  ['steps:\n  |', ['run', 'script']],
  ['steps:\n- |', ['run', 'script']],
  ['steps:\n  - task: x\n    |', ['id', 'name', 'needs', 'when', 'loop']],
  ['steps:\n  - http:\n      |', ['url']],
  ['steps:\n  - http: { | }', ['url']],
  ['steps:\n  - retries: { count: 3, | }', ['delay', 'backoff', 'on']],
  ['strategy:\n  mode: |', ['parallel', 'sequential', 'rolling']],
  ['strategy: { mode: ro| }', ['rolling']],
  ['steps:\n  - run: x\n    sudo: |', ['true', 'false']],
  ['steps:\n  - block:\n      - ru|', ['run', 'script']],
  ['steps:\n  - run: x\n    hos\n    |\nhandlers: []', ['id', 'name']],
  ['steps: [{ | }]', ['run', 'script']],
];

/** A text with a cursor and all that is offered. */
const all: readonly (readonly [text: string, labels: readonly string[]])[] = [
  [`${steps}  - run: x\n    needs: |`, ['a']],
  [`${steps}  - run: x\n    needs: [|]`, ['a']],
  [`${steps}  - id: b\n    run: x\n    needs:\n      - |`, ['a']],
  [`${steps}  - run: x\n    notify: [|]\nhandlers:\n  - id: again\n    run: x\n`, ['again']],
  [`${steps}  - run: echo {{ vars.| }}`, ['out', 'url', 'role', 'http_port']],
  [`${steps}  - run: echo {{ params.|`, ['version']],
  [`${steps}  - run: x\n    when: steps.|`, ['a']],
  [
    `${steps}  - run: x\n    when: vars.out.|`,
    [
      'stdout',
      'stderr',
      'exitCode',
      'changed',
      'failed',
      'ok',
      'skipped',
      'status',
      'message',
      'json',
      'httpStatus',
    ],
  ],
  [
    `${steps}  - run: x\n    when: node.|`,
    ['name', 'host', 'port', 'user', 'transport', 'tags', 'groups', 'facts'],
  ],
  [`${steps}  - run: x\n    when: result.|`, []],
  [`${steps}  - run: "it's {{ 'node.|' }}"`, []],
  ['steps:\n  - task: ./tasks/restart.task.yaml\n    with: { | }', ['service']],
  ['steps:\n  - task: ./tasks/restart.task.yaml\n    with:\n      |', ['service']],
  ['steps:\n  - task: |', ['./tasks/restart.task.yaml']],
  ['# |', []],
  ['steps:\n  - run: |\n      # anything ¦\n', []],
];

describe('completion in playbooks', () => {
  for (const [text, labels] of first) {
    it(`has above at the cursor of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(labelsAt(text).slice(0, labels.length), labels);
    });
  }

  for (const [text, labels] of all) {
    it(`offers at the cursor of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(labelsAt(text), labels);
    });
  }

  it('offers filters behind the bar and tests behind "is"', () => {
    assert.ok(labelsAt('steps:\n  - run: "{{ params.a | up¦ }}"').includes('upper'));
    assert.ok(labelsAt('steps:\n  - run: "{{ params.a |¦"').includes('default'));
    assert.ok(labelsAt('steps:\n  - run: x\n    when: params.a is not |').includes('defined'));
  });

  it('offers whole names in an expression, the nearest above', () => {
    const labels = labelsAt(`${steps}  - run: |\n      echo\n      echo {{ p¦\n`);
    assert.deepEqual(labels.slice(0, 4), ['params.version', 'vars.out', 'vars.url', 'vars.role']);
    const inLoop = labelsAt(`${steps}  - loop: [1]\n    run: echo {{ |`);
    assert.deepEqual(inLoop.slice(0, 2), ['item', 'index']);
    assert.equal(labelsAt(`${steps}  - run: x\n    until: |`)[0], 'result');
  });

  it('offers nodes, groups, tags and ranges in targets, also behind an operator', () => {
    const texts = [
      'targets: |',
      'targets: web01,|',
      'targets: all !|',
      'targets: "tag:prod & |"',
      'targets: (a,|',
      'targets: all ^ |',
    ];
    for (const text of texts) {
      const labels = labelsAt(text);
      for (const label of ['tag:prod', 'web[01-12]', 'db01', 'all'])
        assert.ok(labels.includes(label), `${text}: ${label}`);
      const group = text === 'targets: |' ? 'group:frontend' : '@frontend';
      assert.ok(labels.includes(group), text);
    }
    assert.deepEqual(labelsAt('targets: tag:pr|'), ['tag:prod']);
    assert.deepEqual(labelsAt('targets: all !@fr|'), ['@frontend']);
  });

  it('says how many nodes a group, tag or range stands for, in each row too', () => {
    const { inventory, position, workspace } = playbookAt('targets: web01,|');
    const details = new Map(
      completion(inventory, position, workspace).items.map(({ label, detail, labelDetails }) => [
        label,
        [detail, labelDetails?.description],
      ]),
    );
    assert.deepEqual(details.get('@frontend'), ['group, 10 nodes', '10 nodes']);
    assert.deepEqual(details.get('tag:db'), ['tag, 1 node', '1 node']);
    assert.deepEqual(details.get('web[01-12]'), ['range, 12 nodes', '12 nodes']);
  });

  it('replaces the operand at the cursor and nothing else', () => {
    assert.equal(applied('targets: all !we|b05 & tag:prod\n', 'web01'), 'targets: all !web01 & tag:prod\n');
    assert.equal(applied('targets: @|\n', '@frontend'), 'targets: "@frontend"\n');
    assert.equal(applied('targets: @fr| & tag:prod\n', '@frontend'), 'targets: group:frontend & tag:prod\n');
    assert.equal(applied('targets: "@|"\n', '@frontend'), 'targets: "@frontend"\n');
    assert.equal(applied('targets: "all !ta|"\n', 'tag:prod'), 'targets: "all !tag:prod"\n');
    assert.equal(
      applied('steps:\n  - run: echo {{ vars.ht|tp }}\n', 'http_port'),
      'steps:\n  - run: echo {{ vars.http_port }}\n',
    );
  });

  it('resolves the docs of an offer', () => {
    const { inventory, position, workspace } = playbookAt('targets: web0|');
    const [item] = completion(inventory, position, workspace).items.filter(({ label }) => label === 'web01');
    assert.ok(item && item.documentation === undefined);
    assert.deepEqual(resolveCompletion(item, workspace).documentation, {
      kind: 'markdown',
      value: '**Node web01**\n\n`ssh web01:22`\n\nTags: `web, prod`\n\nGroups: `frontend`',
    });
  });

  it('says in the docs of an offer what its detail does not', () => {
    const docsOf = (text: string, label: string): unknown => {
      const { inventory, position, workspace } = playbookAt(text);
      const item = completion(inventory, position, workspace).items.find((each) => each.label === label);
      assert.ok(item);
      const { detail, documentation } = resolveCompletion(item, workspace);
      return [detail, typeof documentation === 'object' ? documentation.value : documentation];
    };
    assert.deepEqual(docsOf('targets: "@|"\n', '@frontend'), ['group, 10 nodes', '`web[01-10]`']);
    assert.deepEqual(docsOf('steps:\n  - run: x\n    when: vars.a is def|\n', 'defined'), [
      'Whether there is such a value.',
      'Example: `vars.port is defined`',
    ]);
    assert.deepEqual(docsOf('steps:\n  - run: x\n    nam|\n', 'name'), [
      'template',
      'What people see of it. Default: its id or its command.\n\nExample: `Install the package`',
    ]);
  });
});

describe('what completion puts in', () => {
  it('reads well behind a dash: indentation counts from the key, not from the line', () => {
    assert.equal(applied('steps:\n  - ht|\n', 'http'), 'steps:\n  - http:\n      url: \n');
    assert.equal(applied('steps:\n- blo|\n', 'block'), 'steps:\n- block:\n    - \n');
    assert.equal(applied('steps:\n  |\n', 'http'), 'steps:\n  - http:\n      url: \n');
    assert.equal(applied('steps:\n  - run: x\n    env|\n', 'env'), 'steps:\n  - run: x\n    env:\n      \n');
  });

  it('parses for every whole step, where nothing is typed over its words', () => {
    const places = [
      'steps:\n  - |\n',
      'steps:\n- |\n',
      'steps:\n  - block:\n      - |\n',
      'steps:\n  |\n',
      'steps:\n  - run: x\n  |\n',
    ];
    for (const text of places) {
      const whole = labelsAt(text).filter((label) => label.startsWith('step: '));
      assert.ok(whole.length >= 8, text);
      for (const label of whole) {
        const after = applied(text, label);
        const problems = documentOf(
          `${after}handlers:\n  - id: restart\n    run: x\n`,
          'muster-playbook',
        ).problems;
        assert.ok(!hasErrors(problems), `${after}\n${JSON.stringify(problems)}`);
      }
    }
  });

  it('keeps the structure for every key of a step, a request and a strategy', () => {
    for (const text of [
      'steps:\n  - run: x\n    |\n',
      'steps:\n  - http:\n      |\n',
      'strategy:\n  |\n',
      'steps:\n  - |\n',
      '|\n',
    ]) {
      for (const label of labelsAt(text).filter((each) => !each.startsWith('step: '))) {
        const { parsed } = documentOf(applied(text, label), 'muster-playbook');
        assert.ok(!parsed.problems.some(({ code }) => code.startsWith('yaml/')), applied(text, label));
      }
    }
  });

  it('is plain text for an editor that knows no snippets', () => {
    const { inventory, position, workspace } = playbookAt('steps:\n  - |\n');
    const { items } = withoutSnippets(completion(inventory, position, workspace));
    assert.ok(items.length > 20);
    for (const { insertTextFormat, textEdit } of items) {
      assert.equal(insertTextFormat, undefined);
      assert.doesNotMatch(textEdit?.newText ?? '', /\$\{?\d/);
    }
  });

  it('works without an inventory', () => {
    const { inventory, position } = playbookAt('targets: |');
    const labels = completion(inventory, position, emptyWorkspace).items.map(({ label }) => label);
    assert.deepEqual(labels, ['all']);
  });
});

function applied(text: string, label: string): string {
  const { inventory, position, workspace } = playbookAt(text);
  const item = completion(inventory, position, workspace).items.find((each) => each.label === label);
  assert.ok(item?.textEdit && 'range' in item.textEdit, `${label} in ${text}`);
  return TextDocument.applyEdits(inventory.document, [expanded(item.textEdit)]);
}
