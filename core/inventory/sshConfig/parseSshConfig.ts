import type { Problem } from '../../util/problem.ts';
import {
  emptyPart,
  type InventoryPart,
  type ParseInput,
  type PartNode,
  type SettingEntries,
  undescribed,
} from '../part.ts';
import { problemOf } from '../sourceText.ts';
import { generalLines } from './blocks.ts';
import { isPlainName } from './patterns.ts';
import { readConfig, type SshConfig } from './readConfig.ts';
import { opensshSettings } from './needs.ts';
import { resolveHost } from './resolve.ts';
import { settingsOf } from './settings.ts';
import type { LinePlace, Statement } from './statements.ts';

/** More nodes than one configuration may have. */
const mostNodes = 20_000;
/** Lines with patterns that are held against names: each line for each name. */
const mostComparisons = 20_000_000;

/**
 * Reads an OpenSSH client configuration: a node for every Host that is a plain name, reached as `ssh NAME` would; what
 * patterns say goes for nodes of other sources too. An own reader, because a configuration that ssh refuses must be
 * refused here, which no package does. Nothing of it is executed.
 */
export function parseSshConfig(input: ParseInput): InventoryPart {
  const config = readConfig(input);
  const aliases = aliasesIn(config.statements);
  const tooMuch = excessOf(aliases.size, config);
  if (tooMuch !== undefined) {
    const complaint = {
      code: 'ssh-config/too-many',
      message: tooMuch,
      fix: 'Split it, and name each as a source.',
    };
    return { ...emptyPart, problems: [...config.problems, problemOf(complaint, { file: input.path })] };
  }
  const nodes = [...aliases].map(([name, place]) => nodeOf(name, { place, config, input }));
  return {
    nodes,
    groups: [],
    defaults: undescribed,
    settingsFor: (name) => settingsFor(name, config, input),
    sources: [],
    problems: [...config.problems, ...weakening(config.statements)],
  };
}

function excessOf(nodes: number, { statements }: SshConfig): string | undefined {
  if (nodes > mostNodes)
    return `The configuration has more than ${mostNodes.toLocaleString('en')} plain names of hosts.`;
  const lines = generalLines(statements);
  if (nodes * lines <= mostComparisons) return undefined;
  return `${nodes} hosts and ${lines} lines below patterns are too many together.`;
}

/** Plain names of Host lines, each where it stands first. */
function aliasesIn(statements: readonly Statement[]): ReadonlyMap<string, LinePlace> {
  const aliases = new Map<string, LinePlace>();
  for (const statement of statements) {
    const { file, range } = statement;
    if (statement.type === 'include') {
      for (const inner of statement.files) {
        for (const [name, place] of aliasesIn(inner)) if (!aliases.has(name)) aliases.set(name, place);
      }
    }
    if (statement.type !== 'host') continue;
    for (const name of statement.patterns.filter(isPlainName)) {
      if (!aliases.has(name)) aliases.set(name, { file, range });
    }
  }
  return aliases;
}

type Read = { readonly place: LinePlace; readonly config: SshConfig; readonly input: ParseInput };

function nodeOf(name: string, { place, config, input }: Read): PartNode {
  const resolved = resolveHost(config, name, { localUser: input.user });
  const openssh = opensshSettings(resolved, input.path);
  // What is not sure is up to ssh itself.
  const known = resolved.unsure
    ? {}
    : settingsOf(resolved, { name, localUser: input.user, home: input.home });
  const { refused } = resolved;
  const blocked = refused && `${refused.message} (${refused.file}:${refused.range.line})`;
  const node = { ...undescribed, name, place, settings: { ...known, ...openssh } };
  return { ...node, ...(blocked !== undefined && { blocked }) };
}

/** Settings for a node of another source, by its name. Where they are not sure nothing is said, as its own source knows more. */
function settingsFor(name: string, config: SshConfig, { path, user, home }: ParseInput): SettingEntries {
  const resolved = resolveHost(config, name, { localUser: user });
  if (resolved.unsure || resolved.refused) return {};
  return { ...settingsOf(resolved, { name, localUser: user, home }), ...opensshSettings(resolved, path) };
}

/** What would weaken the check of host keys has no effect here, which is worth knowing. */
function weakening(statements: readonly Statement[]): Problem[] {
  return statements.flatMap((statement): Problem[] => {
    if (statement.type === 'include') return statement.files.flatMap(weakening);
    if (statement.type !== 'set') return [];
    const { keyword, values, file, range } = statement;
    const isOff =
      keyword === 'stricthostkeychecking' && /^(?:no|off|false|accept-new)$/i.test(values[0] ?? '');
    const isNull = keyword === 'userknownhostsfile' && values.includes('/dev/null');
    if (!isOff && !isNull) return [];
    const message = `${keyword} ${values.join(' ')} has no effect: Muster always verifies host keys.`;
    return [{ code: 'ssh-config/host-keys', severity: 'warning', message, file, range }];
  });
}
