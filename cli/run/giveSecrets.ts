import process from 'node:process';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import type { Plan } from '../../core/run/plan.ts';
import { personalSecrets } from '../../core/run/personalSecrets.ts';
import { plural } from '../../core/run/format.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { askSecret, canAsk } from '../terminal/ask.ts';

type Secrets = Readonly<Record<string, string>>;

/** Asks for the secrets of a plan that did not come with the command line; refused with their names where nobody can answer. */
export async function giveSecrets(plan: Plan, given: Secrets = {}): Promise<Result<Secrets>> {
  const missing = personalSecrets(plan.action).filter(({ name }) => given[name] === undefined);
  const answers: [string, string][] = [];
  for (const { name, label } of canAsk() ? missing : []) {
    const answer = await askSecret(label === name ? name : `${name} (${label})`);
    if (answer !== undefined) answers.push([name, answer]);
  }
  const left = missing.filter(({ name }) => !answers.some(([answered]) => answered === name));
  const [used, unused] = sortedOut(plan, given);
  if (left.length === 0) return { ok: true, value: { ...used, ...Object.fromEntries(answers) } };
  const names = left.map(({ name }) => name).join(', ');
  const flags = left.map(({ name }) => `--param-env ${name}=VARIABLE`).join(' ');
  const what = `${plural(left.length, 'secret')} did not come: ${names}.`;
  const how = `Type ${left.length === 1 ? 'it' : 'them'} at a terminal, or write ${flags}.`;
  const other = unused.length === 0 ? '' : ` Nothing in it is called ${unused.join(', ')}.`;
  return refuse('INPUT_MISSING', `${what} ${how}${other}`);
}

/** What a plan has a use for, and the names of what it has none for: with tags, not every step runs. */
function sortedOut({ action }: Plan, given: Secrets): [used: Secrets, unused: readonly string[]] {
  const { sensitive = [], secrets = {} } = loadedOf(action) ?? {};
  const withheld = action.type === 'playbook' ? action.withheld : [];
  const known = new Set([...withheld, ...sensitive, ...Object.keys(secrets)]);
  const used = Object.entries(given).filter(([name]) => known.has(name));
  return [Object.fromEntries(used), Object.keys(given).filter((name) => !known.has(name))];
}

/** `NAME=VARIABLE`, as `--param-env` has it: values from the environment of this process. */
export function fromEnvironment(named: Readonly<Record<string, string>>): Result<Secrets> {
  const found: [string, string][] = [];
  for (const [name, variable] of Object.entries(named)) {
    const value = process.env[variable];
    if (value === undefined) return refuse('USAGE', `The environment variable ${variable} is not set.`);
    found.push([name, value]);
  }
  return { ok: true, value: Object.fromEntries(found) };
}
