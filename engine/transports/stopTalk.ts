import type { Readable, Writable } from 'node:stream';
import type { StartedProcess } from '../../core/plugin/transport.ts';
import type { RunAs } from '../../core/run/action.ts';
import type { RemoteFate } from '../../core/run/outcome.ts';
import { becomeLine, newWord } from './become.ts';
import { stopFinding, stopScript } from './shell.ts';
import { lineOf } from './ssh/wrapper.ts';

export type StopRequest = {
  readonly process: StartedProcess;
  readonly runAs?: RunAs | undefined;
  readonly secret?: string | undefined;
  /** Whether the process may have ended meanwhile: then only one that was born at the same time is signalled. */
  readonly isOld?: boolean;
};

/** A stop script under way: as the user that the process belongs to, on streams of its own. */
export type StopTalk = {
  /** For the login shell of the node. */
  readonly line: string;
  /** Listens and answers. Settles with what the script printed when the streams have ended. */
  talk(streams: {
    stdin: Writable;
    stdout: Readable;
    stderr: Readable;
    closed: Promise<unknown>;
  }): Promise<string>;
  /** What became of the process, by what was printed. */
  fate(output: string | undefined): RemoteFate;
};

const keptText = 4096;

export function openStopTalk({ process, runAs, secret, isOld }: StopRequest): StopTalk {
  const word = newWord('stop');
  const target = process.group ? `-${process.pid}` : `${process.pid}`;
  const born = isOld ? (process.born ?? 'unknown') : '';
  const args = ['/bin/sh', '-c', stopScript, 'muster', target, word, born];
  const become = runAs && becomeLine(runAs, args, word);
  return {
    line: become ? become.line : lineOf(args),
    async talk({ stdin, stdout, stderr, closed }) {
      let output = '';
      let answered = false;
      const hear = (bytes: Uint8Array): void => {
        if (!become || become.promptsIn(bytes) === 0) return;
        if (answered || secret === undefined) stdin.end();
        else stdin.write(`${secret}\n`);
        answered = true;
      };
      stdout.on('data', (chunk: Uint8Array) => {
        if (output.length < keptText) output += Buffer.from(chunk).toString('latin1');
        hear(chunk);
      });
      stderr.on('data', hear);
      if (!become) stdin.end();
      await closed;
      return output;
    },
    // Without a group only the first process is looked at: what it started may go on.
    fate: (output) =>
      process.group && output !== undefined && stopFinding(output, word) === 'gone'
        ? 'stopped'
        : 'may-still-run',
  };
}
