import type { Event } from '../core/util/emitter.ts';
import type { Refusal } from '../core/util/errors.ts';
import process from 'node:process';
import { exitCodeOfError } from './exitCode.ts';
import { dataOption, trustCommand } from './inventory/trustCommand.ts';
import { escapeLine, escapeText } from './terminal/escape.ts';

export const outputFormats = ['text', 'json', 'jsonl'] as const;
export type OutputFormat = (typeof outputFormats)[number];

/** Where a command writes; streams of the process, or strings in a test. */
export type Streams = {
  /** Text, or text that is UTF-8 already. */
  out: (text: string | Uint8Array) => void;
  err: (text: string) => void;
  /** Settles when what was written to `out` has left the process, or soon will. */
  drained: () => Promise<void>;
  /** Calls back when nobody reads `out` any more; without a listener the process ends quietly. */
  onReaderGone: Event<void>;
};

/** Says why nothing ran: for a program on stdout, for people on stderr. Returns the exit code. */
export function reportRefusal(refusal: Refusal, format: OutputFormat, streams: Streams): number {
  const { command, ...said } = refusal;
  const whole = command === undefined ? said.message : withWholeCommand(said.message, command);
  const error = { ...said, message: whole };
  if (format !== 'text') streams.out(`${JSON.stringify({ version: 1, error })}\n`);
  streams.err(`muster: ${escapeText(whole)}\n`);
  return exitCodeOfError(refusal.code);
}

/** A command in a message, to be typed as it stands: about the same inventories and data folder. */
function withWholeCommand(message: string, command: readonly string[]): string {
  const short = ['muster', ...command].join(' ');
  const whole =
    command[0] === 'trust'
      ? [trustCommand(process.argv), ...command.slice(1)].join(' ')
      : short + dataOption(process.argv);
  return message.replace(`"${short}"`, () => `"${whole}"`);
}

/** One line for people beside the result, on stderr. */
export function reportNote(text: string, streams: Streams): void {
  streams.err(`muster: ${escapeLine(text)}\n`);
}

/** The format that a command line asks for, read before it is parsed: its errors take that form too. */
export function formatAskedFor(argv: readonly string[]): OutputFormat {
  const at = argv.lastIndexOf('--output');
  const value = at >= 0 ? argv[at + 1] : argv.findLast((each) => each.startsWith('--output='))?.slice(9);
  if (value === undefined && argv.includes('--json')) return 'json';
  return outputFormats.find((format) => format === value) ?? 'text';
}
