import { addressText } from '../../core/inventory/address.ts';
import { notApplied, type NodeDetail, type Provenance } from '../../core/inventory/detail.ts';
import type { Origin } from '../../core/inventory/model.ts';
import { maskValue } from '../../core/inventory/write/secrets.ts';
import type { JournalPage } from '../../core/protocol/journal.ts';
import type { Reach } from '../../core/protocol/inventory.ts';
import { journalLine } from './journalRow.ts';
import { plainText } from './plain.ts';

export type NodePageInput = {
  readonly detail: NodeDetail;
  readonly reach: Reach | undefined;
  /** How the last run of this session ended, in words. */
  readonly lastRun: string | undefined;
  /** Its newest entries; undefined where they can not be read. */
  readonly journal: JournalPage | undefined;
  readonly shorten: Shorten;
};

/** A path as a person of this workspace knows it. */
type Shorten = (path: string) => string;

/** Everything that is known about a node, as plain text: each value with the place that it comes from. */
export function nodePage({ detail, reach, lastRun, journal, shorten }: NodePageInput): string {
  const { node, origins, groups, tags, connection, vars, facts } = detail;
  const { transport, jump, cwd = '' } = node.connection;
  const address = transport === 'local' ? `local, in ${cwd}` : `${transport} ${addressText(node.connection)}`;
  const lines = (value: Provenance): readonly string[] => valueLines(value, shorten);
  const page = [
    node.name,
    '='.repeat(node.name.length),
    '',
    `Reached:  ${address}`,
    ...(jump.length > 0 ? [`Through:  ${jump.join(', then ')}`] : []),
    ...(node.blocked === undefined ? [] : [`Does not run:  ${node.blocked}`]),
    ...(reach
      ? [
          `Answer:   ${reach.answer}${reach.message === undefined ? '' : `, ${reach.message}`} (${new Date(reach.at).toISOString()})`,
        ]
      : []),
    ...(lastRun === undefined ? [] : [`Last run: ${lastRun}`]),
    ...section(
      'Written in',
      origins.map((origin) => placeOf(origin, String)),
    ),
    ...section(
      'Groups',
      groups.map((way) => way.join(' > ')),
    ),
    ...section(
      'Tags',
      tags.map(({ key, origin, from }) => `${key}  (${from}, ${placeOf(origin, shorten)})`),
    ),
    ...section('Connection', connection.flatMap(lines)),
    ...section('Facts', facts.flatMap(lines)),
    ...section('Vars', vars.flatMap(lines)),
    ...section('Journal', [
      ...(journal?.entries ?? []).map(journalLine),
      ...(journal?.more ? ['and more: Show Journal…'] : []),
    ]),
  ];
  return `${page.map(plainText).join('\n')}\n`;
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, '-'.repeat(title.length), ...lines];
}

function valueLines(
  { key, value, origin, from, unresolved, instead }: Provenance,
  shorten: Shorten,
): readonly string[] {
  return [
    `${key} = ${textOf(key, value)}  (${from}, ${placeOf(origin, shorten)})`,
    ...(key === 'strictHostKeyChecking' ? [`    ${notApplied}`] : []),
    ...(unresolved === undefined ? [] : [`    ${unresolved}`]),
    ...instead.map(
      (each) => `    instead of ${textOf(key, each.value)}  (${each.from}, ${placeOf(each.origin, shorten)})`,
    ),
  ];
}

function textOf(key: string, value: Provenance['value']): string {
  const shown = maskValue(key, value);
  return typeof shown === 'string' ? shown : JSON.stringify(shown);
}

function placeOf({ source, range }: Origin, shorten: Shorten): string {
  return range ? `${shorten(source)}:${range.line}` : shorten(source);
}

/** The most that a hover shows: connection, then vars, each with its place. */
const tooltipAtMost = 20;

export function tooltipLines({ connection, vars }: NodeDetail, shorten: Shorten): readonly string[] {
  const lines = [...connection, ...vars].map(
    ({ key, value, origin, from }) =>
      `${key} = ${textOf(key, value).slice(0, 80)}  (${from}, ${placeOf(origin, shorten)})`,
  );
  const rest = lines.length - tooltipAtMost;
  return [...lines.slice(0, tooltipAtMost), ...(rest > 0 ? [`and ${rest} more`] : [])].map(plainText);
}
