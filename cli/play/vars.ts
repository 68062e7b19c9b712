import { homedir } from 'node:os';
import process from 'node:process';
import type { Command } from 'commander';
import { maskValue } from '../../core/inventory/write/secrets.ts';
import { withKnowledge } from '../../core/run/knowledge.ts';
import {
  type ExplainedVar,
  explainVars,
  type ForPlaybook,
  type SaidVar,
} from '../../core/run/steps/explainVars.ts';
import { nodeValue } from '../../core/run/steps/scope.ts';
import { targetOf } from '../../core/run/target.ts';
import type { Value } from '../../core/schema/value.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { loadConfig, userConfigFile } from '../../engine/config/configFiles.ts';
import { loadPlaybook } from '../../engine/playbook/loadPlaybook.ts';
import { collect } from '../arguments.ts';
import type { CommandContext } from '../commandLine.ts';
import { exitCode } from '../exitCode.ts';
import { addInventoryOptions } from '../inventory/options.ts';
import { type InventoryFlags, type InventorySession, openSession } from '../inventory/session.ts';
import { reportRefusal, type Streams } from '../report.ts';
import { escapeLine } from '../terminal/escape.ts';
import { type PlayFlags, playOf } from './params.ts';

type Flags = InventoryFlags &
  Pick<PlayFlags, 'param' | 'paramFile' | 'var'> & { playbook?: string; json?: true; showSecrets?: true };

/** `muster vars`: what templates see on nodes, each value with where it is from and what it hides. Contacts nobody. */
export function addVars(program: Command, context: CommandContext): void {
  const command = program
    .command('vars')
    .description('show the variables of nodes, where each value is from, and what it hides')
    .argument('<selection>', "which nodes, one argument: quote it, as in 'tag:prod !web13'")
    .option('--playbook <file>', 'playbook or task: its variables and parameters too')
    .option('--param <name=value>', 'parameter of the playbook (repeatable)', collect)
    .option('--param-file <file>', 'parameters from a YAML or JSON file; --param wins over it')
    .option('--var <name=value>', 'variable, over all others (repeatable)', collect)
    .option('--json', 'print JSON')
    .option('--show-secrets', 'print values whose names say that they are secrets');
  addInventoryOptions(command).action(async (selection: string, flags: Flags) =>
    context.exit(await showVars(selection, flags, context)),
  );
}

type NodeVars = {
  readonly name: string;
  /** What templates see as `node`. */
  readonly node: Value;
  readonly vars: readonly ExplainedVar[];
};

async function showVars(selection: string, flags: Flags, { streams }: CommandContext): Promise<number> {
  const format = flags.json ? 'json' : 'text';
  const found = await varsOf(selection, flags, streams);
  if (!found.ok) return reportRefusal(found.error, format, streams);
  const shown = flags.showSecrets ? found.value : found.value.map(masked);
  streams.out(
    flags.json
      ? `${JSON.stringify({ version: 1, nodes: shown }, undefined, 2)}\n`
      : shown.map(asText).join('\n'),
  );
  return exitCode.ok;
}

async function varsOf(
  selection: string,
  flags: Flags,
  streams: Streams,
): Promise<Result<readonly NodeVars[]>> {
  const opened = await openSession(flags, streams);
  if (!opened.ok) return opened;
  const session = opened.value;
  const selected = session.select({ selection });
  if (!selected.ok) return selected;
  const config = loadConfig(userConfigFile(process.env, homedir()), {
    folder: process.cwd(),
    sources: session.sources,
  });
  if (!config.ok) return config;
  const playbook = await playbookFor(flags, config.value);
  if (!playbook.ok) return playbook;
  const nodes = selected.value.flatMap((name): NodeVars[] => {
    const detail = session.merged.detail(name);
    const target = targetFor(name, session);
    if (!detail || !target) return [];
    const { vars } = config.value;
    const asked = { target, config: vars, inventory: detail.vars, playbook: playbook.value };
    return [{ name, node: nodeValue(target), vars: explainVars(asked) }];
  });
  return { ok: true, value: nodes };
}

function targetFor(name: string, { index }: InventorySession) {
  const node = index.nodes.get(name);
  return node && withKnowledge([targetOf(node, {}, index)], index)[0];
}

async function playbookFor(
  { playbook: file, ...flags }: Flags,
  config: Parameters<typeof loadPlaybook>[2],
): Promise<Result<ForPlaybook | undefined>> {
  if (file === undefined) {
    const surplus = (['param', 'paramFile', 'var'] as const).find((key) => flags[key] !== undefined);
    if (surplus === undefined) return { ok: true, value: undefined };
    return refuse('USAGE', 'Parameters and --var are for a playbook. Name it with --playbook.');
  }
  const play = await playOf(file, flags);
  if (!play.ok) return play;
  const { action } = play.value;
  const loaded = loadPlaybook(action, process.cwd(), config);
  if (!loaded.ok) return loaded;
  return { ok: true, value: { file: action.file, loaded: loaded.value.loaded, vars: action.vars ?? {} } };
}

function masked({ vars, node, ...rest }: NodeVars): NodeVars {
  const hide =
    (name: string) =>
    <T extends SaidVar>(said: T): T => ({
      ...said,
      value: maskValue(name, said.value),
    });
  return {
    ...rest,
    node: maskValue('', node),
    vars: vars.map((each) => ({ ...hide(each.name)(each), hides: each.hides.map(hide(each.name)) })),
  };
}

function asText({ name, node, vars }: NodeVars): string {
  const own = Object.entries(node as Record<string, Value>).map(
    ([key, value]) => `  node.${key} = ${textOf(value)}`,
  );
  const lines = vars.flatMap(({ name: key, hides, ...said }) => [
    `  ${key} = ${textOf(said.value)}  (${said.from}, ${said.origin})`,
    ...hides.map((each) => `    not ${textOf(each.value)}  (${each.from}, ${each.origin})`),
  ]);
  return `${[name, ...own, ...lines].map(escapeLine).join('\n')}\n`;
}

function textOf(value: Value): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
