import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { commentsIn, type ShellComment } from './service/shell/comments.ts';
import type { Script } from './service/shell/scripts.ts';

/** Milliseconds that one look may take, and characters that it may print. */
const longest = 5000;
const mostPrinted = 1024 * 1024;
/** Scripts whose answers are remembered. */
const mostKnown = 2000;

/** Asks ShellCheck about commands. */
export type Asker = {
  ask(script: Script, uri: string): Promise<readonly ShellComment[]>;
  /** Whether there is a program to ask, as far as is known. */
  isThere(): boolean;
  /** Ends what runs for a document. */
  stop(uri: string): void;
};

/** Asks once about each text; a program that is not there is not looked for again. */
export function createAsker(program: () => string | undefined): Asker {
  const answers = new Map<string, readonly ShellComment[]>();
  const missing = new Set<string>();
  let running: { readonly uri: string; readonly stop: AbortController } | undefined;
  return {
    async ask(script, uri) {
      const path = program();
      const key = createHash('sha1').update(`${script.shell}\0${script.masked}`).digest('base64');
      const known = answers.get(key);
      if (known || path === undefined || missing.has(path)) return known ?? [];
      const stop = new AbortController();
      running = { uri, stop };
      const printed = await runShellcheck(path, script, stop.signal);
      running = undefined;
      if (printed === 'missing') missing.add(path);
      const comments = typeof printed === 'object' ? commentsIn(printed.text) : undefined;
      if (!comments) return [];
      if (answers.size >= mostKnown) answers.clear();
      answers.set(key, comments);
      return comments;
    },
    isThere() {
      const path = program();
      return path !== undefined && !missing.has(path);
    },
    stop(uri) {
      if (running?.uri === uri) running.stop.abort();
    },
  };
}

/**
 * The text goes in by standard input; no file of the workspace and no `.shellcheckrc` is read. Variables come from
 * `env` too, and files that a command reads are on the node: SC2154 and SC1091 would be about what nobody can know.
 */
function runShellcheck(
  path: string,
  { shell, masked }: Script,
  signal: AbortSignal,
): Promise<{ text: string } | 'missing' | 'failed'> {
  return new Promise((resolve) => {
    const args = ['--norc', '--exclude=SC2154,SC1091', '--format=json1', `--shell=${shell}`, '-'];
    const child = spawn(path, args, {
      // Not in the workspace: some systems look for programs in the folder first.
      cwd: homedir(),
      stdio: ['pipe', 'pipe', 'ignore'],
      signal: AbortSignal.any([signal, AbortSignal.timeout(longest)]),
      killSignal: 'SIGKILL',
    });
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      text += piece;
      if (text.length > mostPrinted) child.kill('SIGKILL');
    });
    child.on('error', (error: NodeJS.ErrnoException) =>
      resolve(error.code === 'ENOENT' || error.code === 'EACCES' ? 'missing' : 'failed'),
    );
    child.on('close', () => resolve(text.length > mostPrinted ? 'failed' : { text }));
    // It may end before it has read everything.
    child.stdin.on('error', () => {});
    child.stdin.end(masked.endsWith('\n') ? masked : `${masked}\n`);
  });
}
