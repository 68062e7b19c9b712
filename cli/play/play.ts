import { resolve } from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import { Option } from 'commander';
import type { PlanRequest } from '../../core/run/plan.ts';
import { collect, wholeNumber } from '../arguments.ts';
import type { CommandContext } from '../commandLine.ts';
import {
  addInventoryOptions,
  addPickOptions,
  type PickFlags,
  pickOf,
  pickRefusal,
} from '../inventory/options.ts';
import { refuseNamed } from '../inventory/session.ts';
import { type Chosen, chooseSources, sourcesIfAny } from '../inventory/sourceRefs.ts';
import { outputFormats, reportRefusal } from '../report.ts';
import { addItemOptions, type ItemFlags, itemsOf } from '../run/itemOptions.ts';
import type { Ask } from '../run/runBatch.ts';
import {
  addScheduleOptions,
  limitsOf,
  type ScheduleFlags,
  scheduleRefusal,
  strategyOf,
} from '../run/scheduleOptions.ts';
import { addStartOptions, type StartFlags, startOptions } from '../run/startOptions.ts';
import { canAsk } from '../terminal/ask.ts';
import { type Play, type PlayFlags, playOf } from './params.ts';
import { applyPlan, savePlan } from './planFile.ts';

type Flags = PickFlags &
  ScheduleFlags &
  PlayFlags &
  ItemFlags &
  StartFlags & {
    on?: string;
    inventory?: readonly string[];
    max?: number;
    knownHosts?: string;
    out?: string;
  };

/** `muster play FILE` and `muster task FILE`: the engine is loaded only when a batch is really asked for. */
export function addPlay(program: Command, context: CommandContext): void {
  const play = program.command('play').description('run a playbook on its nodes, or on those of --on');
  addFile(play, 'playbook, as in deploy.playbook.yaml');
  const task = program.command('task').description('run a task on nodes');
  addFile(task, 'task, as in restart.task.yaml');
  for (const command of [play, task]) {
    addRunOptions(addPlanOptions(command)).action(async (file: string, flags: Flags) => {
      context.exit(await run(file, flags, context));
    });
  }
  const plan = program
    .command('plan')
    .description('say what a playbook would do, and save it for "muster apply"');
  addFile(plan, 'playbook or task');
  addPlanOptions(plan)
    .optionsGroup('Other options:')
    .option('-o, --out <file>', 'file for the plan: what "muster apply" runs, exactly or not at all')
    .addOption(new Option('--output <format>', 'form of the report').choices(outputFormats).default('text'))
    .action(async (file: string, flags: Flags) => {
      context.exit(await run(file, { ...flags, dryRun: 'plan' }, context));
    });
  const apply = program
    .command('apply')
    .description('run a plan that "muster plan" saved, or say what has changed since')
    .argument('<file>', 'file that "muster plan -o" wrote')
    .option('--data <folder>', 'folder of the history and of what was allowed; default: the one of this user')
    .option('--param-env <name=variable>', 'secret from the environment (repeatable)', collect);
  addRunOptions(apply).action(async (file: string, flags: Flags) => {
    context.exit(await applyPlan(file, startOptions(flags), { flags, streams: context.streams }));
  });
}

function addFile(command: Command, what: string): void {
  command.argument('<file>', what);
}

function addPlanOptions(command: Command): Command {
  addPickOptions(
    addInventoryOptions(
      command
        .optionsGroup('Which nodes:')
        .option('--on <selection>', "which nodes, instead of those of the playbook, as in --on 'web[01-20]'")
        .option('--max <n>', 'refuse to run on more nodes than this (default: 1000)', wholeNumber(1, 5000)),
    ),
  );
  addItemOptions(command.optionsGroup('What it is given:'))
    .option('--param <name=value>', 'parameter (repeatable)', collect)
    .option('--param-env <name=variable>', 'parameter or secret from the environment (repeatable)', collect)
    .option('--param-file <file>', 'parameters from a YAML or JSON file; --param wins over it')
    .option('--var <name=value>', 'variable, over all others (repeatable)', collect)
    .option('--tags <tags>', 'only steps with one of these tags: config,restart')
    .option('--skip-tags <tags>', 'no steps with one of these tags')
    .option('--start-at <id>', 'begin with this step')
    .option('--only <id>', 'do this step and no other')
    .option(
      '--dry-run-on-nodes',
      'run only tasks that support a dry run, and Ansible with --check; other steps are told',
    );
  return addScheduleOptions(command)
    .optionsGroup('Other options:')
    .option('--known-hosts <file>', 'known_hosts file to use instead of those in the inventory');
}

/** What every command that starts a batch has, behind what is printed. */
function addRunOptions(command: Command): Command {
  return addStartOptions(
    command
      .addOption(new Option('--output <format>', 'form of the result').choices(outputFormats).default('text'))
      .option('--each', 'on a terminal, print all that each node said, not equal answers together'),
  );
}

async function run(file: string, flags: Flags, { streams }: CommandContext): Promise<number> {
  const misfit = scheduleRefusal(flags, canAsk()) ?? pickRefusal(flags);
  if (misfit !== undefined) return reportRefusal({ code: 'USAGE', message: misfit }, flags.output, streams);
  const play = await playOf(file, flags);
  if (!play.ok) return reportRefusal(play.error, flags.output, streams);
  const sets = itemsOf(flags);
  if (!sets.ok) return reportRefusal(sets.error, flags.output, streams);
  const needsNodes = flags.on !== undefined || !(sets.value.items ?? play.value.hasBatch);
  const choose = needsNodes ? chooseSources : sourcesIfAny;
  const chosen = choose(flags.inventory ?? [], process.cwd());
  if (!chosen.ok) return reportRefusal(chosen.error, flags.output, streams);
  const { runBatch } = await import('../run/runBatch.ts');
  const ask = askFor({ ...requestOf(play.value, flags, chosen.value), ...sets.value }, chosen.value);
  const { out } = flags;
  const given = [flags.paramFile, flags.batchFile].flatMap((path) =>
    path === undefined ? [] : resolve(path),
  );
  const saved: Ask =
    out === undefined ? ask : async (client) => savePlan(await ask(client), { file: out, given }, streams);
  return runBatch({ ...startOptions(flags), secrets: play.value.secrets }, saved, streams);
}

function askFor(request: PlanRequest, chosen: Chosen): Ask {
  return async (client) => {
    const inventory = await client.inventory({ sources: request.sources });
    return refuseNamed(chosen, inventory) ?? client.plan(request);
  };
}

function requestOf({ action }: Play, flags: Flags, chosen: Chosen): PlanRequest {
  const pick = pickOf(flags);
  const { knownHosts, max } = flags;
  return {
    action,
    selection: flags.on ?? '',
    sources: [...chosen.sources],
    strategy: strategyOf(flags),
    limits: limitsOf(flags),
    ...(pick && { pick }),
    ...(knownHosts !== undefined && { knownHosts: resolve(knownHosts) }),
    ...(max !== undefined && { maxTargets: max }),
  };
}
