import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import type { SecretPlace } from '../../core/playbook/plannedStep.ts';
import type { Action } from '../../core/run/action.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { runProgram } from '../sources/runCommand.ts';
import { commandText, type SecretCommand } from '../trust/secretCommands.ts';

/** What came beside the plan: secret parameters, and secrets that a person was asked for, by name. */
export type GivenSecrets = Readonly<Record<string, string>>;

export type SecretDeps = {
  readonly given?: GivenSecrets | undefined;
  /** Whether a command may run on this machine for a secret. */
  readonly mayRun: (command: SecretCommand) => boolean;
};

/** The values of all secrets of a playbook, before anything runs; refused with the name of one that is not there. */
export async function secretValues(
  action: Action,
  { given = {}, mayRun }: SecretDeps,
): Promise<Result<ReadonlyMap<string, string>>> {
  const values = new Map<string, string>();
  const loaded = loadedOf(action);
  if (action.type !== 'playbook' || !loaded) return { ok: true, value: values };
  const { withheld } = action;
  for (const name of new Set([...withheld, ...loaded.sensitive])) {
    const value = given[name];
    if (value !== undefined) values.set(name, value);
    else if (withheld.includes(name))
      return refuse(
        'INPUT_MISSING',
        `The parameter "${name}" is secret and did not come with the plan. Give it again.`,
      );
  }
  for (const [name, place] of Object.entries(loaded.secrets)) {
    const value = given[name];
    const found = value === undefined ? await read(name, place, mayRun) : ({ ok: true, value } as const);
    if (!found.ok) return found;
    values.set(name, found.value);
  }
  return { ok: true, value: values };
}

async function read(name: string, place: SecretPlace, mayRun: SecretDeps['mayRun']): Promise<Result<string>> {
  switch (place.type) {
    case 'env': {
      const value = process.env[place.name];
      if (value) return { ok: true, value };
      return refuse(
        'INPUT_MISSING',
        `The secret "${name}" is in the environment variable ${place.name}, which is not set. Set it where Muster is started, then run again.`,
      );
    }
    case 'age':
      return decrypt(name, place.file);
    case 'command':
      return mayRun(place) ? printed(name, place) : notAllowed(name, place);
    case 'stored':
    case 'ask':
      return refuse(
        'INPUT_MISSING',
        `The secret "${name}" (${place.label}) has to be given by a person, and was not.`,
      );
  }
}

function notAllowed(name: string, { argv, file }: SecretCommand): Result<never> {
  const what = `The secret "${name}" is what ${commandText(argv)} prints on this machine, says ${file}.`;
  return refuse('UNTRUSTED', `${what} Nobody has allowed that yet: run "muster trust ${file}".`, [
    'trust',
    file,
  ]);
}

/** For a program that gives a secret, and for age. */
const limits = { timeMs: 30_000, bytes: 1_048_576 };

async function printed(name: string, { argv, file }: SecretCommand): Promise<Result<string>> {
  const found = await runProgram({ argv, folder: dirname(file), env: process.env }, limits);
  if (!found.ok)
    return refuse(
      'INPUT_MISSING',
      `The secret "${name}" does not come from ${commandText(argv)}: ${found.message}.`,
    );
  const value = withoutLineEnd(found.text);
  if (value !== '') return { ok: true, value };
  return refuse('INPUT_MISSING', `The secret "${name}" is empty: ${commandText(argv)} printed nothing.`);
}

/** By the `age` of this machine and the identity of the person (`$AGE_IDENTITY`, else `~/.config/age/identity.txt`). */
async function decrypt(name: string, file: string): Promise<Result<string>> {
  const identity = process.env['AGE_IDENTITY'] ?? join(homedir(), '.config', 'age', 'identity.txt');
  const argv = ['age', '--decrypt', '--identity', identity, '--', file];
  const found = await runProgram({ argv, folder: dirname(file), env: process.env }, limits);
  if (found.ok) return { ok: true, value: withoutLineEnd(found.text) };
  return refuse('INPUT_MISSING', `The secret "${name}" can not be decrypted from ${file}: ${found.message}.`);
}

function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, '');
}
