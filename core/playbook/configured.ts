import type { Config } from '../config/config.ts';
import type { Secret } from '../schema/secret.ts';
import type { Service } from '../schema/service.ts';
import type { Value } from '../schema/value.ts';
import { nearest } from '../util/nearest.ts';
import { meantOr, type Problem } from '../util/problem.ts';
import type { PlaybookFiles } from './playbookFiles.ts';
import { type LoadedPlaybook, type PlannedService, type SecretPlace, stepsWithin } from './plannedStep.ts';

/** What the configuration has for playbooks. */
export type Configured = Pick<Config, 'vars' | 'secrets' | 'services'>;

type Steps = Pick<LoadedPlaybook, 'steps' | 'handlers' | 'finally'>;

/** Variables under all others: those of the user, then those of the workspace. */
export function usualVars({ vars }: Configured): Record<string, Value> {
  return Object.fromEntries(vars.map(({ name, value }) => [name, value]));
}

/** The services that steps name; told where there is none of a name. */
export function servicesOf(
  { steps, handlers, finally: last }: Steps,
  { services }: Configured,
): { services: Record<string, PlannedService>; problems: readonly Problem[] } {
  const named = new Set<string>();
  for (const { does } of stepsWithin([...steps, ...handlers, ...last]))
    if (does.type === 'http' && does.request.service !== undefined) named.add(does.request.service);
  const found: [string, PlannedService][] = [];
  const problems: Problem[] = [];
  for (const name of named) {
    const service = services.get(name);
    if (service) found.push([name, plannedService(service.value)]);
    else problems.push(unknownService(name, [...services.keys()]));
  }
  return { services: Object.fromEntries(found), problems };
}

function unknownService(name: string, known: readonly string[]): Problem {
  const near = nearest(name, known);
  const there = known.length === 0 ? 'There are none yet.' : `There are: ${known.join(', ')}.`;
  const what = meantOr(near, `Write it under "services". ${there}`);
  const message = `There is no service "${name}" in config.yaml.`;
  return { code: 'playbook/unknown-service', severity: 'error', message, ...what };
}

function plannedService({ baseUrl, headers, rateLimits, retry }: Service): PlannedService {
  const { requestsPerSecond, burstSize, concurrency } = rateLimits ?? {};
  return {
    baseUrl: baseUrl.replace(/\/+$/, ''),
    headers: Object.fromEntries(headers ?? []),
    ...(requestsPerSecond !== undefined && { rate: { perSecond: requestsPerSecond, burst: burstSize ?? 1 } }),
    ...(concurrency !== undefined && { concurrency }),
    ...(retry && { retry: plannedRetry(retry) }),
  };
}

/** As it is run: three times, a second apart, where nothing else is said. */
export function plannedRetry({
  statuses,
  count = 3,
  delay = 1000,
}: NonNullable<Service['retry']>): NonNullable<PlannedService['retry']> {
  return { statuses, count, delayMs: delay };
}

/** The secrets that templates name: of the file, else of the configuration. */
export function secretsOf(
  own: { readonly secrets: ReadonlyMap<string, Secret>; readonly file: string },
  { outer, used }: { outer: Configured; used: unknown },
  files: PlaybookFiles,
): Record<string, SecretPlace> {
  const named = secretsIn(used);
  const shared = [...outer.secrets]
    .filter(([name]) => named.has(name) && !own.secrets.has(name))
    .map(([name, { value, file }]): [string, SecretPlace] => [name, placeOf(name, value, { file, files })]);
  const written = [...own.secrets]
    .filter(([name]) => named.has(name))
    .map(([name, secret]): [string, SecretPlace] => [name, placeOf(name, secret, { file: own.file, files })]);
  return Object.fromEntries([...shared, ...written]);
}

/** What the files say that steps fill in; one whose name is a template itself is looked for in vain. */
export function templatesOf(
  { steps, handlers, finally: last }: Steps,
  files: PlaybookFiles,
): readonly string[] {
  const all = [...stepsWithin([...steps, ...handlers, ...last])];
  return all.flatMap(({ does }) => {
    if (does.type !== 'template') return [];
    const read = files.read(files.resolve(does.file, does.from));
    return 'text' in read ? [read.text] : [];
  });
}

/** Names behind `secret` in any text of a value. */
function secretsIn(used: unknown): ReadonlySet<string> {
  const text = JSON.stringify(used);
  const names = text.matchAll(/\bsecret\s*(?:\.\s*(\w+)|\[\s*(?:'|\\")(\w+))/g);
  return new Set([...names].flatMap(([, dotted, quoted]) => dotted ?? quoted ?? []));
}

function placeOf(
  name: string,
  { env, age, command, stored, ask = name }: Secret,
  { file, files }: { file: string; files: PlaybookFiles },
): SecretPlace {
  if (env !== undefined) return { type: 'env', name: env };
  if (age !== undefined) return { type: 'age', file: files.resolve(file, age) };
  if (command !== undefined) return { type: 'command', argv: command, file };
  if (stored !== undefined) return { type: 'stored', label: stored, file };
  return { type: 'ask', label: ask };
}
