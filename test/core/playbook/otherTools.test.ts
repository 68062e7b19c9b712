import assert from 'node:assert/strict';
import { InventoryFile } from '../../../core/schema/inventory.ts';
import { parseDocument } from '../../../core/yaml/parseDocument.ts';
import { readPlaybook } from '../../../core/playbook/read/readPlaybook.ts';
import { formatProblem } from '../../../core/util/problem.ts';

function said(text: string): string {
  return readPlaybook(text).problems.map(formatProblem).join('\n');
}

const step = 'steps:\n  - run: x\n';

describe('a playbook by someone who knows another tool', () => {
  const table: readonly (readonly [title: string, text: string, wanted: RegExp])[] = [
    [
      'that is one of Ansible',
      '- hosts: all\n  tasks: []\n',
      /a playbook of Ansible\. .*"ansible: \{ playbook: /,
    ],
    ['with "src"', 'steps:\n  - copy: { src: a, to: b }\n', /Unknown key "src"\. Did you mean "from"\?/],
    ['with "dest"', 'steps:\n  - copy: { from: a, dest: b }\n', /Unknown key "dest"\. Did you mean "to"\?/],
    ['with the type of a parameter', `params: { n: { type: int } }\n${step}`, /Did you mean "integer"\?/],
    ['with a list', `params: { n: { type: list } }\n${step}`, /Did you mean "array"\?/],
    ['with only the type', `params: { n: string }\n${step}`, /found "string"\. Write \{ type: string \}\./],
    ['with only a word for it', `params: { n: bool }\n${step}`, /Write \{ type: boolean \}\./],
    ['with only the default', `params: { n: latest }\n${step}`, /Write \{ default: latest \}\./],
    ['with "&&"', 'steps:\n  - { run: x, when: "1 && 2" }\n', /"&" means nothing here\. Write "and" /],
    ['with "||"', 'steps:\n  - { run: x, when: "1 || 2" }\n', /"\|\|" means nothing here\. Write "or" /],
    ['with "!"', 'steps:\n  - { run: x, when: "!vars.a" }\n', /"!" means nothing here\. Write "not" /],
    [
      'with a parameter of none',
      'steps:\n  - run: "x {{ params.a }}"\n',
      /There is no "a" in params\. There are none\./,
    ],
    ['with a missing key', 'steps:\n  - copy: { to: b }\n', /The key "from" is missing\. Write "from:"\./],
    ['with a command under "shell"', 'steps:\n  - shell: uptime\n', /under "shell" is "run" here\./],
    ['with a number of retries', 'steps:\n  - { run: x, retries: 3 }\n', /found 3\. Write \{ count: 3 \}\./],
    ['that waits less than no time', 'steps:\n  - wait: { seconds: -1 }\n', /Expected at least 0\./],
    [
      'that waits for nothing',
      'steps:\n  - wait: {}\n',
      /does not say what it waits for\. Give it one of port/,
    ],
  ];
  for (const [title, text, wanted] of table)
    it(`${title} is told what to write`, () => assert.match(said(text), wanted));
});

describe('an inventory by someone who knows another tool', () => {
  const table: readonly (readonly [title: string, text: string, wanted: RegExp])[] = [
    ['with nodes as a list', 'nodes:\n  - web1\n  - web2\n', /found a list\. Write each as a key: "web1:" /],
    ['with groups as a list', 'groups:\n  - web\n', /Write each as a key, with its nodes/],
    [
      'with the name of a source',
      'sources:\n  - hosts.ini\n',
      /Write \{ type: ansible, path: hosts\.ini \}, with/,
    ],
    ['with a table', 'sources:\n  - nodes.csv\n', /Write \{ type: csv, path: nodes\.csv \}/],
  ];
  for (const [title, text, wanted] of table)
    it(`${title} is told what to write`, () => {
      const { problems } = parseDocument(text, InventoryFile);
      assert.match(problems.map(formatProblem).join('\n'), wanted);
    });
});
