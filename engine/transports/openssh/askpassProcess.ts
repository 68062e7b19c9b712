import { connect } from 'node:net';
import type { AskpassQuestion } from './askpassMessage.ts';

/**
 * The program that ssh starts to ask something (ssh(1), SSH_ASKPASS): passes the question on to the engine, and prints
 * the answer. Ends with 1 where there is none; a notice to touch a key stays until ssh ends it.
 */
const [, , text = ''] = process.argv;
const kind = process.env['SSH_ASKPASS_PROMPT'] === 'none' ? 'touch' : 'secret';
const question: AskpassQuestion = { kind, text };
const socket = connect(process.env['MUSTER_ASKPASS_SOCKET'] ?? '');
let answer = '';
socket.on('data', (chunk: Buffer) => (answer += chunk.toString('utf8')));
socket.on('error', () => undefined);
socket.on('close', () => {
  if (!answer.endsWith('\n')) process.exit(1);
  process.stdout.write(`${String(JSON.parse(answer))}\n`);
});
socket.write(`${JSON.stringify(question)}\n`);
