import process from 'node:process';
import { Option } from 'commander';
import { actsAs } from '../run/clientContext.ts';

/** The option by which an agent or a timer says that it acts for a person; `MUSTER_AS` says it for all commands. */
export function actsAsOption(): Option {
  return new Option('--as <who>', 'who acts for you, as rules tell apart').choices(actsAs).env('MUSTER_AS');
}

/** The same for commands that have no such option. */
export function actsAsEnvironment(): (typeof actsAs)[number] | undefined {
  return actsAs.find((who) => who === process.env['MUSTER_AS']);
}
