import assert from 'node:assert/strict';
import { summaryOf, wantsOf } from '../../../core/playbook/describeFile.ts';
import { kindOfFile } from '../../../core/playbook/kindOfFile.ts';

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
    assert.equal(kindOfFile('/a/b.playbook.yaml'), 'playbook');
    assert.equal(kindOfFile('/a/b.task.yaml'), 'task');
    assert.equal(kindOfFile('/a/b.task.yml'), undefined);
  });

  it('says its name, what it does, and what is wrong with it', () => {
    const file = '/w/a.playbook.yaml';
    assert.deepEqual(summaryOf(file, right), {
      file,
      kind: 'playbook',
      name: 'Deploy',
      description: 'Installs a version.',
      problems: 0,
    });
    const broken = summaryOf(file, 'name: Deploy\nstpes:\n  - run: id\n');
    assert.ok(broken.problems > 0);
    assert.match(broken.problem ?? '', /^Line \d+: ./);
  });

  it('says what it wants: parameters, and the secrets that a person is asked for', () => {
    const read = wantsOf('/w/a.playbook.yaml', right);
    assert.ok(read.ok);
    assert.deepEqual(read.value, {
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
  });

  it('wants nothing while it has errors', () => {
    const read = wantsOf('/w/a.task.yaml', 'name: x\n');
    assert.ok(!read.ok);
    assert.equal(read.error.code, 'INPUT_INVALID');
    assert.match(read.error.message, /^a\.task\.yaml has 1 problem: nothing in it can run/);
  });
});
