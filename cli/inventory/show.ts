import type { Command } from 'commander';
import { addressText } from '../../core/inventory/address.ts';
import { notApplied, type NodeDetail, type Provenance } from '../../core/inventory/detail.ts';
import type { Origin } from '../../core/inventory/model.ts';
import { maskValue } from '../../core/inventory/write/secrets.ts';
import { nearest } from '../../core/util/nearest.ts';
import type { CommandContext } from '../commandLine.ts';
import { exitCode } from '../exitCode.ts';
import { reportRefusal } from '../report.ts';
import { escapeLine } from '../terminal/escape.ts';
import { addInventoryOptions } from './options.ts';
import { type InventoryFlags, openSession } from './session.ts';

type Flags = InventoryFlags & { json?: true; showSecrets?: true };

/** `muster nodes show NAME`: everything that is known about a node, each value with its origin. */
export function addShow(nodes: Command, context: CommandContext): void {
  const command = nodes
    .command('show')
    .description('show everything that is known about a node, and where it was written')
    .argument('<name>', 'name of the node')
    .option('--json', 'print JSON')
    .option('--show-secrets', 'print values whose names say that they are secrets');
  addInventoryOptions(command).action(async (name: string) => {
    // Options of `nodes` itself may stand before `show`.
    context.exit(await showNode(name, command.optsWithGlobals<Flags>(), context));
  });
}

async function showNode(name: string, flags: Flags, { streams }: CommandContext): Promise<number> {
  const format = flags.json ? 'json' : 'text';
  const session = await openSession(flags, streams);
  if (!session.ok) return reportRefusal(session.error, format, streams);
  const { merged, index } = session.value;
  const detail = merged.detail(name);
  if (!detail) {
    const near = nearest(name, index.nodes.keys());
    const hint = near === undefined ? '"muster nodes" lists those that there are.' : `Did you mean ${near}?`;
    const message = `There is no node ${name}. ${hint}`;
    return reportRefusal({ code: 'NOT_FOUND', message }, format, streams);
  }
  const shown = flags.showSecrets ? detail : masked(detail);
  streams.out(flags.json ? `${JSON.stringify(asJson(shown), undefined, 2)}\n` : asText(shown));
  return exitCode.ok;
}

function masked(detail: NodeDetail): NodeDetail {
  const hide = (list: readonly Provenance[]): Provenance[] =>
    list.map((each) => ({
      ...each,
      value: maskValue(each.key, each.value),
      instead: each.instead.map((other) => ({ ...other, value: maskValue(each.key, other.value) })),
    }));
  return { ...detail, vars: hide(detail.vars), facts: hide(detail.facts) };
}

/** The public shape: the connection as ssh would have it, then vars and facts with their origins. */
function asJson({ node, origins, groups, tags, connection, vars, facts }: NodeDetail): object {
  const { host, port, user, identityFiles, jump, proxyCommand, transport } = node.connection;
  return {
    version: 1,
    name: node.name,
    transport,
    host,
    port,
    user: user ?? null,
    identityFiles,
    proxyJump: jump,
    proxyCommand: proxyCommand ?? null,
    connection: node.connection,
    ...(node.blocked !== undefined && { blocked: node.blocked }),
    sources: node.sources,
    origins: {
      node: origins.map(placeOf),
      connection: Object.fromEntries(
        connection.map(({ key, origin, from }) => [key, `${placeOf(origin)} (${from})`]),
      ),
    },
    groups,
    tags: tags.map(({ key, origin, from }) => ({ tag: key, origin: placeOf(origin), from })),
    vars: vars.map(valueJson),
    facts: facts.map(valueJson),
  };
}

function valueJson({ key, value, origin, from, unresolved, instead }: Provenance): object {
  return {
    key,
    value,
    origin: placeOf(origin),
    from,
    ...(unresolved !== undefined && { unresolved }),
    ...(instead.length > 0 && {
      instead: instead.map((each) => ({ ...each, origin: placeOf(each.origin) })),
    }),
  };
}

function placeOf({ source, range }: Origin): string {
  return range ? `${source}:${range.line}` : source;
}

function asText({ node, origins, groups, tags, connection, vars, facts }: NodeDetail): string {
  const { transport, cwd = '' } = node.connection;
  const address = transport === 'local' ? cwd : addressText(node.connection);
  const lines = [
    `${node.name}  ${transport} ${address}`,
    ...(node.blocked === undefined ? [] : [`  blocked  ${node.blocked}`]),
    ...origins.map((origin) => `  in  ${placeOf(origin)}`),
    ...groups.map((way) => `  group  ${way.join(' > ')}`),
    ...section('tag', tags),
    ...section('connection', connection),
    ...section('fact', facts),
    ...section('var', vars),
  ];
  return `${lines.map(escapeLine).join('\n')}\n`;
}

function section(title: string, list: readonly Provenance[]): string[] {
  return list.flatMap(({ key, value, origin, from, unresolved, instead }) => [
    `  ${title}  ${key}${title === 'tag' ? '' : ` = ${typeof value === 'string' ? value : JSON.stringify(value)}`}  (${from}, ${placeOf(origin)})`,
    ...(title === 'connection' && key === 'strictHostKeyChecking' ? [`    ${notApplied}`] : []),
    ...(unresolved === undefined ? [] : [`    ${unresolved}`]),
    // The same again, for all nodes of a pattern, is nothing that was passed over.
    ...instead
      .filter((each) => JSON.stringify(each.value) !== JSON.stringify(value))
      .map((each) => `    not ${JSON.stringify(each.value)}  (${each.from}, ${placeOf(each.origin)})`),
  ]);
}
