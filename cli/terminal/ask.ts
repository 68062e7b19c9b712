import process from 'node:process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Whether a person is there to answer: keyboard and screen are both a terminal. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** Asks on stderr; anything but yes is no. Ctrl-C is no, and a SIGINT as well. */
export async function askYesNo(question: string, signal?: AbortSignal): Promise<boolean> {
  const answer = await ask(`${question} [y/N] `, signal);
  return /^y(es)?$/i.test(answer?.trim() ?? '');
}

/** Asks on stderr for a line of text. Undefined when there is no answer. */
export function askText(question: string, signal?: AbortSignal): Promise<string | undefined> {
  return ask(question, signal);
}

/** Asks for a secret, which is not shown. Undefined when the person gives none. */
export async function askSecret(label: string, signal?: AbortSignal): Promise<string | undefined> {
  const answer = await ask(`${label}: `, signal, { shown: false });
  if (answer !== undefined) process.stderr.write('\n');
  return answer === '' ? undefined : answer;
}

async function ask(
  question: string,
  signal: AbortSignal | undefined,
  { shown = true } = {},
): Promise<string | undefined> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const output = shown ? process.stderr : nowhere;
  const lines = createInterface({ input: process.stdin, output, terminal: true, historySize: 0 });
  // Only now does the terminal show nothing of what is typed: a question before would have quick answers seen.
  if (!shown) process.stderr.write(question);
  const answer = await new Promise<string | undefined>((resolve) => {
    lines.once('close', () => resolve(undefined));
    lines.once('SIGINT', () => {
      // Whoever listens hears of it before the answer; without a listener the signal does what it always does.
      if (!process.emit('SIGINT')) process.kill(process.pid, 'SIGINT');
      resolve(undefined);
    });
    if (signal?.aborted) resolve(undefined);
    signal?.addEventListener('abort', () => resolve(undefined), { once: true });
    lines.question(shown ? question : '', resolve);
  });
  lines.close();
  if (answer === undefined) process.stderr.write('\n');
  return answer;
}
