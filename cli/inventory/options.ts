import type { Command } from 'commander';
import { Option } from 'commander';
import { Order, type Pick } from '../../core/selection/pick.ts';
import { collect, wholeNumber } from '../arguments.ts';

/** Options of every command that reads inventories. */
export function addInventoryOptions(command: Command): Command {
  return command
    .option(
      '-i, --inventory <[type:]path>',
      'inventory (repeatable): a file or folder, with its kind before it where that is not plain: ' +
        'muster, ansible, bolt, ssh-config, clustershell, hosts, csv, folders, command. ' +
        'Default: what this folder has, or the nearest .muster/inventory.yaml',
      collect,
    )
    .option(
      '--data <folder>',
      'folder of the history and of what was allowed; default: the one of this user',
    );
}

export type PickFlags = { order?: Order; slice?: string; pick?: string; seed?: number };

/** Options that put nodes in order and take a part of them. */
export function addPickOptions(command: Command): Command {
  return command
    .addOption(new Option('--order <order>', 'order of the nodes').choices(Order.options))
    .option('--slice <places>', 'only these places of the order, from 0: 0-9, 0-99/10')
    .option('--pick <n or %>', 'so many of them by lot: 5, 10%')
    .option(
      '--seed <n>',
      'number that the lot is drawn with; the same gives the same nodes',
      wholeNumber(0, 999_999_999),
    );
}

/** Why these options make no sense together; undefined where they do. */
export function pickRefusal({ order, pick, seed }: PickFlags): string | undefined {
  if (seed === undefined || pick !== undefined || order === 'shuffle') return undefined;
  return '--seed is for what is drawn by lot. Say what is, with --pick 10% or --order shuffle.';
}

/** The pick that the options ask for; undefined where they ask for none. */
export function pickOf({ order, slice, pick: sample, seed }: PickFlags): Pick | undefined {
  if (order === undefined && slice === undefined && sample === undefined) return undefined;
  return {
    ...(order !== undefined && { order }),
    ...(slice !== undefined && { slice }),
    ...(sample !== undefined && { sample }),
    ...(seed !== undefined && { seed }),
  };
}
