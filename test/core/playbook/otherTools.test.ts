import assert from 'node:assert/strict';
import { readPlaybook } from '../../../core/playbook/read/readPlaybook.ts';
import { formatProblem } from '../../../core/util/problem.ts';

function said(text: string): string {
  return readPlaybook(text).problems.map(formatProblem).join('\n');
}

describe('a playbook by someone who knows another tool', () => {
  const table: readonly (readonly [title: string, text: string, wanted: RegExp])[] = [
    [
      'that is one of Ansible',
      '- hosts: all\n  tasks: []\n',
      /a playbook of Ansible\. .*"ansible: \{ playbook: /,
    ],
    ['with "src"', 'steps:\n  - copy: { src: a, to: b }\n', /Unknown key "src"\. Did you mean "from"\?/],
    ['with "dest"', 'steps:\n  - copy: { from: a, dest: b }\n', /Unknown key "dest"\. Did you mean "to"\?/],
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
