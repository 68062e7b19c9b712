import type { Command } from 'commander';
import type { Streams } from './report.ts';

/** What every command takes that asks the history something. */
export type QueryFlags = { readonly json?: true; readonly data?: string };

export function addQueryOptions(command: Command): Command {
  return command
    .option('--json', 'the result for programs')
    .option('--data <folder>', 'folder of the history; default: the one of this user');
}

/** How the engine is opened for these flags. */
export function settingsOf({ json, data }: QueryFlags, streams: Streams) {
  return { data, mustExist: true, format: json ? 'json' : 'text', streams } as const;
}
