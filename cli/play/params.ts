import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import process from 'node:process';
import { readPlaybook, readTask } from '../../core/playbook/read/readPlaybook.ts';
import type { PlaybookAction } from '../../core/run/action.ts';
import type { Param } from '../../core/schema/param.ts';
import type { Secret } from '../../core/schema/secret.ts';
import { messageOf, refuse, type Result } from '../../core/util/errors.ts';
import { askSecret, canAsk } from '../terminal/ask.ts';

/** What a person gives to a playbook. */
export type PlayFlags = {
  param?: readonly string[];
  paramEnv?: readonly string[];
  var?: readonly string[];
  tags?: string;
  startAt?: string;
};

/** The action that runs a file, and the secrets that travel beside it. */
export type Play = { readonly action: PlaybookAction; readonly secrets: Readonly<Record<string, string>> };

/** Sorts what was given into what may be written down and what may not; asks a person for what is secret and missing. */
export async function playOf(file: string, flags: PlayFlags): Promise<Result<Play>> {
  const path = resolve(file);
  const declared = declaredIn(path);
  if (!declared.ok) return declared;
  const given = pairs([...(flags.param ?? [])], '--param');
  if (!given.ok) return given;
  const fromEnv = variables([...(flags.paramEnv ?? [])]);
  if (!fromEnv.ok) return fromEnv;
  const vars = pairs([...(flags.var ?? [])], '--var');
  if (!vars.ok) return vars;
  const all = { ...given.value, ...fromEnv.value };
  const { params, secrets } = declared.value;
  const isSecret = (name: string): boolean => params.get(name)?.sensitive === true;
  const open = Object.entries(all).filter(([name]) => !isSecret(name));
  const hidden = new Map(Object.entries(all).filter(([name]) => isSecret(name)));
  await askFor(declared.value, hidden);
  const action: PlaybookAction = {
    type: 'playbook',
    file: path,
    params: Object.fromEntries(open),
    withheld: [...hidden.keys()].filter((name) => !secrets.has(name)),
    ...(flags.var && { vars: vars.value }),
    ...(flags.tags !== undefined && { tags: flags.tags.split(',').map((tag) => tag.trim()) }),
    ...(flags.startAt !== undefined && { startAt: flags.startAt }),
  };
  return { ok: true, value: { action, secrets: Object.fromEntries(hidden) } };
}

type Declared = {
  readonly params: ReadonlyMap<string, Param>;
  readonly secrets: ReadonlyMap<string, Secret>;
};

/** What the file wants; what is wrong with it is told by the engine, which reads it too. */
function declaredIn(path: string): Result<Declared> {
  try {
    const text = readFileSync(path, 'utf8');
    const isTask = path.endsWith('.task.yaml');
    const value = isTask ? readTask(text).value : readPlaybook(text).value;
    const secrets = value && 'secrets' in value ? value.secrets : undefined;
    return { ok: true, value: { params: value?.params ?? new Map(), secrets: secrets ?? new Map() } };
  } catch (error) {
    return refuse('INPUT_MISSING', `${path} can not be read: ${messageOf(error)}.`);
  }
}

/** Asks for secrets that a person has to give, where one is there. */
async function askFor({ params, secrets }: Declared, hidden: Map<string, string>): Promise<void> {
  if (!canAsk()) return;
  const labels = new Map<string, string>();
  for (const [name, { sensitive, required, description = name }] of params)
    if (sensitive && required && !hidden.has(name)) labels.set(name, description);
  for (const [name, { ask }] of secrets) if (ask !== undefined) labels.set(name, ask);
  for (const [name, label] of labels) {
    const secret = await askSecret(label);
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

function variables(given: readonly string[]): Result<Record<string, string>> {
  const named = pairs(given, '--param-env');
  if (!named.ok) return named;
  const found: [string, string][] = [];
  for (const [name, variable] of Object.entries(named.value)) {
    const value = process.env[variable];
    if (value === undefined) return refuse('USAGE', `The environment variable ${variable} is not set.`);
    found.push([name, value]);
  }
  return { ok: true, value: Object.fromEntries(found) };
}
