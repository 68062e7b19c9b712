import assert from 'node:assert/strict';
import { factsOf } from '../../server/service/facts.ts';
import { documentOf } from './cursor.ts';

/** Every name of a text as `role kind name`, with what stands at its range. */
function told(text: string, language: string): readonly string[] {
  const document = documentOf(text, language, `file:///fleet/${language}.yaml`);
  return factsOf(document).occurrences.map(({ role, kinds, name, range }) => {
    const written = document.document.getText(range);
    const sign = role === 'declaration' ? '+' : '-';
    return `${sign} ${kinds.join('|')} ${name}${written === name ? '' : ` at ${JSON.stringify(written)}`}`;
  });
}

describe('the facts of an inventory', () => {
  const table: readonly (readonly [title: string, text: string, found: readonly string[]])[] = [
    [
      'has nodes, ranges, tags and variables',
      'nodes:\n  web[01-20]: { tags: [web, prod], vars: { port: 80 } }\n  "db01": { jump: me@bastion:22 }\n  a,b:\n',
      [
        '+ node web[01-20]',
        '+ tag web',
        '+ tag prod',
        '+ var port',
        '+ node db01',
        '- node bastion',
        '+ node a',
        '+ node b',
      ],
    ],
    [
      'has groups with their members, however they are written',
      'groups:\n  g: "web[1-3], db01"\n  h: { groups: [g], nodes: [a, "b"], vars: { "x y": 1 } }\n  i: [c]\ntags:\n  canary: web3\n',
      [
        '+ group g',
        '- node web[1-3]',
        '- node db01',
        '+ group h',
        '- group g',
        '- node a',
        '- node b',
        '+ var x y',
        '+ group i',
        '- node c',
        '+ tag canary',
        '- node web3',
      ],
    ],
    [
      'has the files that it names',
      'sources:\n  - { type: ansible, path: ../hosts.ini }\n  - { type: ssh-config, path: ~/.ssh/config }\n',
      ['- file file:///hosts.ini at "../hosts.ini"'],
    ],
  ];
  for (const [title, text, found] of table)
    it(title, () => assert.deepEqual(told(text, 'muster-inventory'), found));
});

describe('the facts of a playbook', () => {
  const table: readonly (readonly [title: string, text: string, found: readonly string[]])[] = [
    [
      'has the names of its selection, without prefixes and quotes',
      'targets: \'@front & tag:prod,web[1-3],"odd name" !node:db* ^ ~/x/\'\nsteps: []\n',
      ['- group front', '- tag prod', '- node|group web[1-3]', '- node|group odd name', '- node db*'],
    ],
    [
      'has parameters, secrets, variables, steps and handlers',
      'params: { version: { type: string } }\nsecrets: { token: { env: T } }\nvars: { url: "http://{{ node.host }}" }\n' +
        'steps:\n  - id: drain\n    run: "true"\n    register: out\n  - needs: [drain]\n    notify: restart\n    set: { release: 1 }\n' +
        'handlers:\n  - { id: restart, run: x }\n',
      [
        '+ param version',
        '+ secret token',
        '+ var url',
        '+ step drain',
        '+ register out',
        '- step drain',
        '- handler restart',
        '+ var release',
        '+ handler restart',
      ],
    ],
    [
      'has what templates and conditions look up, in block scalars too',
      'steps:\n  - run: |\n      echo {{ vars.port }}\n      echo "{{ params.version | upper }}"\n' +
        '  - run: >-\n      a\n      {{ vars["http_port"] }}\n    when: steps.drain.changed and secret.token\n' +
        '  - run: "a\\t{{ vars.quoted }}"\n',
      [
        '- var|register port',
        '- param version',
        '- var|register http_port',
        '- step|handler drain',
        '- secret token',
        '- var|register quoted',
      ],
    ],
    [
      'has the files of its steps and the parameters that it gives them',
      'steps:\n  - task: ./tasks/restart.task.yaml\n    with: { service: app }\n  - playbook: /base.playbook.yaml\n',
      [
        '- file file:///fleet/tasks/restart.task.yaml at "./tasks/restart.task.yaml"',
        '- param service',
        '- file file:///base.playbook.yaml at "/base.playbook.yaml"',
      ],
    ],
    [
      'is read from a broken file as far as that goes',
      'targets: "@front"\nsteps:\n  - id: a\n    rnu: x\n  - needs: [a\n',
      ['- group front', '+ step a', '- step a'],
    ],
  ];
  for (const [title, text, found] of table)
    it(title, () => assert.deepEqual(told(text, 'muster-playbook'), found));
});
