import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {import('../farm/farm.mjs').Farm} Farm
 * @typedef {import('./measure.mjs').Launch} Launch
 * @typedef {{ command: string, keepIn?: string }} Work what to run, and a folder for clients that keep output in files
 * @typedef {{ name: string, launch: (farm: Farm, concurrency: number, work?: Work) => Launch }} Client
 */

export const cli = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const pinnedNode = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
/** The Node that the command line runs on: the one that the project's own scripts use. */
export const node = existsSync(pinnedNode) ? pinnedNode : process.execPath;

/** @type {Work} */
const nothing = { command: 'true' };

/** Everyone runs a command, `true` by default, once on every node of the farm and forgets the connection. @type {readonly Client[]} */
export const clients = [
  {
    name: 'muster',
    launch: (farm, concurrency, { command } = nothing) => ({
      file: node,
      args: [
        cli,
        'run',
        command,
        '--on',
        'all',
        '-i',
        `muster:${farm.files.inventory}`,
        '--concurrency',
        `${concurrency}`,
        '--yes',
      ],
      env: farm.ownState,
    }),
  },
  {
    name: 'pssh',
    launch: (farm, concurrency, { command, keepIn } = nothing) => ({
      file: 'parallel-ssh',
      // -t 0: no time limit on a run.
      args: [
        '-h',
        farm.files.hosts,
        '-p',
        `${concurrency}`,
        '-t',
        '0',
        '-x',
        `-F ${farm.files.sshConfig}`,
        ...(keepIn === undefined ? [] : ['-o', keepIn]),
        command,
      ],
    }),
  },
  {
    name: 'pdsh',
    launch: (farm, concurrency, { command } = nothing) => ({
      file: 'pdsh',
      // -S: exit with the worst exit code of the nodes.
      args: [
        '-S',
        '-R',
        'ssh',
        '-l',
        farm.user,
        '-f',
        `${concurrency}`,
        '-w',
        `^${farm.files.hosts}`,
        command,
      ],
      env: { PDSH_SSH_ARGS_APPEND: `-F ${farm.files.sshConfig}` },
    }),
  },
  {
    name: 'clush',
    launch: (farm, concurrency, { command } = nothing) => ({
      file: 'clush',
      args: [
        '-S',
        '--hostfile',
        farm.files.hosts,
        '-f',
        `${concurrency}`,
        '-o',
        `-F ${farm.files.sshConfig}`,
        command,
      ],
    }),
  },
  {
    // The raw module needs no Python on the nodes; pipelining and no facts, as a careful user would have it.
    name: 'ansible',
    launch: (farm, concurrency, { command } = nothing) => ({
      file: 'ansible',
      args: [
        'all',
        '-i',
        farm.files.hosts,
        '-u',
        farm.user,
        '-f',
        `${concurrency}`,
        '-m',
        'raw',
        '-a',
        command,
        '--ssh-common-args',
        `-F ${farm.files.sshConfig}`,
      ],
      // A second round would find masters of the first.
      env: {
        ANSIBLE_PIPELINING: '1',
        ANSIBLE_SSH_ARGS: '-o ControlMaster=no',
        ANSIBLE_SSH_USETTY: '0',
        ANSIBLE_NOCOLOR: '1',
      },
    }),
  },
];
