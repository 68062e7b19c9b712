import type { Command } from 'commander';
import type { Streams } from '../report.ts';

/** What every part of `muster history` takes. */
export type CommonFlags = { readonly json?: true; readonly data?: string };

export function addCommon(command: Command): Command {
  return command
    .option('--json', 'the result for programs')
    .option('--data <folder>', 'folder of the history; default: the one of this user');
}

/** How the engine is opened for these flags. */
export function settingsOf({ json, data }: CommonFlags, streams: Streams) {
  const format = json ? 'json' : 'text';
  return { ...(data !== undefined && { data }), as: undefined, format, streams } as const;
}
