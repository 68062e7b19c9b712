import assert from 'node:assert/strict';
import { hasErrors } from '../../core/util/problem.ts';
import { documentOf } from './cursor.ts';
import { labelsAt, offeredAt, taken } from './offered.ts';

const fleet = documentOf(
  [
    'nodes:',
    '  web[01-12]: { tags: [web, prod], vars: { http_port: 8080, api_token: hush }, facts: { os: { id: debian } } }',
    '  db01: { tags: [db, prod], jump: bastion }',
    '  bastion:',
    'groups:',
    '  frontend: { nodes: "web[01-10]", vars: { role: front } }',
    '  site: { groups: [frontend] }',
    '',
  ].join('\n'),
  'muster-inventory',
  'file:///w/.muster/inventory.yaml',
);
const restart = documentOf(
  [
    'params:',
    '  mode: { type: enum, values: [soft, hard] }',
    '  force: { type: boolean, default: false }',
    '  service: { required: true, description: What restarts }',
    '  token: { type: enum, values: [hush], sensitive: true }',
    'steps: [{ run: x }]',
    '',
  ].join('\n'),
  'muster-task',
  'file:///w/tasks/restart.task.yaml',
);
const config = documentOf(
  'vars: { region: north }\nsecrets: { cmdb: { env: CMDB } }\nservices: { cmdb: { baseUrl: http://c } }\n',
  'muster-config',
  'file:///w/.muster/config.yaml',
);
const folders = {
  '': [
    { name: 'files', isFolder: true },
    { name: 'site: new.conf', isFolder: false },
  ],
  '/files': [{ name: 'audit.sh', isFolder: false }],
};
const around = { others: [fleet, restart, config], folders };
const inventory = { language: 'muster-inventory' };
const settings = { language: 'muster-config' };

type Row = readonly [text: string, label: string, after: string, kind?: { readonly language: string }];

/** A text with a cursor, what is taken there, and the text after it. */
const takenAt: readonly Row[] = [
  // An empty playbook, key by key.
  ['¦', 'version', 'version: 1'],
  ['version:¦\n', '1', 'version: 1\n'],
  ['tar¦', 'targets', 'targets: '],
  ['targets: ¦\n', 'group:frontend', 'targets: group:frontend\n'],
  ['targets: @¦\n', '@frontend', 'targets: "@frontend"\n'],
  ['targets: @fr¦ & tag:prod\n', '@frontend', 'targets: group:frontend & tag:prod\n'],
  ['targets: tag:prod &¦\n', '@frontend', 'targets: tag:prod &@frontend\n'],
  ['targets: tag:prod !¦\n', 'web[01-12]', 'targets: tag:prod !web[01-12]\n'],
  ['targets: db01,¦\n', 'web[01-12]', 'targets: db01,web[01-12]\n'],
  ['targets: tag:prod & fact:¦\n', 'fact:os.id=debian', 'targets: tag:prod & fact:os.id=debian\n'],
  ['targets: >-\n  tag:prod\n  !we¦\n', 'web01', 'targets: >-\n  tag:prod\n  !web01\n'],
  // What stands below a key, from its line on.
  ['strategy: ¦\nname: x\n', 'mode', 'strategy:\n  mode: parallel\nname: x\n'],
  ['strategy:¦\n', 'waves', 'strategy:\n  waves: []\n'],
  ['strategy: wa¦\n', 'waves', 'strategy:\n  waves: []\n'],
  ['steps: ¦\n', 'run', 'steps:\n  - run: \n'],
  ['steps: ¦\n', 'http', 'steps:\n  - http:\n      url: \n'],
  ['steps:\n  - retries: ¦\n', 'count', 'steps:\n  - retries:\n      count: \n'],
  ['steps:\n  - run: a\n    env: ¦\n', 'LANG', 'steps:\n  - run: a\n    env:\n      LANG: \n'],
  // No space was typed behind a colon or a dash.
  ['strategy: { mode:¦ }\n', 'rolling', 'strategy: { mode: rolling }\n'],
  ['steps:\n  -¦\n', 'run', 'steps:\n  - run: \n'],
  ['steps:\n  -¦\n', 'copy', 'steps:\n  - copy:\n      from: \n      to: \n'],
  ['steps:\n  -¦\n', 'step: command', 'steps:\n  - id: id\n    run: command\n    timeout: 60s\n'],
  ['steps:\n  - run: echo {{¦}}\n', 'node.host', 'steps:\n  - run: echo {{ node.host}}\n'],
  // Items of lists, wherever the dash stands (yaml-language-server #391, #392, #646).
  ['steps:\n- ¦\n', 'wait', 'steps:\n- wait:\n    \n'],
  ['steps:\n  - ¦\n', 'block', 'steps:\n  - block:\n      - \n'],
  ['steps:\n    -   ¦\n', 'ansible', 'steps:\n    -   ansible:\n          playbook: \n'],
  [
    'steps:\n  -         ¦         \n',
    'ansible',
    'steps:\n  -         ansible:\n              playbook:          \n',
  ],
  ['steps:\n- run: a\n- ¦\n', 'run', 'steps:\n- run: a\n- run: \n'],
  ['steps:\n- run: a\n¦\n', 'finally', 'steps:\n- run: a\nfinally:\n  - \n'],
  ['steps:\n    - run: a\n      ¦\n', 'retries', 'steps:\n    - run: a\n      retries:\n        count: \n'],
  ['steps:\n  - block:\n    - run: a\n    ¦\n', 'run', 'steps:\n  - block:\n    - run: a\n    - run: \n'],
  [
    'steps:\n  - id: a\n    run: a\n  - needs:\n      ¦\n',
    'a',
    'steps:\n  - id: a\n    run: a\n  - needs:\n      - a\n',
  ],
  ['steps: [¦]\n', 'copy', 'steps: [{ copy: { from: , to:  } }]\n'],
  ['steps:\n  - wait: { ¦ }\n', 'port', 'steps:\n  - wait: { port:  }\n'],
  // Parameters of tasks.
  [
    'steps:\n  - task: ./tasks/restart.task.yaml\n    ¦\n',
    'with',
    'steps:\n  - task: ./tasks/restart.task.yaml\n    with:\n      service: \n',
  ],
  [
    'steps: [{ task: ./tasks/restart.task.yaml, ¦ }]\n',
    'with',
    'steps: [{ task: ./tasks/restart.task.yaml, with: { service:  } }]\n',
  ],
  ['steps:\n  - ¦\n', 'step: task', 'steps:\n  - task: ./tasks/restart.task.yaml\n'],
  // Files, in quotes where YAML would read something else.
  ['steps:\n  - script: ¦\n', './files/', 'steps:\n  - script: ./files/\n'],
  ['steps:\n  - script: ./files/¦\n', './files/audit.sh', 'steps:\n  - script: ./files/audit.sh\n'],
  ['steps:\n  - copy: { from: ¦ }\n', './site: new.conf', 'steps:\n  - copy: { from: "./site: new.conf" }\n'],
  [
    'steps:\n  - copy: { from: "./si¦" }\n',
    './site: new.conf',
    'steps:\n  - copy: { from: "./site: new.conf" }\n',
  ],
  // Inventories.
  [
    'nodes:\n  a: {}\ngroups: ¦\n',
    'group: of nodes',
    'nodes:\n  a: {}\ngroups:\n  frontend: { nodes: [] }\n',
    inventory,
  ],
  ['nodes: ¦\n', 'node: a range', 'nodes:\n  web[01-20].example.com: { tags: [web] }\n', inventory],
  ['nodes:\n  a:¦\n', 'port', 'nodes:\n  a:\n    port: \n', inventory],
  ['groups:\n  g: { nodes: ¦ }\n', 'web[01-12]', 'groups:\n  g: { nodes: "web[01-12]" }\n', inventory],
  ['groups:\n  g: { nodes: [¦] }\n', 'web[01-12]', 'groups:\n  g: { nodes: ["web[01-12]"] }\n', inventory],
  [
    'groups:\n  g:\n    nodes:\n      ¦\n',
    'web[01-12]',
    'groups:\n  g:\n    nodes:\n      - web[01-12]\n',
    inventory,
  ],
  [
    'nodes:\n  a:\n    tags:\n      - web\n      ¦\n',
    'prod',
    'nodes:\n  a:\n    tags:\n      - web\n      - prod\n',
    inventory,
  ],
  ['nodes:\n  a: { vars: { ¦ } }\n', 'http_port', 'nodes:\n  a: { vars: { http_port:  } }\n', inventory],
  ['sources:\n  - ¦\n', 'type', 'sources:\n  - type: muster\n', inventory],
  // Configurations.
  ['rules:\n  vars/un¦\n', 'vars/unused', 'rules:\n  vars/unused: \n', settings],
  ['rules:\n  vars/unused:¦\n', 'off', 'rules:\n  vars/unused: off\n', settings],
  [
    'services: ¦\n',
    'service: by its address',
    'services:\n  cmdb: { baseUrl: https://cmdb.example.com/api }\n',
    settings,
  ],
];

type Offers = readonly [text: string, labels: readonly string[], kind?: { readonly language: string }];

/** A text with a cursor, and everything that is offered there. */
const everything: readonly Offers[] = [
  ['version: ¦', ['1']],
  ['timeout: ¦', ['300s', '10m']],
  ['strategy: { concurrency: ¦ }', ['10', '20']],
  ['strategy: { mode: ¦ }', ['parallel', 'sequential', 'rolling']],
  ['steps:\n  - copy: { mode: ¦ }', ['0644']],
  [
    'params: { a: { type: ¦ } }',
    'string integer number boolean enum array object path duration size'.split(' '),
  ],
  ['params: { a: {}, b: {} }\nbatch:\n  - ¦', ['a', 'b']],
  ['secrets: { deploy_token: { env: ¦ } }\nenv: { LANG: C }', ['DEPLOY_TOKEN', 'LANG']],
  ['secrets: { token: { env: A, ¦ } }', []],
  ['steps:\n  - wait: { port: 1, ¦ }', ['host', 'every']],
  // Names that stand in the list already, and what would come round to itself.
  ['steps: [{ id: a, run: x }, { id: b, run: x }, { needs: [a, ¦] }]', ['b']],
  [
    'steps:\n  - id: a\n    needs: ¦\n    run: x\n  - { id: b, needs: a, run: x }\n  - { id: c, needs: [b], run: x }\n  - { id: d, run: x }\n',
    ['d'],
  ],
  ['steps:\n  - run: x\n    retries: { count: 1, on: [failed, ¦, unreachable] }', ['timed-out', 'signalled']],
  ['nodes: { a: { tags: [web, ¦] } }', ['prod', 'db'], inventory],
  // What a task is given.
  ['steps:\n  - task: ./tasks/restart.task.yaml\n    with: { ¦ }', ['service', 'mode', 'force', 'token']],
  ['steps:\n  - task: ./tasks/restart.task.yaml\n    with: { mode: ¦ }', ['soft', 'hard']],
  ['steps:\n  - task: ./tasks/restart.task.yaml\n    with:\n      force: ¦', ['true', 'false']],
  ['steps:\n  - task: ./tasks/restart.task.yaml\n    with: { token: ¦ }', []],
  ['steps:\n  - http: { url: /x, service: ¦ }', ['cmdb']],
  // Expressions.
  ['vars: { a: "{{ vars.¦ }}", b: 1 }', ['b', 'role', 'http_port', 'api_token', 'region']],
  ['steps:\n  - run: x {{ secret.¦ }}', ['cmdb']],
  ['steps:\n  - run: x {{ node.facts.¦ }}', ['os']],
  ['steps:\n  - run: x {{ node.facts.os.¦ }}', ['id']],
  ['steps:\n  - loop: [{ name: a, port: 1 }]\n    run: x {{ item.¦ }}', ['name', 'port']],
  [
    'steps:\n  - { id: a, run: x }\n  - { id: b, run: x }\n  - id: c\n    run: x {{ steps.¦ }}\n  - { id: d, run: x }\n',
    ['b', 'a', 'd'],
  ],
  ['finally:\n  - run: x {{ steps.¦ }}\nsteps:\n  - { id: a, run: x }\n', ['a']],
  ['sources:\n  - { type: ansible, ¦ }', ['path', 'priority'], inventory],
  ['sources:\n  - { type: command, ¦ }', ['run', 'path', 'ttl', 'priority'], inventory],
];

describe('completion while a file is written', () => {
  for (const [text, label, after, kind] of takenAt) {
    it(`puts ${JSON.stringify(label)} into ${JSON.stringify(text)}`, () => {
      assert.equal(taken(text, label, { ...around, ...kind }), after);
    });
  }

  for (const [text, labels, kind] of everything) {
    it(`offers at the cursor of ${JSON.stringify(text)}`, () => {
      assert.deepEqual(labelsAt(text, { ...around, ...kind }), labels);
    });
  }

  it('has groups, tags, all, ranges and nodes in this order, and says what each is', () => {
    const shown = offeredAt('targets: tag:prod & ¦', around).items.map(
      ({ label, detail }) => `${label}: ${detail}`,
    );
    assert.deepEqual(shown.slice(0, 9), [
      '@frontend: group, 10 nodes',
      '@site: group, 10 nodes',
      'tag:web: tag, 12 nodes',
      'tag:prod: tag, 13 nodes',
      'tag:db: tag, 1 node',
      'all: every node but local ones',
      'web[01-12]: range, 12 nodes',
      'web01: node, tagged web, prod',
      'web02: node, tagged web, prod',
    ]);
  });

  it('offers nothing below a key while its colon is typed: the end of the line would take it', () => {
    for (const [text, labels] of [
      ['steps:¦\n', []],
      ['strategy:¦\n', []],
      ['strategy: { mode:¦ }\n', ['parallel', 'sequential', 'rolling']],
    ] as const) {
      const { items } = offeredAt(text, { ...around, typed: ':' });
      assert.deepEqual(
        items.map(({ label }) => label),
        labels,
      );
      assert.ok(labelsAt(text, around).length > 0);
    }
  });

  it('does not offer a node as a way to itself, nor a group inside of itself', () => {
    const jumps = labelsAt('nodes:\n  bastion: { jump: ¦ }\n  c: {}\n', { ...around, ...inventory });
    assert.ok(jumps.includes('c'));
    assert.ok(!jumps.includes('bastion') && !jumps.includes('db01'));
    const inside = labelsAt('groups:\n  frontend: { groups: [¦] }\n  other:\n', { ...around, ...inventory });
    assert.deepEqual(inside, ['other']);
  });

  it('has nothing that begins a mistake: no rescue without a block', () => {
    const labels = labelsAt('steps:\n  - ¦');
    assert.ok(!labels.includes('rescue') && !labels.includes('step: handler that is notified'));
    assert.ok(labelsAt('steps:\n  - block: []\n    ¦').includes('rescue'));
    assert.equal(
      taken('steps:\n  - ¦\nhandlers: [{ id: again, run: x }]\n', 'step: handler that is notified'),
      'steps:\n  - id: id\n    run: command\n    notify: [again]\nhandlers: [{ id: again, run: x }]\n',
    );
  });

  it('never shows what a secret is', () => {
    for (const text of ['steps:\n  - run: x {{ ¦ }}', 'steps:\n  - run: x {{ vars.¦ }}', 'vars: { ¦ }']) {
      const { items } = offeredAt(text, around);
      assert.ok(items.some(({ label }) => label.endsWith('api_token')));
      assert.ok(!JSON.stringify(items).includes('hush'));
    }
  });

  it('says how many arguments a filter or test takes, and leaves a place for each', () => {
    const at = new Map(
      offeredAt('steps:\n  - run: x {{ vars.a | ¦ }}', around).items.map((item) => [item.label, item]),
    );
    assert.equal(at.get('default')?.detail, '1 argument · Another value where there is none.');
    assert.equal(at.get('upper')?.detail, 'In capitals.');
    assert.match(at.get('split')?.detail ?? '', /^up to 1 argument · /);
    assert.equal(at.get('replace')?.textEdit?.newText, 'replace($1, $2)$0');
  });
});

describe('whole files and entries', () => {
  const kinds = ['playbook', 'task', 'inventory', 'config', 'policy'].map((kind) => `muster-${kind}`);

  for (const language of kinds) {
    it(`are read without a mistake where nothing is typed over their words: ${language}`, () => {
      const { items } = offeredAt('# to begin with\n¦', { language });
      const whole = items.filter(({ label }) => label.includes(': '));
      assert.ok(whole.length > 0);
      for (const { label } of whole) read(taken('# to begin with\n¦', label, { language }), language);
    });
  }

  it('are read without a mistake in each section of names', () => {
    const sections = [
      ['params', 'muster-playbook', 'steps: [{ run: x }]\n'],
      ['secrets', 'muster-playbook', 'steps: [{ run: x }]\n'],
      ['nodes', 'muster-inventory', ''],
      ['groups', 'muster-inventory', ''],
      ['tags', 'muster-inventory', ''],
      ['services', 'muster-config', ''],
      ['classes', 'muster-config', ''],
      ['masks', 'muster-config', ''],
    ] as const;
    for (const [section, language, rest] of sections) {
      for (const text of [
        `${section}:\n  ¦\n${rest}`,
        `${section}: { ¦ }\n${rest}`,
        `${section}: ¦\n${rest}`,
      ]) {
        const whole = labelsAt(text, { language }).filter((label) => label.includes(': '));
        assert.ok(whole.length > 0, text);
        for (const label of whole) read(taken(text, label, { language }), language);
      }
    }
  });

  it('are offered where nothing is written yet, and nowhere else', () => {
    assert.ok(labelsAt('play¦').some((label) => label.startsWith('playbook: ')));
    assert.ok(!labelsAt('version: 1\n¦').some((label) => label.startsWith('playbook: ')));
  });
});

function read(text: string, language: string): void {
  const { problems } = documentOf(text, language);
  assert.ok(!hasErrors(problems), `${text}\n${JSON.stringify(problems)}`);
}
