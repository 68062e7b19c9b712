/** What an option may be. */
export type Kind = 'text' | 'number' | 'boolean' | 'list' | 'map';

/** Transports of Bolt (lib/bolt/config/options.rb). */
export const transports: readonly string[] = [
  'docker',
  'jail',
  'local',
  'lxd',
  'pcp',
  'podman',
  'remote',
  'ssh',
  'winrm',
];

/** Transports that Muster has as well. */
export const ownTransports: readonly string[] = ['ssh', 'local'];

/** Options of the ssh transport, native or not (lib/bolt/config/transport/ssh.rb, options.rb). */
export const sshOptions: ReadonlyMap<string, readonly Kind[]> = new Map<string, readonly Kind[]>([
  ['batch-mode', ['boolean']],
  ['cleanup', ['boolean']],
  ['connect-timeout', ['number']],
  ['copy-command', ['text', 'list']],
  ['disconnect-timeout', ['number']],
  ['encryption-algorithms', ['list']],
  ['extensions', ['list']],
  ['host', ['text']],
  ['host-key-algorithms', ['list']],
  ['host-key-check', ['boolean']],
  ['interpreters', ['map']],
  ['kex-algorithms', ['list']],
  ['load-config', ['boolean']],
  ['login-shell', ['text']],
  ['mac-algorithms', ['list']],
  ['native-ssh', ['boolean']],
  ['password', ['text']],
  ['port', ['number']],
  ['private-key', ['text', 'map']],
  ['proxyjump', ['text']],
  ['run-as', ['text']],
  ['run-as-command', ['list']],
  ['script-dir', ['text']],
  ['ssh-command', ['text', 'list']],
  ['sudo-executable', ['text']],
  ['sudo-password', ['text']],
  ['tmpdir', ['text']],
  ['tty', ['boolean']],
  ['user', ['text']],
]);

/** Options that change what happens on a node in Bolt and not here, each with what holds instead. */
export const unused: ReadonlyMap<
  string,
  { readonly severity: 'info' | 'warning'; readonly message: string }
> = new Map([
  [
    'copy-command',
    { severity: 'warning', message: '"copy-command" is a command on this machine: it is never executed.' },
  ],
  [
    'ssh-command',
    { severity: 'warning', message: '"ssh-command" is a command on this machine: it is never executed.' },
  ],
  [
    'password',
    { severity: 'info', message: 'The password is not read: it is asked for where a node wants one.' },
  ],
  [
    'run-as',
    { severity: 'info', message: '"run-as" is not applied: say with each run as whom it is to run.' },
  ],
  ['run-as-command', { severity: 'info', message: '"run-as-command" is not applied.' }],
  [
    'sudo-password',
    { severity: 'info', message: 'The sudo password is not read: it is asked for where a node wants one.' },
  ],
]);

const dataKeys: readonly string[] = ['config', 'facts', 'vars', 'features', 'plugin_hooks'];
export const targetKeys: readonly string[] = [...dataKeys, 'name', 'alias', 'uri'];
export const groupKeys: readonly string[] = [...dataKeys, 'name', 'groups', 'targets'];
export const topKeys: readonly string[] = [...groupKeys, 'version'];
