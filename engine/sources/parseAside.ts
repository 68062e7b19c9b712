import { type ChildProcess, fork } from 'node:child_process';
import { emptyPart } from '../../core/inventory/part.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { stampOf } from './diskFiles.ts';
import type { ReadRequest, ReadSource } from './readSource.ts';

/** Reads sources in a process of its own, one after the other. */
export type ParseAside = Disposable & { read(request: ReadRequest): Promise<ReadSource> };

export type ParseAsideOptions = {
  /** The program of the process. */
  readonly program: string;
  /** Milliseconds that one source may take. */
  readonly limitMs?: number;
  /** Megabytes of heap that the process may use. */
  readonly heapMb?: number;
};

/** Milliseconds without work after which the process ends. */
const idleMs = 20_000;

export function createParseAside({
  program,
  limitMs = 60_000,
  heapMb = 1024,
}: ParseAsideOptions): ParseAside {
  let child: ChildProcess | undefined;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();
  const start = (): ChildProcess => {
    const started = fork(program, [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${heapMb}`, '--max-semi-space-size=4'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    started.unref();
    started.channel?.unref();
    return started;
  };
  const stop = (): void => {
    clearTimeout(idle);
    child?.kill('SIGKILL');
    child = undefined;
  };
  const readOne = async (source: ReadRequest): Promise<ReadSource> => {
    clearTimeout(idle);
    const answer = await askChild((child ??= start()), source, limitMs);
    if (typeof answer === 'string') {
      stop();
      return failedRead(source, answer);
    }
    idle = setTimeout(stop, idleMs);
    idle.unref();
    return answer;
  };
  return {
    read(source) {
      const read = last.then(() => readOne(source));
      last = read;
      return read;
    },
    dispose: stop,
  };
}

/** What the process read, or why it could not. */
function askChild(child: ChildProcess, source: ReadRequest, limitMs: number): Promise<ReadSource | string> {
  return new Promise((resolve) => {
    const settle = (answer: ReadSource | string): void => {
      clearTimeout(timer);
      child.removeAllListeners('message');
      child.removeAllListeners('exit');
      child.channel?.unref();
      resolve(answer);
    };
    const timer = setTimeout(() => settle(`reading it took longer than ${limitMs / 1000} s`), limitMs);
    // Our own program sends nothing else.
    child.once('message', (read) => settle(read as ReadSource));
    child.once('exit', () => settle('reading it needs more memory than there is for it'));
    child.channel?.ref();
    child.send(source);
  });
}

function failedRead({ type, path }: ReadRequest, why: string): ReadSource {
  const message = `${path} can not be read: ${why}.`;
  return {
    type: type ?? 'muster',
    part: {
      ...emptyPart,
      problems: [{ code: 'inventory/too-heavy', severity: 'error', message, file: path }],
    },
    stamps: new Map([[path, stampOf(path)]]),
    digest: '',
    sshExecutes: [],
  };
}
