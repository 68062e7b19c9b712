import { homedir } from 'node:os';
import process from 'node:process';
import { freezeReasons } from '../../core/policy/authorize.ts';
import { lowest, protectedTags } from '../../core/policy/limits.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { formatPlace } from '../../core/policy/verdict.ts';
import { warnAbove } from '../../core/run/plan.ts';
import { policyPaths } from '../../engine/policy/policyPaths.ts';
import { readPolicies, type ReadPolicies } from '../../engine/policy/readPolicies.ts';
import { exitCode, exitCodeOfError } from '../exitCode.ts';
import { chooseSources } from '../inventory/sourceRefs.ts';
import type { OutputFormat, Streams } from '../report.ts';
import { escapeLine } from '../terminal/escape.ts';
import { dataDirOf } from '../dataDir.ts';

export type ShowFlags = {
  readonly inventory?: readonly string[];
  readonly data?: string;
  readonly output: OutputFormat;
};

/** Lists the files that count in this folder and what they say. Ends with 77 where a broken one denies everything. */
export async function showPolicies(flags: ShowFlags, streams: Streams): Promise<number> {
  const home = homedir();
  const cwd = process.cwd();
  const chosen = chooseSources(flags.inventory ?? [], cwd);
  const sources = chosen.ok ? chosen.value.sources : [];
  const places = { dataDir: dataDirOf(flags.data, home), paths: policyPaths(process.env, home) };
  const read = await readPolicies(places, { folder: cwd }, sources);
  streams.out(flags.output === 'json' ? asJson(read) : asText(read));
  return read.policies.broken.length > 0 ? exitCodeOfError('DENIED') : exitCode.ok;
}

function asJson({ files, policies }: ReadPolicies): string {
  const shown = files
    .filter(({ read }) => read.status !== 'none')
    .map(({ file, level, read }) => ({
      file,
      level,
      status: read.status,
      ...(read.status === 'ok' && { ...read.policy.settings, rules: read.policy.rules }),
    }));
  const closed = [...policies.broken, ...freezeReasons({ policies, now: Date.now() })];
  return `${JSON.stringify({ version: 1, files: shown, closed })}\n`;
}

function asText({ files, policies }: ReadPolicies): string {
  const closed = [...policies.broken, ...freezeReasons({ policies, now: Date.now() })];
  const confirm = lowest(policies, 'confirmAbove');
  const typed = lowest(policies, 'typedAbove');
  const tags = protectedTags(policies).map(({ value }) => value);
  const lines = [
    'Files:',
    ...files
      .filter(({ level, read }) => level !== 'workspace' || read.status !== 'none')
      .map(({ level, file, read }) => `  ${level.padEnd(9)}  ${read.status.padEnd(6)}  ${file}`),
    'Limits:',
    confirm
      ? `  a yes above ${confirm.value} nodes${place(confirm)}`
      : `  asked above ${warnAbove} nodes where somebody can be`,
    ...(typed ? [`  the number typed above ${typed.value} nodes${place(typed)}`] : []),
    `  protected tags: ${tags.length > 0 ? tags.join(', ') : 'none'}`,
    ...(policies.policies.some(hasRules) ? ['Rules:'] : []),
    ...policies.policies.flatMap(ruleLines),
    ...closed.map(({ message }) => message),
  ];
  return lines.map((line) => `${escapeLine(line)}\n`).join('');
}

function place(setting: { place?: Parameters<typeof formatPlace>[0] }): string {
  return setting.place ? ` (${formatPlace(setting.place)})` : '';
}

function hasRules({ rules, settings }: Policy): boolean {
  return rules.length > 0 || settings.default !== undefined;
}

function ruleLines({ rules, settings, placeOf }: Policy): readonly string[] {
  const own = rules.map(({ place: at, decision, name, reason: _reason, ...about }) => {
    const words = Object.entries(about).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key} ${[value].flat().join(', ')}`],
    );
    const title = name === undefined ? '' : `${name}: `;
    return `  ${decision.padEnd(13)}  ${title}${words.join('; ') || 'everything'}  (${formatPlace(at)})`;
  });
  const rest = settings.default;
  return rest === undefined
    ? own
    : [...own, `  ${rest.padEnd(13)}  whatever no rule speaks for  (${formatPlace(placeOf('default'))})`];
}
