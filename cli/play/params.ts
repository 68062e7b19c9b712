import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isTaskFile } from '../../core/playbook/kindOfFile.ts';
import { readPlaybook, readTask } from '../../core/playbook/read/readPlaybook.ts';
import { readValues } from '../../core/playbook/read/readValues.ts';
import type { PlaybookAction } from '../../core/run/action.ts';
import type { Param } from '../../core/schema/param.ts';
import type { Value } from '../../core/schema/value.ts';
import { messageOf, refuse, type Result } from '../../core/util/errors.ts';
import { formatProblem, hasErrors } from '../../core/util/problem.ts';
import { fromEnvironment } from '../run/giveSecrets.ts';
import { askSecret, canAsk } from '../terminal/ask.ts';

/** What a person gives to a playbook. */
export type PlayFlags = {
  param?: readonly string[];
  paramEnv?: readonly string[];
  paramFile?: string;
  var?: readonly string[];
  tags?: string;
  skipTags?: string;
  startAt?: string;
  only?: string;
  dryRunOnNodes?: true;
};

/** The action that runs a file, and the secrets that travel beside it. */
export type Play = {
  readonly action: PlaybookAction;
  readonly secrets: Readonly<Record<string, string>>;
  /** The file has sets of parameters. */
  readonly hasBatch: boolean;
};

/** Sorts what was given into what may be written down and what may not; asks a person for what is secret and missing. */
export async function playOf(file: string, flags: PlayFlags): Promise<Result<Play>> {
  const path = resolve(file);
  const declared = declaredIn(path);
  if (!declared.ok) return declared;
  const given = givenBy(flags);
  if (!given.ok) return given;
  const vars = pairs(flags.var ?? [], '--var');
  if (!vars.ok) return vars;
  const { params, hasBatch } = declared.value;
  const { open, fromEnv } = given.value;
  const isSecret = (name: string): boolean => params.get(name)?.sensitive === true;
  const hidden = new Map<string, string>();
  for (const [name, value] of Object.entries(open))
    if (isSecret(name)) hidden.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  // What the environment gives and no parameter is called is a secret of the file, or of the configuration.
  for (const [name, value] of Object.entries(fromEnv))
    if (isSecret(name) || !params.has(name)) hidden.set(name, value);
  await askFor(params, hidden);
  const plain = Object.entries({ ...open, ...fromEnv }).filter(([name]) => !hidden.has(name));
  const action: PlaybookAction = {
    type: 'playbook',
    file: path,
    params: Object.fromEntries(plain),
    withheld: [...hidden.keys()].filter(isSecret),
    ...(flags.var && { vars: vars.value }),
    ...(flags.tags !== undefined && { tags: listOf(flags.tags) }),
    ...(flags.skipTags !== undefined && { skipTags: listOf(flags.skipTags) }),
    ...(flags.startAt !== undefined && { startAt: flags.startAt }),
    ...(flags.only !== undefined && { only: flags.only }),
    ...(flags.dryRunOnNodes && { dryRun: true }),
  };
  return { ok: true, value: { action, hasBatch, secrets: Object.fromEntries(hidden) } };
}

/** Secrets that the environment gives to a plan that is there already. */
export function secretsGiven({ paramEnv = [] }: PlayFlags): Result<Readonly<Record<string, string>>> {
  const named = pairs(paramEnv, '--param-env');
  return named.ok ? fromEnvironment(named.value) : named;
}

type Given = {
  readonly open: Readonly<Record<string, Value>>;
  readonly fromEnv: Readonly<Record<string, string>>;
};

/** What is written out wins over what a file says. */
function givenBy(flags: PlayFlags): Result<Given> {
  const inFile = flags.paramFile === undefined ? undefined : paramsIn(flags.paramFile);
  if (inFile && !inFile.ok) return inFile;
  const written = pairs(flags.param ?? [], '--param');
  if (!written.ok) return written;
  const fromEnv = secretsGiven(flags);
  if (!fromEnv.ok) return fromEnv;
  return { ok: true, value: { open: { ...inFile?.value, ...written.value }, fromEnv: fromEnv.value } };
}

/** Parameters in a file, YAML or JSON. */
function paramsIn(file: string): Result<Readonly<Record<string, Value>>> {
  const text = textOf(file);
  if (!text.ok) return text;
  const { values, problems } = readValues(text.value);
  if (!hasErrors(problems)) return { ok: true, value: values };
  return refuse('INPUT_INVALID', problems.map((problem) => formatProblem({ ...problem, file })).join('\n'));
}

function textOf(file: string): Result<string> {
  try {
    return { ok: true, value: readFileSync(file, 'utf8') };
  } catch (error) {
    return refuse('INPUT_MISSING', `${file} can not be read: ${messageOf(error)}.`);
  }
}

function listOf(text: string): string[] {
  return text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

type Declared = { readonly params: ReadonlyMap<string, Param>; readonly hasBatch: boolean };

/** Parameters of the file; what is wrong with it is told by the engine, which reads it too. */
function declaredIn(path: string): Result<Declared> {
  const text = textOf(path);
  if (!text.ok) return text;
  const { value } = isTaskFile(path) ? readTask(text.value) : readPlaybook(text.value);
  const hasBatch = value !== undefined && 'batch' in value && value.batch !== undefined;
  return { ok: true, value: { params: value?.params ?? new Map(), hasBatch } };
}

/** Asks for secret parameters that have to be given, where a person is there. */
async function askFor(params: ReadonlyMap<string, Param>, hidden: Map<string, string>): Promise<void> {
  if (!canAsk()) return;
  for (const [name, { sensitive, required, description = name }] of params) {
    if (!sensitive || !required || hidden.has(name)) continue;
    const secret = await askSecret(description);
    if (secret !== undefined) hidden.set(name, secret);
  }
}

function pairs(given: readonly string[], option: string): Result<Record<string, string>> {
  const found: [string, string][] = [];
  for (const each of given) {
    const at = each.indexOf('=');
    if (at <= 0) return refuse('USAGE', `${option} ${each} has no value. Write it as ${option} NAME=VALUE.`);
    found.push([each.slice(0, at), each.slice(at + 1)]);
  }
  return { ok: true, value: Object.fromEntries(found) };
}
