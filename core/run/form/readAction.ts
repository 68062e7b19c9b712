import { wordsOf } from '../../util/words.ts';
import { Action, type PlaybookAction, type Stdin } from '../action.ts';
import type { CopyAction } from '../fileActions.ts';
import type { FormField, FormKind, RunForm } from './form.ts';
import { type GivenParams, readParams, type Wanted } from './readParams.ts';

export type Complain = (field: FormField, message: string, param?: string) => void;

/** What a task or playbook of the form wants, once its file was read, and the secrets that a person typed. */
export type FileGiven = {
  readonly wanted: Wanted | undefined;
  readonly secrets: GivenParams['secrets'];
  /** The file for stdin, where the form names one. */
  readonly stdin?: StdinRead | undefined;
};

/** Which bytes a file has for stdin, or why there are none. */
export type StdinRead =
  { readonly ok: true; readonly stdin: Stdin } | { readonly ok: false; readonly message: string };

type Read = { readonly action: Action; readonly secrets: GivenParams['secrets'] };

/** What the form says is done, by its kind, and what travels beside the plan. */
export function readAction(form: RunForm, given: FileGiven, complain: Complain): Read {
  const told = new Set<FormField>();
  const tell: Complain = (field, message, param) => {
    told.add(field);
    complain(field, message, param);
  };
  const read = readKind(form, given, tell);
  for (const { path, message } of Action.safeParse(read.action).error?.issues ?? []) {
    const field = fields[form.kind][String(path[0])] ?? kindField[form.kind];
    if (!told.has(field)) tell(field, message);
  }
  return read;
}

const process = { env: 'env', cwd: 'cwd', runAs: 'runAs', stdin: 'stdin' } as const;
/** The field of each part of an action. */
const fields: Readonly<Record<FormKind, Readonly<Record<string, FormField>>>> = {
  command: process,
  script: { ...process, args: 'args', interpreter: 'interpreter' },
  copy: { to: 'copyTo', mode: 'fileMode', owner: 'owner', runAs: 'runAs' },
  fetch: { to: 'fetchTo', runAs: 'runAs' },
  task: {},
  playbook: {},
};
const kindField: Readonly<Record<FormKind, FormField>> = {
  command: 'command',
  script: 'script',
  copy: 'copyFrom',
  fetch: 'fetchFrom',
  task: 'file',
  playbook: 'file',
};

function readKind(form: RunForm, given: FileGiven, complain: Complain): Read {
  switch (form.kind) {
    case 'command':
      return { action: commandOf(form, given, complain), secrets: {} };
    case 'script':
      return { action: scriptOf(form, given, complain), secrets: {} };
    case 'copy':
      return { action: copyOf(form, complain), secrets: {} };
    case 'fetch':
      return { action: fetchOf(form, complain), secrets: {} };
    case 'task':
    case 'playbook':
      return playbookOf(form, given, complain);
  }
}

function commandOf(form: RunForm, given: FileGiven, complain: Complain): Action {
  const { command, follow } = form;
  if (command.trim() === '') complain('command', 'What is to be run?');
  return { type: 'command', command, ...processOf(form, given, complain), ...(follow && { follow }) };
}

function scriptOf(form: RunForm, given: FileGiven, complain: Complain): Action {
  const file = form.script.trim();
  if (file === '') complain('script', 'Which script?');
  const interpreter = form.interpreter.trim();
  return {
    type: 'script',
    file,
    args: wordsOf(form.args),
    ...(interpreter !== '' && { interpreter }),
    ...processOf(form, given, complain),
  };
}

/** What commands and scripts get beside their text. */
function processOf(form: RunForm, given: FileGiven, complain: Complain) {
  const cwd = form.cwd.trim();
  const env = envOf(form.env, complain);
  const isRead = form.stdin.trim() !== '';
  if (isRead && !given.stdin?.ok) complain('stdin', given.stdin?.message ?? 'Which file of this machine?');
  if (isRead && form.tty) complain('stdin', 'A terminal takes no file on stdin. Leave out one of the two.');
  return {
    ...(Object.keys(env).length > 0 && { env }),
    ...(cwd !== '' && { cwd }),
    ...runAsOf(form),
    ...(isRead && !form.tty && given.stdin?.ok && { stdin: given.stdin.stdin }),
    ...(form.tty && { tty: form.tty }),
  };
}

function runAsOf({ runAs, runAsBy }: RunForm): Pick<CopyAction, 'runAs'> {
  const user = runAs.trim();
  return user === '' ? {} : { runAs: { user, method: runAsBy } };
}

function envOf(text: string, complain: Complain): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      const name = (at < 0 ? line : line.slice(0, at)).trim();
      if (at < 0) complain('env', `Write ${name}=value.`);
      return [name, at < 0 ? '' : line.slice(at + 1)];
    }),
  );
}

function copyOf(form: RunForm, complain: Complain): Action {
  const from = linesOf(form.copyFrom);
  if (from.length === 0) complain('copyFrom', 'What is to be copied?');
  const to = form.copyTo.trim();
  if (to === '') complain('copyTo', 'Where to? A folder ends with /, such as /etc/app/.');
  const [mode, owner] = [form.fileMode.trim(), form.owner.trim()];
  return {
    type: 'copy',
    from,
    to,
    ...(mode !== '' && { mode }),
    ...(owner !== '' && { owner }),
    ...(form.backup && { backup: true }),
    ...runAsOf(form),
  };
}

function fetchOf(form: RunForm, complain: Complain): Action {
  const from = linesOf(form.fetchFrom);
  if (from.length === 0) complain('fetchFrom', 'What is to be fetched? A path on the nodes in each line.');
  const to = form.fetchTo.trim();
  if (to === '') complain('fetchTo', 'Which folder of this machine? Each node gets its own in it.');
  return { type: 'fetch', from, to, ...(form.overwrite && { overwrite: true }), ...runAsOf(form) };
}

function playbookOf(form: RunForm, { wanted, secrets }: FileGiven, complain: Complain): Read {
  const file = form.file.trim();
  if (file === '') complain('file', form.kind === 'task' ? 'Which task?' : 'Which playbook?');
  const given = wanted && readParams(wanted, { params: form.params, secrets });
  for (const { message, param } of given?.problems ?? []) complain('params', message, param);
  const tags = form.stepTags.split(',').flatMap((tag) => tag.trim() || []);
  const startAt = form.startAt.trim();
  const action: PlaybookAction = {
    type: 'playbook',
    file,
    params: { ...given?.params },
    withheld: Object.keys(given?.secrets ?? {}).filter(
      (each) => !wanted?.secrets.some(({ name }) => name === each),
    ),
    ...(tags.length > 0 && { tags }),
    ...(startAt !== '' && { startAt }),
    ...(form.dryRun && { dryRun: true }),
  };
  return { action, secrets: given?.secrets ?? {} };
}

function linesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => line.trim() || []);
}
