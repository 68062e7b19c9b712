import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../cli/main.ts', import.meta.url));

/** How `muster` or another program ended. */
export type Finished = { readonly code: number | null; readonly out: string; readonly err: string };

export type MusterOptions = {
  /** Words before the program, such as `unshare --net`. */
  readonly under?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What happens while it runs, such as signals. */
  readonly meanwhile?: (child: ChildProcess) => Promise<void>;
};

/** Runs the command line as a process of its own, with nobody at its stdin. */
export function muster(args: readonly string[], options: MusterOptions = {}): Promise<Finished> {
  return runNode([main, ...args], options);
}

/** Runs a program of ours under Node to its end. */
export async function runNode(
  args: readonly string[],
  { under = [], env, meanwhile }: MusterOptions = {},
): Promise<Finished> {
  const [file = '', ...rest] = [...under, process.execPath, ...args];
  const child = spawn(file, rest, {
    env: { ...process.env, NO_COLOR: '1', LC_ALL: 'C.UTF-8', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve));
  await meanwhile?.(child);
  const code = await closed;
  return { code, out, err };
}

/** Words that run what follows in a network namespace of its own, after some shell lines; it ends with its last process. */
export function inNamespace(lines: readonly string[] = []): string[] {
  return ['unshare', '--net', 'sh', '-c', ['ip link set lo up', ...lines, 'exec "$@"'].join(' && '), 'sh'];
}

/** Makes 10.99.0.2 an address that answers nothing, in a namespace. */
export const silentAddress = [
  'ip link add v0 type veth peer name v1',
  'ip addr add 10.99.0.1/24 dev v0',
  'ip link set v0 up',
  'ip link set v1 up',
  'ip neigh add 10.99.0.2 lladdr 02:00:00:00:00:02 dev v0 nud permanent',
] as const;

/** Why there can be no network namespaces here; undefined where there can. */
export const namespaceProblem: string | undefined = namespaceTrouble();

function namespaceTrouble(): string | undefined {
  if (process.platform !== 'linux') return 'skipped: network namespaces need Linux';
  const [file = '', ...rest] = inNamespace(silentAddress);
  if (spawnSync(file, [...rest, 'true'], { stdio: 'ignore' }).status === 0) return undefined;
  return 'skipped: no network namespace can be made; run as root with iproute2 installed';
}

/** Words that run what follows with a folder of 1 MB, on a disk of its own that ends with its last process. */
export function onSmallDisk(folder: string): string[] {
  return ['unshare', '--mount', 'sh', '-c', `mount -t tmpfs -o size=1m tmpfs '${folder}' && exec "$@"`, 'sh'];
}

/** Why there can be no such disk here; undefined where there can. */
export const mountProblem: string | undefined =
  spawnSync('unshare', ['--mount', 'true'], { stdio: 'ignore' }).status === 0
    ? undefined
    : 'skipped: nothing can be mounted; run as root on Linux';
