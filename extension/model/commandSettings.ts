import { type Action, type CommandAction, runAsMethods, variableProblem } from '../../core/run/action.ts';
import type { PlanRequest } from '../../core/run/plan.ts';

/** What a command gets beside its text. The content for its stdin travels beside the plan, base64. */
export type CommandSettings = Omit<CommandAction, 'type' | 'command'> & { readonly content?: string };

/** What an action gets beside what it is; files that are copied or fetched get nothing. */
export function settingsOf(action: Action): CommandSettings {
  switch (action.type) {
    case 'command': {
      const { type: _type, command: _command, ...settings } = action;
      return settings;
    }
    case 'script': {
      const { type: _type, file: _file, args: _args, interpreter: _interpreter, ...settings } = action;
      return settings;
    }
    case 'copy':
    case 'fetch':
    case 'playbook':
      return {};
  }
}

/** One row of the list of options: what it is, and how it is set. */
export type OptionRow = {
  readonly id: 'env' | 'cwd' | 'stdin' | 'runAs' | 'tty' | 'follow';
  readonly label: string;
  readonly description: string;
};

export function optionRows({
  env = {},
  cwd,
  stdin,
  runAs,
  tty,
  follow,
}: CommandSettings): readonly OptionRow[] {
  const names = Object.keys(env);
  return [
    {
      id: 'runAs',
      label: 'Run as another user',
      description: runAs ? `${runAs.user}, by ${runAs.method}` : '',
    },
    { id: 'cwd', label: 'Folder on the node', description: cwd ?? '' },
    { id: 'env', label: 'Environment variable', description: names.join(', ') },
    { id: 'stdin', label: 'Standard input from a file', description: stdin ? `${stdin.bytes} bytes` : '' },
    { id: 'tty', label: 'In a terminal', description: tty ? 'yes' : '' },
    { id: 'follow', label: 'Follow until it is stopped', description: follow ? 'yes' : '' },
  ];
}

/** `root`, or `postgres su`: a user and how to become it. An empty text takes the setting away. */
export function runAsOf(text: string): CommandSettings['runAs'] | string {
  const [user = '', method = 'sudo', ...rest] = text.trim().split(/\s+/);
  if (user === '') return undefined;
  const known = runAsMethods.find((each) => each === method);
  if (known === undefined || rest.length > 0)
    return `Write a user, and after it ${runAsMethods.join(', ')} or nothing.`;
  return { user, method: known };
}

/** `NAME=VALUE` added to what there is; `NAME` alone takes the variable away. A text says what is wrong. */
export function withVariable(env: CommandSettings['env'], text: string): CommandSettings['env'] | string {
  const at = text.indexOf('=');
  const name = (at < 0 ? text : text.slice(0, at)).trim();
  const value = at < 0 ? '' : text.slice(at + 1);
  const problem = variableProblem(name, value);
  if (problem !== undefined) return problem;
  const { [name]: _before, ...others } = env ?? {};
  const next = at < 0 ? others : { ...others, [name]: value };
  return Object.keys(next).length === 0 ? undefined : next;
}

/** The request with these settings and no others. What is followed has no time limit. */
export function withSettings(
  request: PlanRequest,
  { content: _content, ...settings }: CommandSettings,
  timeoutMs: number | undefined,
): PlanRequest {
  const { timeoutMs: _before, ...limits } = request.limits ?? {};
  const set = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
  return {
    ...request,
    action: settled(request.action, set),
    limits: settings.follow ? limits : { ...(timeoutMs !== undefined && { timeoutMs }), ...request.limits },
    ...(request.strategy && { strategy: settings.follow ? parallel(request.strategy) : request.strategy }),
  };
}

/** Files that are copied or fetched get none of this. */
function settled(action: Action, settings: Omit<CommandSettings, 'content'>): Action {
  switch (action.type) {
    case 'command':
      return { type: action.type, command: action.command, ...settings };
    case 'script': {
      const { type, file, args, interpreter } = action;
      const { follow: _follow, ...rest } = settings;
      return { type, file, args, ...(interpreter !== undefined && { interpreter }), ...rest };
    }
    case 'copy':
    case 'fetch':
    case 'playbook':
      return action;
  }
}

function parallel({ mode: _mode, waves: _waves, ...strategy }: NonNullable<PlanRequest['strategy']>) {
  return strategy;
}
