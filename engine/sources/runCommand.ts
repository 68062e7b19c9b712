import { spawn } from 'node:child_process';
import { messageOf } from '../../core/util/errors.ts';
import { visible } from '../../core/util/visible.ts';
import { codeOf } from '../codeOf.ts';

export type Printed =
  { readonly ok: true; readonly text: string } | { readonly ok: false; readonly message: string };

export type CommandLimits = {
  /** Milliseconds that it may take. */
  readonly timeMs: number;
  /** Bytes that it may print. */
  readonly bytes: number;
};

const defaultCommandLimits: CommandLimits = { timeMs: 60_000, bytes: 50_000_000 };

/**
 * Runs the command line of a source in its folder, in a process group of its own, and gives what it prints. Neither
 * standard input nor what looks like a secret in our environment reaches it.
 */
export function runSourceCommand(
  { run, ...where }: { run: string; folder: string; env: Readonly<Record<string, string>> },
  limits: CommandLimits = defaultCommandLimits,
): Promise<Printed> {
  return runProgram({ argv: ['/bin/sh', '-c', run], ...where }, limits);
}

type Program = {
  /** The program and its arguments; no shell reads them. */
  readonly argv: readonly string[];
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
};

/** Runs a program in a process group of its own, without standard input, and gives what it prints. */
export function runProgram({ argv, folder, env }: Program, limits: CommandLimits): Promise<Printed> {
  const [program = '', ...args] = argv;
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: folder,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    let size = 0;
    let errors = '';
    const end = (printed: Printed): void => {
      clearTimeout(timer);
      resolve(printed);
    };
    const stop = (message: string): void => {
      killGroup(child.pid);
      end({ ok: false, message });
    };
    const timer = setTimeout(() => stop(`it took longer than ${limits.timeMs / 1000} s`), limits.timeMs);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > limits.bytes) stop(`it printed more than ${limits.bytes / 1_000_000} MB`);
      else chunks.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      errors = (errors + chunk.toString('utf8')).slice(-2000);
    });
    child.once('error', (error) => {
      const isMissing = codeOf(error) === 'ENOENT';
      const missing = `${program} is not installed on this machine; install it, then run again`;
      end({ ok: false, message: isMissing ? missing : messageOf(error) });
    });
    child.once('close', (code, signal) => {
      if (code === 0) return end({ ok: true, text: Buffer.concat(chunks).toString('utf8') });
      const how = code === null ? `it was ended by ${signal ?? 'a signal'}` : `exit ${code}`;
      const lastLine = errors.trim().split('\n').at(-1) ?? '';
      end({ ok: false, message: lastLine === '' ? how : `${how}: ${visible(lastLine).slice(0, 300)}` });
    });
  });
}

/** The group has its leader's number; it may be gone already. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself in this moment.
  }
}
