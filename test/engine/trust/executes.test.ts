import assert from 'node:assert/strict';
import { chmodSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineClient } from '../../../core/protocol/client.ts';
import type { SourceRef, SourceType } from '../../../core/inventory/source.ts';
import { createEngine } from '../../../engine/engine.ts';
import { context } from '../policy/world.ts';
import { tempFolder } from '../tempFolder.ts';

type Case = { readonly type: SourceType; readonly file: string; readonly text: (canary: string) => string };

const ansible = (setting: (canary: string) => string): Case => ({
  type: 'ansible',
  file: 'hosts.ini',
  text: (canary) => `web ansible_host=127.0.0.1 ansible_port=1 ${setting(canary)}\n`,
});
const sshConfig = (line: (canary: string) => string): Case => ({
  type: 'ssh-config',
  file: 'config',
  text: (canary) => `Host web\n  HostName 127.0.0.1\n  Port 1\n${line(canary)}\n`,
});
const bolt = (key: string): Case => ({
  type: 'bolt',
  file: 'inventory.yaml',
  text: (canary) =>
    `targets:\n- name: web\n  uri: ssh://127.0.0.1:1\n  config: { ssh: { ${key}: ["${canary}.sh"] } }\n`,
});

/** Settings of real inventories that other tools execute, each as it is written there. */
const cases: Readonly<Record<string, Case>> = {
  'ansible_ssh_common_args with a ProxyCommand': ansible(
    (canary) => `ansible_ssh_common_args='-o ProxyCommand="touch ${canary}"'`,
  ),
  'ansible_ssh_extra_args with a LocalCommand': ansible(
    (canary) => `ansible_ssh_extra_args='-o PermitLocalCommand=yes -o LocalCommand="touch ${canary}"'`,
  ),
  'ansible_ssh_args with a KnownHostsCommand': ansible(
    (canary) => `ansible_ssh_args='-o KnownHostsCommand="/usr/bin/touch ${canary}"'`,
  ),
  ansible_ssh_executable: ansible((canary) => `ansible_ssh_executable=${canary}.sh`),
  ansible_python_interpreter: ansible((canary) => `ansible_python_interpreter=${canary}.sh`),
  ansible_shell_executable: ansible((canary) => `ansible_shell_executable=${canary}.sh`),
  'a private key that is a command': ansible((canary) => `ansible_ssh_private_key_file='|touch ${canary}'`),
  'ProxyCommand of ssh': sshConfig((canary) => `  ProxyCommand touch ${canary}`),
  'LocalCommand of ssh': sshConfig((canary) => `  PermitLocalCommand yes\n  LocalCommand touch ${canary}`),
  'KnownHostsCommand of ssh': sshConfig((canary) => `  KnownHostsCommand /usr/bin/touch ${canary}`),
  'Match exec of ssh': sshConfig((canary) => `Match host web exec "touch ${canary}"\n  User ada`),
  'SendEnv of ssh': sshConfig((canary) => `  SendEnv *\n  SetEnv BASH_ENV=${canary}.sh`),
  'ssh-command of Bolt': bolt('ssh-command'),
  'run-as-command of Bolt': bolt('run-as-command'),
};

/** Everything that a client can ask about a source, and a run on its node. */
async function useAll(client: EngineClient, source: SourceRef): Promise<void> {
  const sources = [source];
  await client.inventory({ sources, refresh: true });
  await client.node({ sources, node: 'web' });
  await client.reach({ sources, nodes: ['web'] });
  const plan = await client.plan({ action: { type: 'command', command: 'true' }, selection: 'web', sources });
  if (!plan.ok) return;
  const ended = new Promise<void>((resolve) =>
    client.onEvents(({ events }) => {
      if (events.some(({ type }) => type === 'batchFinished')) resolve();
    }),
  );
  const started = await client.start({ plan: plan.value.plan, confirmed: true, typed: '1' });
  if (started.ok) await ended;
}

describe('R-W4: what other tools would execute is not, before a person said yes', function () {
  for (const [name, { type, file, text }] of Object.entries(cases)) {
    it(name, async () => {
      await using folder = await tempFolder();
      const canary = join(folder.path, 'canary');
      writeFileSync(`${canary}.sh`, `#!/bin/sh\ntouch ${canary}\n`);
      chmodSync(`${canary}.sh`, 0o755);
      writeFileSync(join(folder.path, file), text(canary));
      const created = await createEngine({ dataDir: join(folder.path, 'data'), home: folder.path });
      assert.ok(created.ok);
      const client = created.value.connect({ ...context, localNodes: 'approved' });
      const source = { type, path: join(folder.path, file) };
      const { nodes } = await client.inventory({ sources: [source] });
      assert.deepEqual(
        nodes.map((node) => node.name),
        ['web'],
      );
      await useAll(client, source);
      await created.value.close();
      assert.equal(existsSync(canary), false);
    });
  }
});
