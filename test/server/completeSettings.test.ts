import assert from 'node:assert/strict';
import { documentOf } from './cursor.ts';
import { labelsAt } from './offered.ts';

const fleet = documentOf(
  'nodes:\n  web[1-2]: { tags: [prod, web] }\n  db: { tags: db }\ngroups:\n  front: { nodes: "web[1-2]", tags: [edge] }\n',
  'muster-inventory',
  'file:///w/fleet.inventory.yaml',
);
const tags = ['prod', 'web', 'edge', 'db'];
const levels = ['error', 'warning', 'info', 'hint', 'off'];

/** What is offered first at the `¦` of an inventory, a policy or a configuration beside the inventory above. */
const table: Readonly<Record<string, readonly (readonly [text: string, first: readonly string[]])[]>> = {
  'muster-inventory': [
    ['nodes:\n  a: { tags: ¦ }\n', tags],
    ['nodes:\n  a: { tags: [¦] }\n', tags],
    ['nodes:\n  a:\n    tags:\n      - ¦\n', tags],
    ['nodes:\n  a:\n    tags: [prod, ¦]\n', ['web', 'edge', 'db']],
    ['groups:\n  x: { tags: ¦ }\n', tags],
    ['groups:\n  x: { groups: [¦] }\n', ['front']],
    ['groups:\n  x: { nodes: [web1, ¦] }\n', ['web[1-2]', 'web2', 'db']],
    ['nodes:\n  a: { jump: ¦ }\n', ['web1', 'web2', 'db']],
    ['nodes:\n  a: { auth: [¦] }\n', ['agent', 'key', 'password']],
    ['defaults:\n  ¦\n', ['transport', 'user', 'port']],
  ],
  'muster-policy': [
    ['version: 1\n¦', ['default', 'confirmAbove', 'typedAbove', 'protectedTags', 'freeze', 'rules']],
    ['version: 1\nprotectedTags: [¦]\n', tags],
    ['version: 1\nprotectedTags:\n  - prod\n  - ¦\n', ['web', 'edge', 'db']],
    ['version: 1\nrules:\n  - decision: ¦\n', ['allow', 'confirm', 'typed-confirm', 'deny']],
    ['version: 1\nrules:\n  - { decision: deny, tags: [¦] }\n', tags],
    ['version: 1\nrules:\n  - { decision: deny, targets: "@¦" }\n', ['@front']],
    ['version: 1\nrules:\n  - { decision: deny, ¦ }\n', ['name', 'reason', 'subject']],
  ],
  'muster-config': [
    ['limits:\n  ¦\n', ['queue', 'running', 'local', 'breaker', 'outputPerNode', 'outputPerBatch']],
    ['rules:\n  vars/unused: ¦\n', levels],
    ['rules: { vars/unused: ¦ }\n', levels],
    ['secrets:\n  x: { ¦ }\n', ['env', 'age', 'command', 'stored', 'ask']],
    [
      "secrets:\n  tok: { env: X }\nservices:\n  c:\n    headers:\n      Authorization: 'Bearer {{ secret.¦ }}'\n",
      ['tok'],
    ],
    ['services:\n  c:\n    ¦\n', ['baseUrl', 'headers', 'rateLimits', 'retry']],
    ['index:\n  files:\n    "a": ¦\n', ['inventory', 'playbook', 'task', 'config', 'policy', 'none']],
  ],
};

for (const [language, cases] of Object.entries(table))
  describe(`completion in ${language}`, () => {
    for (const [text, first] of cases)
      it(`offers ${first.join(', ')} at ${JSON.stringify(text)}`, () => {
        const labels = labelsAt(text, { language, others: [fleet] });
        assert.deepEqual(labels.slice(0, first.length), first, labels.join());
      });
  });
