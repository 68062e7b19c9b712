import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { configLevelOf, readConfig } from '../core/config/config.ts';
import { readPolicy } from '../core/policy/policy.ts';
import { readPlaybook, readTask } from '../core/playbook/read/readPlaybook.ts';
import { messageOf } from '../core/util/errors.ts';
import type { Problem } from '../core/util/problem.ts';
import { formatProblem, hasErrors } from '../core/util/problem.ts';
import { readSource } from '../engine/sources/readSource.ts';
import { readPolicyFile } from '../engine/policy/readPolicyFile.ts';
import { readSourceRef } from './inventory/sourceRefs.ts';
import { visible } from '../core/util/visible.ts';

/** Exit code for a bad input file (PRODUCT.md). */
const badInput = 65;

/** `muster check [TYPE:]PATH…`: the problems of inventories of every kind, playbooks, tasks, configurations and policies, as the editor and the engine see them. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description(
      'check inventories, playbooks, tasks, configurations and policies; exit code 0 when they are clean, 65 when not',
    )
    .argument(
      '<[type:]path...>',
      'files or folders to check, with their kind before them where that is not plain',
    )
    .addOption(
      new Option('--format <format>', 'form of the report').choices(['text', 'json']).default('text'),
    )
    .action((paths: string[], { format }: { format: string }) => {
      const problems = paths.flatMap(checkSource);
      process.stdout.write(format === 'json' ? asJson(problems) : asText(problems, paths.length));
      if (hasErrors(problems)) process.exitCode = badInput;
    });
}

/** All problems of a source, warnings and hints too; the sources that it names are sources of their own. */
function checkSource(text: string): readonly Problem[] {
  if (/(?:^|[/\\.])policy\.yaml$/.test(text)) return checkPolicy(text);
  if (isConfigFile(text)) return checkConfig(text);
  if (text.endsWith('.playbook.yaml')) return checkText(text, readPlaybook);
  if (text.endsWith('.task.yaml')) return checkText(text, readTask);
  const { type, path } = readSourceRef(text, process.cwd());
  if (type === 'command') return [];
  const { problems } = readSource({ type, path, home: homedir(), isLinked: false }).part;
  // Files go by the names that a person would give them here.
  const nameOf = (file: string): string => (isAbsolute(text) ? file : relative(process.cwd(), file));
  return problems.map((problem) =>
    problem.file === undefined ? problem : { ...problem, file: nameOf(problem.file) },
  );
}

/** `config.yaml`, wherever it is, and files that end in `.muster-config.yaml`. */
function isConfigFile(file: string): boolean {
  return /(?:^|[/\\])config\.yaml$|\.muster-config\.yaml$/.test(file);
}

function checkConfig(file: string): readonly Problem[] {
  try {
    const path = resolve(process.cwd(), file);
    return readConfig(readFileSync(path, 'utf8'), { file, level: configLevelOf(path) }).problems;
  } catch (error) {
    return [{ code: 'config/file', severity: 'error', message: messageOf(error), file }];
  }
}

function checkText(
  file: string,
  read: (text: string) => { problems: readonly Problem[] },
): readonly Problem[] {
  try {
    const text = readFileSync(resolve(process.cwd(), file), 'utf8');
    return read(text).problems.map((problem) => ({ ...problem, file }));
  } catch (error) {
    return [{ code: 'playbook/file', severity: 'error', message: messageOf(error), file }];
  }
}

/** A policy file, with what makes it unfit as a file beside what is wrong in it. */
function checkPolicy(file: string): readonly Problem[] {
  const path = resolve(process.cwd(), file);
  try {
    const { problems } = readPolicy(readFileSync(path, 'utf8'), { file, level: 'workspace' });
    if (hasErrors(problems)) return problems;
    const read = readPolicyFile({ file: path, level: 'workspace' });
    if (read.status !== 'broken') return problems;
    return [...problems, { code: 'policy/file', severity: 'error', message: read.reason.message }];
  } catch (error) {
    return [{ code: 'policy/file', severity: 'error', message: messageOf(error), file }];
  }
}

function asText(problems: readonly Problem[], files: number): string {
  const lines = problems.map((problem) => `${problem.severity}: ${visible(formatProblem(problem))}`);
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  lines.push(`${count} in ${files === 1 ? '1 file' : `${files} files`}`);
  return `${lines.join('\n')}\n`;
}

function asJson(problems: readonly Problem[]): string {
  return `${JSON.stringify({ version: 1, problems })}\n`;
}
