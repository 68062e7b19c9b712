import assert from 'node:assert/strict';
import { describePlaybook, kindOf, wantsOf } from '../../extension/model/playbookFile.ts';

const right = `
name: Deploy
description: Installs a version.
targets: '@web'
params:
  version: { type: string, required: true }
  token: { type: string, sensitive: true }
secrets:
  vault: { ask: Password of the vault }
  key: { env: DEPLOY_KEY }
steps:
  - run: echo {{ params.version }}
`;

describe('a playbook of the workspace', () => {
  it('is known by its name, as the engine knows it', () => {
    assert.equal(kindOf('/a/b.playbook.yaml'), 'playbook');
    assert.equal(kindOf('/a/b.task.yaml'), 'task');
    assert.equal(kindOf('/a/b.task.yml'), undefined);
  });

  it('says its name, what it does, and what is wrong with it', () => {
    const file = { file: '/w/a.playbook.yaml', path: 'a.playbook.yaml', kind: 'playbook' } as const;
    assert.deepEqual(describePlaybook(file, right), {
      ...file,
      name: 'Deploy',
      description: 'Installs a version.',
      problems: 0,
    });
    const broken = describePlaybook(file, 'name: Deploy\nstpes:\n  - run: id\n');
    assert.ok(broken.problems > 0);
    assert.match(broken.problem ?? '', /^Line \d+: ./);
  });

  it('says what it wants: parameters, and the secrets that a person is asked for', () => {
    const read = wantsOf('/w/a.playbook.yaml', right);
    assert.ok(read.ok);
    assert.deepEqual(read.wants, {
      file: '/w/a.playbook.yaml',
      name: 'Deploy',
      description: 'Installs a version.',
      targets: '@web',
      params: [
        { name: 'version', type: 'string', required: true },
        { name: 'token', type: 'string', sensitive: true },
      ],
      secrets: [{ name: 'vault', label: 'Password of the vault' }],
    });
    assert.deepEqual([...read.wanted.params.keys()], ['version', 'token']);
  });

  it('wants nothing while it has errors', () => {
    const read = wantsOf('/w/a.task.yaml', 'name: x\n');
    assert.ok(!read.ok);
    assert.match(read.message, /^a\.task\.yaml has 1 problem: nothing in it can run/);
  });
});
