import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import process from 'node:process';
import { type Command, Option } from 'commander';
import {
  type CommandAction,
  maxStdinBytes,
  type RunAs,
  runAsMethods,
  variableProblem,
} from '../../core/run/action.ts';
import { messageOf, refuse, type Result } from '../../core/util/errors.ts';
import { collect } from '../arguments.ts';

/** Options that say what a command gets beside its text. */
export type CommandFlags = {
  readonly env?: readonly string[];
  readonly cwd?: string;
  readonly stdin?: string;
  readonly runAs?: string;
  readonly runAsMethod?: RunAs['method'];
  readonly tty?: true;
  readonly follow?: true;
};

/** As whom something is done on the nodes. */
export type RunAsFlags = Pick<CommandFlags, 'runAs' | 'runAsMethod'>;

export function addCommandOptions(command: Command): Command {
  return addProcessOptions(command, 'command').option(
    '--follow',
    'run until Ctrl-C, on all nodes at once, and show their lines as they come',
  );
}

/** What commands and scripts have in common. */
export function addProcessOptions(command: Command, what: 'command' | 'script'): Command {
  const gets = command
    .optionsGroup(`What the ${what} gets:`)
    .option('--env <name=value>', `environment variable of the ${what}; repeat for more`, collect)
    .option('--cwd <folder>', `folder on the node in which the ${what} runs`)
    .option('--stdin <file>', `what the ${what} reads; - for what comes in here (default: nothing)`);
  return addRunAs(gets, `run the ${what}`).option(
    '--tty',
    `give the ${what} a terminal; all its output is stdout then`,
  );
}

export function addRunAs(command: Command, what: string): Command {
  return command
    .option('--run-as <user>', `${what} as another user; its password is asked for, where there is one`)
    .addOption(
      new Option('--run-as-method <method>', 'how to become that user (default: sudo)').choices(runAsMethods),
    );
}

export function runAsOf({ runAs: user, runAsMethod }: RunAsFlags): Result<{ readonly runAs?: RunAs }> {
  if (user !== undefined) return { ok: true, value: { runAs: { user, method: runAsMethod ?? 'sudo' } } };
  if (runAsMethod === undefined) return { ok: true, value: {} };
  return refuse('USAGE', '--run-as-method says how, but not as whom. Name the user with --run-as.');
}

/** What a command gets; the content for its stdin travels beside it, base64. */
export type CommandSettings = {
  readonly settings: Omit<CommandAction, 'type' | 'command'>;
  readonly stdin?: string;
};

export async function commandSettings(flags: CommandFlags): Promise<Result<CommandSettings>> {
  const user = runAsOf(flags);
  if (!user.ok) return user;
  const env = variablesOf(flags.env ?? []);
  if (!env.ok) return env;
  const content = flags.stdin === undefined ? undefined : await readStdin(flags.stdin);
  if (content && !content.ok) return content;
  const bytes = content?.value;
  return {
    ok: true,
    value: {
      settings: {
        ...(flags.env && { env: env.value }),
        ...user.value,
        ...(flags.tty && { tty: true }),
        ...(flags.follow && { follow: true }),
        ...(flags.cwd !== undefined && { cwd: flags.cwd }),
        ...(bytes && { stdin: { bytes: bytes.length, sha256: sha256(bytes) } }),
      },
      ...(bytes && { stdin: bytes.toString('base64') }),
    },
  };
}

function variablesOf(given: readonly string[]): Result<Record<string, string>> {
  const variables = Object.create(null) as Record<string, string>;
  for (const each of given) {
    const at = each.indexOf('=');
    if (at < 0) return refuse('USAGE', `--env ${each} has no value. Write it as --env ${each}=VALUE.`);
    const [name, value] = [each.slice(0, at), each.slice(at + 1)];
    const problem = variableProblem(name, value);
    if (problem !== undefined) return refuse('USAGE', `--env ${each}: ${problem}`);
    variables[name] = value;
  }
  return { ok: true, value: variables };
}

/** The content of a file, or of what is piped in, up to the limit. */
async function readStdin(path: string): Promise<Result<Buffer>> {
  if (path === '-' && process.stdin.isTTY) {
    return refuse(
      'USAGE',
      '--stdin - reads what is piped in, and nothing is. Name a file, or pipe something.',
    );
  }
  try {
    return await contentOf(path === '-' ? process.stdin : createReadStream(path));
  } catch (error) {
    return refuse('INPUT_MISSING', `--stdin ${path} can not be read: ${messageOf(error)}.`);
  }
}

async function contentOf(stream: AsyncIterable<unknown>): Promise<Result<Buffer>> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    if (!(chunk instanceof Buffer)) continue;
    bytes += chunk.length;
    if (bytes > maxStdinBytes) {
      return refuse('USAGE', 'More than 16 MiB for stdin. Copy a file of this size to the nodes instead.');
    }
    chunks.push(chunk);
  }
  return { ok: true, value: Buffer.concat(chunks) };
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
