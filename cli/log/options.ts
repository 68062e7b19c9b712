import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type LogLevel, logLevels } from '../../core/log/record.ts';
import { messageOf } from '../../core/util/errors.ts';
import type { EngineOptions } from '../../engine/engine.ts';

export type LogFlagsOfRun = { readonly logFile?: string; readonly logLevel?: LogLevel };

/** Where a batch's log goes, and how much of it. */
export function addLogOptions(command: Command): Command {
  return command
    .option(
      '--log-file <file>',
      'write the log to this file, one JSON object a line (default: "muster log")',
      writableFile,
    )
    .addOption(
      new Option('--log-level <level>', 'the least level in the log (default: info)').choices(logLevels),
    );
}

/** A file that can be written; a log that nobody can write would be missed only when it is needed. */
function writableFile(path: string): string {
  try {
    closeSync(openSync(path, 'a', 0o600));
    return path;
  } catch (error) {
    throw new InvalidArgumentError(`It can not be written: ${messageOf(error)}.`);
  }
}

export function logOf({ logFile, logLevel }: LogFlagsOfRun): { log?: NonNullable<EngineOptions['log']> } {
  if (logFile === undefined && logLevel === undefined) return {};
  return {
    log: {
      ...(logFile !== undefined && { file: resolve(logFile) }),
      ...(logLevel && { level: logLevel }),
    },
  };
}
