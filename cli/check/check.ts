import type { Command } from 'commander';
import { Option } from 'commander';
import type { CommandContext } from '../commandLine.ts';
import { packageVersion } from '../commandLine.ts';
import { reportNote } from '../report.ts';
import { asGithub, asJson, asText } from './forms.ts';
import type { Reported } from './reported.ts';
import { hasErrors } from '../../core/util/problem.ts';

const formats = ['text', 'json', 'sarif', 'github'] as const;
type Format = (typeof formats)[number];

/** Exit code for a bad input file (sysexits(3), EX_DATAERR). */
const badInput = 65;

/** `muster check [TYPE:]PATH…`: what the editor tells of files, and what the engine says of inventories of other kinds. */
export function addCheck(program: Command, { streams, exit }: CommandContext): void {
  program
    .command('check')
    .description(
      'check inventories, playbooks, tasks, configurations and policies; exit code 0 when they are clean, 1 with warnings, 65 with errors',
    )
    .argument(
      '<[type:]path...>',
      'files or folders to check, with their kind before them where that is not plain',
    )
    .addOption(new Option('--format <format>', 'form of the report').choices(formats).default('text'))
    .option('--no-shellcheck', 'do not have commands looked at by ShellCheck, where that is installed')
    .action(async (paths: string[], { format, shellcheck }: { format: Format; shellcheck: boolean }) => {
      // The language service is only loaded by whom it is asked of.
      const { gather } = await import('./gather.ts');
      const { problems, files, empty } = await gather(paths, {
        shellcheck: shellcheck ? 'shellcheck' : undefined,
      });
      for (const folder of empty) reportNote(emptyNote(folder), streams);
      const written = await formOf(format, problems, files);
      streams.out(written);
      exit(codeOf(problems));
    });
}

function emptyNote(folder: string): string {
  return `There is nothing to check in ${folder}: no inventory, and no name that ends in .playbook.yaml, .task.yaml or .inventory.yaml. A file of another name is checked when it is named itself.`;
}

async function formOf(format: Format, problems: readonly Reported[], files: number): Promise<string> {
  switch (format) {
    case 'text':
      return asText(problems, files);
    case 'json':
      return asJson(problems);
    case 'github':
      return asGithub(problems);
    case 'sarif':
      return (await import('./sarif.ts')).asSarif(problems, packageVersion());
  }
}

function codeOf(problems: readonly Reported[]): number {
  if (hasErrors(problems)) return badInput;
  return problems.some(({ severity }) => severity === 'warning') ? 1 : 0;
}
