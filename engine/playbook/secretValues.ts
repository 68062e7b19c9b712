import { execFile } from 'node:child_process';
import { homedir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { LoadedPlaybook, SecretPlace } from '../../core/playbook/plannedStep.ts';
import type { Action } from '../../core/run/action.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import { messageOf, refuse, type Result } from '../../core/util/errors.ts';

/** What came beside the plan: secret parameters, and secrets that a person was asked for, by name. */
export type GivenSecrets = Readonly<Record<string, string>>;

/** The values of all secrets of a playbook, before anything runs; refused with the name of one that is not there. */
export async function secretValues(
  action: Action,
  given: GivenSecrets = {},
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
  for (const [name, place] of secretsOf(loaded)) {
    const found =
      given[name] === undefined ? await read(name, place) : { ok: true as const, value: given[name] };
    if (!found.ok) return found;
    values.set(name, found.value);
  }
  return { ok: true, value: values };
}

function secretsOf({ secrets }: LoadedPlaybook): readonly [string, SecretPlace][] {
  return Object.entries(secrets);
}

async function read(name: string, place: SecretPlace): Promise<Result<string>> {
  switch (place.type) {
    case 'env': {
      const value = process.env[place.name];
      if (value) return { ok: true, value };
      return refuse(
        'INPUT_MISSING',
        `The secret "${name}" is in the environment variable ${place.name}, which is not set.`,
      );
    }
    case 'age':
      return decrypt(name, place.file);
    case 'ask':
      return refuse(
        'INPUT_MISSING',
        `The secret "${name}" (${place.label}) has to be given by a person, and was not.`,
      );
  }
}

/** By the `age` of this machine and the identity of the person (`$AGE_IDENTITY`, else `~/.config/age/identity.txt`). */
async function decrypt(name: string, file: string): Promise<Result<string>> {
  const identity = process.env['AGE_IDENTITY'] ?? join(homedir(), '.config', 'age', 'identity.txt');
  const args = ['--decrypt', '--identity', identity, '--', file];
  try {
    const text = await new Promise<string>((resolve, reject) => {
      execFile('age', args, { timeout: 30_000, maxBuffer: 1_048_576 }, (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      );
    });
    return { ok: true, value: text.replace(/\n$/, '') };
  } catch (error) {
    return refuse(
      'INPUT_MISSING',
      `The secret "${name}" can not be decrypted by age: ${messageOf(error).trim()}`,
    );
  }
}
