import { userProblem } from '../../inventory/address.ts';
import { parseDuration } from '../../schema/duration.ts';
import { sentenceOf } from '../../util/problem.ts';
import { type Action, variableProblem } from '../action.ts';
import type { PlanRequest } from '../plan.ts';
import { parseAllowance } from '../schedule/budget.ts';
import { parseRate, rateForm } from '../schedule/rate.ts';
import { parseShare } from '../schedule/waves.ts';
import type { LimitsRequest, StrategyRequest } from '../strategy.ts';
import type { FieldProblem, FormField, RunForm } from './form.ts';

/** What a filled-in form asks for; the sources of the inventory are added by who has them. */
export type FormRequest = Pick<PlanRequest, 'action' | 'selection' | 'pick' | 'strategy' | 'limits'>;

export type ReadForm = {
  /** Undefined where a field has a problem. */
  readonly request: FormRequest | undefined;
  readonly problems: readonly FieldProblem[];
};

/** Reads every field. Those that the chosen mode has no use for are not looked at. */
export function readForm(form: RunForm): ReadForm {
  const problems: FieldProblem[] = [];
  const fields = reader(form, (field, message) => void problems.push({ field, message }));
  const action = actionOf(form, fields);
  const strategy = strategyOf(form, fields);
  const limits = limitsOf(form, fields);
  if (problems.length > 0) return { request: undefined, problems };
  const request = {
    action,
    selection: form.selection.trim(),
    ...(form.order !== 'inventory' && { pick: { order: form.order } }),
    strategy,
    limits,
  };
  return { request, problems };
}

type Fields = ReturnType<typeof reader>;
type Complain = (field: FormField, message: string) => void;

function reader(form: RunForm, complain: Complain) {
  /** The value of a field; undefined where it is empty or wrong. */
  const read = <T>(
    field: TextField,
    parse: (text: string) => T | undefined,
    form_: string,
  ): T | undefined => {
    const text = form[field].trim();
    if (text === '') return undefined;
    const value = parse(text);
    if (value === undefined) complain(field, form_);
    return value;
  };
  return {
    complain,
    read,
    count: (field: TextField, least: number, most: number): number | undefined =>
      read(
        field,
        (text) => {
          const value = /^\d{1,6}$/.test(text) ? Number(text) : -1;
          return value >= least && value <= most ? value : undefined;
        },
        `Between ${least} and ${most}.`,
      ),
    time: (field: TextField): number | undefined =>
      read(field, (text) => positive(parseDuration(text)), 'A length of time: 30s, 10m or 1h30m.'),
  };
}

type TextField = { [F in FormField]: RunForm[F] extends string ? F : never }[FormField];

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value >= 1 ? value : undefined;
}

function actionOf(form: RunForm, { complain }: Fields): Action {
  const { command, tty, follow } = form;
  if (command.trim() === '') complain('command', 'What is to be run?');
  if (command.includes('\0')) complain('command', 'A NUL character, which no shell can take.');
  const cwd = form.cwd.trim();
  const user = form.runAs.trim();
  const problem = user === '' ? undefined : userProblem(user);
  if (problem) complain('runAs', sentenceOf(problem));
  const env = envOf(form.env, complain);
  return {
    type: 'command',
    command,
    ...(Object.keys(env).length > 0 && { env }),
    ...(cwd !== '' && { cwd }),
    ...(user !== '' && { runAs: { user, method: form.runAsBy } }),
    ...(tty && { tty }),
    ...(follow && { follow }),
  };
}

function envOf(text: string, complain: Complain): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf('=');
      const name = (at < 0 ? line : line.slice(0, at)).trim();
      const value = at < 0 ? '' : line.slice(at + 1);
      const problem = at < 0 ? `Write ${name}=value.` : variableProblem(name, value);
      if (problem !== undefined) complain('env', problem);
      return [name, value];
    }),
  );
}

function strategyOf(form: RunForm, fields: Fields): StrategyRequest {
  const { mode, failFast, follow } = form;
  if (follow) return {};
  const concurrency = mode === 'sequential' ? undefined : fields.count('concurrency', 1, 256);
  const maxFailures = fields.read('maxFailures', parseAllowance, 'A number of nodes, or a share such as 5%.');
  const rate = fields.read('rate', parseRate, rateForm);
  return {
    ...(mode === 'parallel' || mode === 'sequential' ? { mode } : {}),
    ...(mode === 'rolling' && wavesOf(form, fields)),
    ...(concurrency !== undefined && { concurrency }),
    ...(failFast && { failFast }),
    ...(maxFailures !== undefined && { maxFailures }),
    ...(rate && { rate }),
  };
}

function wavesOf(form: RunForm, { read, time, complain }: Fields): StrategyRequest {
  const waves = read('waves', sharesOf, 'Sizes such as 1,10%,50%.');
  if (form.waves.trim() === '') complain('waves', 'How large are the waves? 1,10%,50%');
  const pause = form.between === 'pause' ? time('pause') : undefined;
  if (form.between === 'pause' && form.pause.trim() === '') complain('pause', 'How long? 30s, 10m');
  const probe = form.probe.trim();
  return {
    mode: 'rolling',
    ...(waves && { waves }),
    ...(form.between === 'ask' && { barrier: { type: 'ask' } }),
    ...(pause !== undefined && { barrier: { type: 'pause', ms: pause } }),
    ...(probe !== '' && { probe: { type: 'command', command: probe } }),
  };
}

function sharesOf(text: string): StrategyRequest['waves'] {
  const shares = text.split(',').map((part) => parseShare(part.trim()));
  return shares.every((share) => share !== undefined) ? shares : undefined;
}

function limitsOf(form: RunForm, { count, time }: Fields): LimitsRequest {
  const timeoutMs = form.follow ? undefined : time('timeout');
  const connectTimeoutMs = time('connectTimeout');
  const retries = form.follow ? undefined : count('retries', 0, 10);
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    ...(retries !== undefined && { retries: { count: retries } }),
  };
}
