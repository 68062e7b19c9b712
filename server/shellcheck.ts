import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import type { TextDocuments } from 'vscode-languageserver';
import type { Event } from '../core/util/emitter.ts';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { DocumentStore } from './documentStore.ts';
import type { Finding } from './service/diagnostics/finding.ts';
import type { MusterDocument } from './service/document.ts';
import { commentFindings, commentsIn, type ShellComment } from './service/shell/comments.ts';
import { type Script, scriptsIn } from './service/shell/scripts.ts';

/** Milliseconds that typing rests before commands are looked at. */
const rest = 800;
/** Milliseconds that one look may take, and characters that it may print. */
const longest = 5000;
const mostPrinted = 1024 * 1024;
/** Scripts whose answers are remembered. */
const mostKnown = 2000;

/** What ShellCheck says of commands: the one program that the server may start. */
export type Shellcheck = {
  /** Looks at a document once typing rests, or at once when it was saved. A look at an older version ends. */
  look(document: MusterDocument, when: 'later' | 'now'): void;
  /** What is known of this very version. */
  of(document: MusterDocument): readonly Finding[];
  forget(uri: string): void;
};

export type ShellcheckDeps = {
  /** The program; undefined where none may be started. */
  readonly program: () => string | undefined;
  /** Something more is known of a document. */
  readonly onFound: (uri: string) => void;
  readonly report: (error: unknown) => void;
};

export function createShellcheck({ program, onFound, report }: ShellcheckDeps): Shellcheck {
  const found = new WeakMap<MusterDocument, readonly Finding[]>();
  const timers = new Map<string, NodeJS.Timeout>();
  const newest = new Map<string, MusterDocument>();
  const asker = createAsker(program);
  let queue = Promise.resolve();
  const work = async (document: MusterDocument): Promise<void> => {
    const { uri } = document.document;
    const findings: Finding[] = [];
    for (const script of scriptsIn(document)) {
      if (newest.get(uri) !== document) return;
      findings.push(...commentFindings(await asker.ask(script, uri), script, document));
    }
    if (newest.get(uri) !== document) return;
    found.set(document, findings);
    onFound(uri);
  };
  const begin = (document: MusterDocument): void => {
    timers.delete(document.document.uri);
    queue = queue.then(() => work(document)).catch(report);
  };
  const rested = (uri: string): void => {
    clearTimeout(timers.get(uri));
    timers.delete(uri);
  };
  return {
    look(document, when) {
      const { uri } = document.document;
      rested(uri);
      if (newest.get(uri) !== document) asker.stop(uri);
      newest.set(uri, document);
      if (!asker.isThere() || found.has(document)) return;
      if (when === 'now') begin(document);
      else timers.set(uri, setTimeout(begin, rest, document));
    },
    of: (document) => (program() === undefined ? [] : (found.get(document) ?? [])),
    forget(uri) {
      rested(uri);
      newest.delete(uri);
      asker.stop(uri);
    },
  };
}

type Asker = {
  ask(script: Script, uri: string): Promise<readonly ShellComment[]>;
  /** Whether there is a program to ask, as far as is known. */
  isThere(): boolean;
  /** Ends what runs for a document. */
  stop(uri: string): void;
};

/** Asks once about each text; a program that is not there is not looked for again. */
function createAsker(program: ShellcheckDeps['program']): Asker {
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

type Followed = {
  readonly documents: TextDocuments<TextDocument>;
  readonly store: DocumentStore;
  /** Whether and with which program commands are looked at may be another. */
  readonly onDidChangeSettings: Event<void>;
};

/** Looks at documents that are open: once typing rests, when they are saved, and when the settings are others. */
export function followCommands(
  { documents, store, onDidChangeSettings }: Followed,
  shellcheck: Shellcheck,
): void {
  onDidChangeSettings(() => {
    for (const { uri } of documents.all()) {
      const read = store.get(uri);
      if (read) shellcheck.look(read(), 'later');
    }
  });
  documents.onDidChangeContent(({ document: { uri } }) => {
    const read = store.get(uri);
    if (read) shellcheck.look(read(), 'later');
  });
  documents.onDidSave(({ document: { uri } }) => {
    const read = store.get(uri);
    if (read) shellcheck.look(read(), 'now');
  });
  documents.onDidClose(({ document: { uri } }) => shellcheck.forget(uri));
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
