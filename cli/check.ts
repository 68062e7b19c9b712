import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { Option } from 'commander';
import { readInventory } from '../core/inventory/readInventory.ts';
import { messageOf } from '../core/util/errors.ts';
import type { Problem } from '../core/util/problem.ts';
import { formatProblem, hasErrors } from '../core/util/problem.ts';
import { visible } from '../core/util/visible.ts';

/** Exit code for a bad input file (PRODUCT.md). */
const badInput = 65;
/** Bytes; the parser's own limit is below. */
const largest = 32 * 1024 * 1024;

/** `muster check PATH…`: the problems of inventory files, as the editor and the engine see them. */
export function addCheck(program: Command): void {
  program
    .command('check')
    .description('Check inventory files. Exit code 0 when they are clean, 65 when not.')
    .argument('<path...>', 'files to check')
    .addOption(
      new Option('--format <format>', 'form of the report').choices(['text', 'json']).default('text'),
    )
    .action(async (paths: string[], { format }: { format: string }) => {
      const problems = (await Promise.all(paths.map(checkFile))).flat();
      process.stdout.write(format === 'json' ? asJson(problems) : asText(problems, paths.length));
      if (hasErrors(problems)) process.exitCode = badInput;
    });
}

async function checkFile(path: string): Promise<readonly Problem[]> {
  try {
    const info = await stat(path);
    if (!info.isFile()) return [unreadable(path, 'It is not a file.')];
    if (info.size > largest) return [unreadable(path, `It has more than ${largest / 1024 / 1024} MB.`)];
    const text = await readFile(path, 'utf8');
    const context = { source: path, resolvePath: (name: string) => resolve(dirname(path), name) };
    return readInventory(text, context).inventory.problems;
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return [unreadable(path, missing ? 'There is no such file.' : messageOf(error))];
  }
}

function unreadable(file: string, why: string): Problem {
  return { code: 'file/unreadable', severity: 'error', message: `${file} cannot be read. ${why}` };
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
