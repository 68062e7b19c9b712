import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { type LogLevel, logLevels } from '../../core/log/record.ts';
import type { EngineOptions } from '../../engine/engine.ts';

export type LogFlagsOfRun = { readonly logFile?: string; readonly logLevel?: LogLevel };

/** Where a batch's log goes, and how much of it. */
export function addLogOptions(command: Command): Command {
  return command
    .option('--log-file <file>', 'write the log to this file, one JSON object a line (default: "muster log")')
    .addOption(
      new Option('--log-level <level>', 'the least level in the log (default: info)').choices(logLevels),
    );
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
