import * as vscode from 'vscode';
import {
  type CommandSettings,
  type OptionRow,
  optionRows,
  runAsOf,
  withVariable,
} from '../../model/commandSettings.ts';
import { plainText, withoutIcons } from '../../model/plain.ts';
import { readStdin } from './stdinFile.ts';

/** Shows what a command can get beside its text, and lets a person change it, until they leave with Escape. */
export async function askOptions(before: CommandSettings): Promise<CommandSettings> {
  let settings = before;
  for (;;) {
    const items = optionRows(settings).map((row) => ({ ...row, description: withoutIcons(row.description) }));
    const picked = await vscode.window.showQuickPick(items, {
      title: 'Options of This Run',
      placeHolder: 'Escape goes back to the preview, which shows what is set.',
      ignoreFocusOut: true,
    });
    if (!picked) return settings;
    settings = (await change[picked.id](settings)) ?? settings;
  }
}

type Change = (settings: CommandSettings) => Promise<CommandSettings | undefined>;

/** Undefined when a person leaves it as it was. */
const change: Readonly<Record<OptionRow['id'], Change>> = {
  tty: async ({ stdin: _stdin, content: _content, tty, ...rest }) => ({
    ...rest,
    tty: tty ? undefined : true,
  }),
  follow: async ({ follow, ...rest }) => ({ ...rest, follow: follow ? undefined : true }),
  async cwd(settings) {
    const cwd = await ask(
      'Folder on the Node',
      'It has to be there. Empty: where a login starts.',
      settings.cwd,
    );
    return cwd === undefined ? undefined : { ...settings, cwd: cwd || undefined };
  },
  async runAs(settings) {
    const { runAs } = settings;
    const value = runAs && `${runAs.user} ${runAs.method}`;
    const prompt = 'A user of the node, and how to become it where it is not by sudo: postgres su';
    const text = await ask('Run as Another User', prompt, value, (given) => problemOf(runAsOf(given)));
    const given = text === undefined ? undefined : runAsOf(text);
    return text === undefined || typeof given === 'string' ? undefined : { ...settings, runAs: given };
  },
  async env(settings) {
    const prompt = 'NAME=VALUE sets it, NAME takes it away. It is kept in the history: no place for secrets.';
    const check = (given: string): string | undefined => problemOf(withVariable(settings.env, given));
    const text = await ask('Environment Variable', prompt, undefined, check);
    const env = text ? withVariable(settings.env, text) : settings.env;
    return typeof env === 'string' ? undefined : { ...settings, env };
  },
  async stdin({ stdin: _stdin, content: _content, tty: _tty, ...rest }) {
    return { ...rest, ...(await askStdin('Standard Input')) };
  },
};

/** A file that the command reads, where a person chooses one. */
export async function askStdin(
  title: string,
): Promise<Pick<CommandSettings, 'stdin' | 'content'> | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ title, openLabel: 'Use' })) ?? [];
  const read = file && (await readStdin(file));
  if (read?.ok) return read;
  if (read) void vscode.window.showErrorMessage(plainText(read.message));
  return undefined;
}

type Check = (text: string) => string | undefined;

function ask(
  title: string,
  prompt: string,
  ...[value, check]: [string?, Check?]
): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt,
    ignoreFocusOut: true,
    ...(value !== undefined && { value }),
    ...(check && { validateInput: (text: string) => (text === '' ? undefined : check(text)) }),
  });
}

function problemOf(given: unknown): string | undefined {
  return typeof given === 'string' ? given : undefined;
}
