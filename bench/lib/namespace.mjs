import { spawn, spawnSync } from 'node:child_process';
import { constants } from 'node:os';

const marker = 'MUSTER_BENCH_NAMESPACE';

/** True inside the network namespace that `isolate` made. */
export function isIsolated() {
  return process.env[marker] === '1';
}

/**
 * Runs this same script again in a network namespace of its own, where nothing that listens can be reached
 * from outside, and gives its exit code. Undefined where that is not possible (not root, no unshare, already
 * inside): go on here, on 127.0.0.0/8. The namespace ends with its last process, so nothing is left to remove.
 * @returns {Promise<number | undefined>}
 */
export async function isolate() {
  if (isIsolated() || process.getuid?.() !== 0) return undefined;
  const enter = ['--net', '--', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'];
  if (spawnSync('unshare', [...enter, 'true'], { stdio: 'ignore' }).status !== 0) return undefined;
  const child = spawn(
    'unshare',
    [...enter, process.execPath, ...process.execArgv, ...process.argv.slice(1)],
    {
      stdio: 'inherit',
      env: { ...process.env, [marker]: '1' },
    },
  );
  // The terminal sends Ctrl-C to the child as well; it cleans up, we wait for it.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}
