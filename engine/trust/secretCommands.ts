import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { configLevelOf, readConfig } from '../../core/config/config.ts';
import type { ApprovalRequest } from '../../core/inventory/source.ts';
import type { SecretPlace } from '../../core/playbook/plannedStep.ts';
import { readPlaybook } from '../../core/playbook/read/readPlaybook.ts';
import type { Action } from '../../core/run/action.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import { messageOf, refuse, type Result } from '../../core/util/errors.ts';
import { quoteFor } from '../../core/util/quote.ts';
import { approvalId } from './approvals.ts';

export type SecretCommand = Extract<SecretPlace, { type: 'command' }>;

/** What must be allowed before the command of a secret runs: these words, in this file, with this program behind them. */
export function secretApproval({ argv, file }: SecretCommand): ApprovalRequest {
  return {
    id: approvalId('secret-command', file, ...argv, programDigest(argv[0] ?? '', dirname(file))),
    kind: 'secret-command',
    path: file,
    what: commandText(argv),
  };
}

/** The words of a command as a person would type them. */
export function commandText(argv: readonly string[]): string {
  return argv.map((word) => quoteFor('sh', word)).join(' ');
}

/** Of a program that is named by its path: such a one may come with the file that names it. */
function programDigest(program: string, folder: string): string {
  const path = resolve(folder, program);
  if (!program.includes('/') || !existsSync(path)) return '';
  try {
    return createHash('sha256').update(readFileSync(path)).digest('hex');
  } catch {
    // A program may be there to be run and not to be read.
    return 'unreadable';
  }
}

/** Everything that a playbook or a configuration would run for its secrets; refused where it can not be read. */
export function secretApprovalsIn(file: string): Result<readonly ApprovalRequest[]> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return refuse('INPUT_MISSING', `${file} can not be read: ${messageOf(error)}.`);
  }
  const { value } = /(?:^|[/\\])config\.ya?ml$/.test(file)
    ? readConfig(text, { file, level: configLevelOf(file) }).document
    : readPlaybook(text);
  const secrets = [...(value?.secrets?.values() ?? [])];
  const requests = secrets.flatMap(({ command }) =>
    command ? [secretApproval({ type: 'command', argv: command, file })] : [],
  );
  return { ok: true, value: requests };
}

/** What people are told of commands that a plan runs on this machine for its secrets. */
export function secretNotes(action: Action): readonly string[] {
  return Object.entries(loadedOf(action)?.secrets ?? {}).flatMap(([name, place]) =>
    place.type === 'command'
      ? [`The secret "${name}" is what ${commandText(place.argv)} prints on this machine (${place.file}).`]
      : [],
  );
}
