import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { playbookMethods } from '../../../engine/playbook/playbookMethods.ts';
import { tempFolder } from '../tempFolder.ts';

describe('playbooks that a client asks about', () => {
  it('are described in the order asked for, without those that are gone', async () => {
    await using folder = await tempFolder();
    const at = (name: string): string => join(folder.path, name);
    await writeFile(at('a.task.yaml'), 'name: Restart\nsteps:\n  - run: id\n');
    await writeFile(at('b.playbook.yaml'), 'name: Deploy\nstpes: []\n');
    await writeFile(at('c.playbook.yaml'), `# ${'x'.repeat(1_048_576)}\n`);
    const files = ['b.playbook.yaml', 'gone.task.yaml', 'a.task.yaml', 'c.playbook.yaml'].map(at);
    const found = await playbookMethods.playbooks({ files });
    assert.deepEqual(
      found.map(({ file, kind, name, problems }) => ({ file, kind, name, isRight: problems === 0 })),
      [
        { file: files[0], kind: 'playbook', name: 'Deploy', isRight: false },
        { file: files[2], kind: 'task', name: 'Restart', isRight: true },
        { file: files[3], kind: 'playbook', name: undefined, isRight: false },
      ],
    );
    assert.match(found[2]?.problem ?? '', /more than 1 MiB/);
  });

  it('say what they want, or why nobody can know', async () => {
    await using folder = await tempFolder();
    const file = join(folder.path, 'a.task.yaml');
    const gone = await playbookMethods.wants({ file });
    assert.ok(!gone.ok);
    assert.equal(gone.error.code, 'INPUT_MISSING');
    await writeFile(file, 'params:\n  service: { required: true }\nsteps:\n  - run: id\n');
    const wants = await playbookMethods.wants({ file });
    assert.ok(wants.ok);
    assert.deepEqual(wants.value, {
      file,
      name: 'a.task.yaml',
      params: [{ name: 'service', required: true }],
      secrets: [],
    });
  });
});
