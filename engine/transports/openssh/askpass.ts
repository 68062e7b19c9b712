import { randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { AskSecret } from '../../../core/plugin/transport.ts';
import { visible } from '../../../core/util/visible.ts';
import { mostTries, secretQuestion } from '../ssh/askAgain.ts';
import { unreachable, type Failure } from '../ssh/step.ts';
import { askpassQuestion } from './askpassMessage.ts';

/** Questions of one ssh on their way to a person. */
export type Askpass = {
  /** What ssh has to be told to ask us. No secret is in it. */
  readonly env: Readonly<Record<string, string>>;
  /** Settles when there is no use in going on: nobody answered, or the answer was refused. */
  readonly givenUp: Promise<Failure>;
  close(): Promise<void>;
};

export type AskpassDeps = {
  /** Private folder for the socket and the program that ssh starts. */
  readonly folder: string;
  /** The helper, run by this process's own Node. */
  readonly program: string;
  readonly askSecret: AskSecret;
  /** Makes paths readable: `~/.ssh/id_ed25519`. */
  readonly shorten: (path: string) => string;
  readonly host: string;
};

/** ssh starts it with the question as its argument, and nothing else (ssh(1), SSH_ASKPASS). */
const starter = '#!/bin/sh\nexec "$MUSTER_ASKPASS_NODE" "$MUSTER_ASKPASS_PROGRAM" "$1"\n';

/** Listens for the questions of one ssh, on a socket of their own. Answers go over it and never into arguments or files. */
export async function openAskpass(deps: AskpassDeps): Promise<Askpass> {
  const { folder, program } = deps;
  const path = join(folder, `${randomBytes(6).toString('hex')}.ask`);
  const script = join(folder, 'askpass');
  await writeFile(`${path}.new`, starter, { mode: 0o700, flag: 'wx' });
  await rename(`${path}.new`, script);
  const givenUp = Promise.withResolvers<Failure>();
  const given = new Map<string, string[]>();
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined).once('close', () => sockets.delete(socket));
    void readLine(socket).then(async (line) => {
      const question = askpassQuestion.safeParse(line === undefined ? undefined : parseJson(line));
      if (!question.success) return socket.destroy();
      const label = labelOf(question.data.text, deps);
      if (question.data.kind === 'touch')
        return void deps.askSecret(`${label} (touch the key, then press Enter)`);
      const before = given.get(label) ?? [];
      given.set(label, before);
      if (before.length === mostTries) return givenUp.resolve(refused(label));
      const answer = await deps.askSecret(secretQuestion(label, before.length + 1));
      if (answer === undefined) return givenUp.resolve(unanswered(label));
      // What the node has refused is not sent again: it would only bring the account nearer to being locked.
      if (before.includes(answer)) return givenUp.resolve(refused(label));
      before.push(answer);
      return socket.end(`${JSON.stringify(answer)}\n`);
    });
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  return {
    env: {
      SSH_ASKPASS: script,
      SSH_ASKPASS_REQUIRE: 'force',
      // Without a terminal, an older ssh asks by a program only where there is a display.
      DISPLAY: process.env['DISPLAY'] ?? ':0',
      MUSTER_ASKPASS_NODE: process.execPath,
      MUSTER_ASKPASS_PROGRAM: program,
      MUSTER_ASKPASS_SOCKET: path,
      ELECTRON_RUN_AS_NODE: '1',
    },
    givenUp: givenUp.promise,
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await rm(path, { force: true });
    },
  };
}

/** The words in which the ssh transport asks for the same, so that one answer does for both. */
export function labelOf(prompt: string, { shorten, host }: Pick<AskpassDeps, 'shorten' | 'host'>): string {
  const text = visible(prompt.replace(/[\r\n]+/g, ' ')).trim();
  const [, key] = /^Enter passphrase for (?:\w+ )?key '?(.+?)'?:$/.exec(text) ?? [];
  if (key !== undefined) return `passphrase of ${shorten(key)}`;
  const [, device] =
    /^Enter PIN (?:and confirm user presence )?for (?:\S+ key )?'?(.+?)'?:$/.exec(text) ?? [];
  if (device !== undefined) return `PIN of ${shorten(device)}`;
  const [, account] = /^(\S+@\S+)'s password:$/.exec(text) ?? [];
  if (account !== undefined) return `password for ${account}`;
  const [, whose, asked = ''] = /^\((\S+@\S+)\) (.*)$/.exec(text) ?? [];
  if (whose !== undefined && /^password:?$/i.test(asked.trim())) return `password for ${whose}`;
  const question = (whose === undefined ? text : asked).trim().replace(/:$/, '').slice(0, 200);
  return `${question} for ${whose ?? host}`;
}

function unanswered(label: string): Failure {
  return unreachable('auth', `ssh asked for the ${label}, and got no answer`);
}

function refused(label: string): Failure {
  return unreachable('auth', `the ${label} was not accepted`);
}

function readLine(socket: Socket): Promise<string | undefined> {
  let text = '';
  return new Promise((resolve) => {
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
      if (text.length > 65_536) socket.destroy();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    socket.once('close', () => resolve(undefined));
  });
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
