import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DemoNode } from './design.ts';

/** Where a demo node lives on this machine. */
export type NodeFolder = { readonly home: string; readonly env: NodeJS.ProcessEnv };

/** Makes a node's home and the few commands that answer for it rather than for this machine. */
export async function makeNodeFolder(nodesDir: string, node: DemoNode): Promise<NodeFolder> {
  const home = join(nodesDir, node.name);
  const bin = join(home, 'bin');
  await mkdir(bin, { recursive: true });
  for (const [name, script] of Object.entries(fakeCommands(node))) {
    const file = join(bin, name);
    await writeFile(file, `#!/bin/sh\n${script}\n`);
    await chmod(file, 0o755);
  }
  await writeFile(join(home, 'motd'), `This is ${node.name}, a demo node of Muster.\n`);
  const env = {
    PATH: `${bin}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
    HOME: home,
    HOSTNAME: node.name,
    USER: 'demo',
    LOGNAME: 'demo',
    SHELL: '/bin/sh',
    LANG: 'C.UTF-8',
  };
  return { home, env };
}

function fakeCommands(node: DemoNode): Record<string, string> {
  const think = node.delaySeconds > 0 ? `sleep ${node.delaySeconds}\n` : '';
  return {
    hostname: `${think}echo ${node.name}`,
    uname: `${think}case "$1" in\n  -n) echo ${node.name} ;;\n  -r) echo ${node.kernel} ;;\n  -a) echo Linux ${node.name} ${node.kernel} x86_64 GNU/Linux ;;\n  *) echo Linux ;;\nesac`,
    systemctl: `${think}${systemctl(node)}`,
    nginx: `${think}echo "nginx version: nginx/1.22.1" >&2`,
  };
}

/** Like systemctl: `is-active` and `status` of a stopped service exit with 3. */
function systemctl(node: DemoNode): string {
  const exit = node.services === 'active' ? 0 : 3;
  return [
    'case "$1" in',
    `  is-active) echo ${node.services}; exit ${exit} ;;`,
    `  status) echo "$2: ${node.services} on ${node.name}"; exit ${exit} ;;`,
    '  *) echo "systemctl $*: done on this demo node" ;;',
    'esac',
  ].join('\n');
}
