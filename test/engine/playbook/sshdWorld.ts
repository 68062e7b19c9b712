import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createEngine } from '../../../engine/engine.ts';
import { context } from '../context.ts';
import { tempFolder } from '../tempFolder.ts';
import { startSshd } from '../transports/sshd.ts';
import { type Change, type Played, run } from './play.ts';

type World = {
  readonly folder: string;
  /** Runs a playbook on both nodes; `DIR` in it is a folder there. */
  play(text: string, change?: Change): Promise<Played>;
  write(name: string, text: string): Promise<void>;
};

/** Two nodes behind a real sshd, one over each transport, and files of this machine beside the playbook. */
export async function withSshd(test: (world: World) => Promise<void>): Promise<void> {
  await using folder = await tempFolder();
  const sshd = await startSshd();
  const common = `host: 127.0.0.1, port: ${sshd.port}, identityFile: ${sshd.identityFile}, knownHosts: ${sshd.knownHosts}`;
  const inventory = `version: 1
nodes:
  s: { ${common}, vars: { n: 1 }, tags: [first] }
  o: { ${common}, transport: openssh, vars: { n: 2 } }
`;
  const files = {
    'inventory.yaml': inventory,
    'x.tpl': 'node {{ node.name }} {{ vars.n }}\n',
    's.py': '#!/usr/bin/python3\nimport os, sys\nprint(os.environ["WHO"], sys.argv[1:])\n',
    'dir/a.txt': 'a',
    'site.yml': '- hosts: all\n  gather_facts: false\n  tasks: [{ name: say, raw: "echo {{ said }}" }]\n',
  };
  await mkdir(join(folder.path, 'dir'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder.path, name), text);
  const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
  assert.ok(created.ok);
  const client = created.value.connect({ ...context, folder: folder.path });
  const file = join(folder.path, 'test.playbook.yaml');
  const write = (name: string, text: string): Promise<void> =>
    writeFile(join(folder.path, name), text.replaceAll('DIR', join(folder.path, 'there')));
  try {
    await test({
      folder: folder.path,
      write,
      async play(text, { selection = 's,o', secrets, ...change } = {}) {
        await write('test.playbook.yaml', text);
        const action = { type: 'playbook' as const, file, params: {}, withheld: [], ...change };
        const sources = [{ type: 'muster' as const, path: join(folder.path, 'inventory.yaml') }];
        return run(client, { action, selection, sources }, secrets);
      },
    });
  } finally {
    await created.value.close();
    await sshd.stop();
  }
}
