import { parseDuration } from '../../schema/duration.ts';
import type { PlanRequest } from '../plan.ts';
import { parseAllowance } from '../schedule/budget.ts';
import { parseRate, rateForm } from '../schedule/rate.ts';
import { parseShare } from '../schedule/waves.ts';
import type { LimitsRequest, StrategyRequest } from '../strategy.ts';
import type { FieldProblem, FormField, FormKind, RunForm } from './form.ts';
import { type Complain, type FileGiven, readAction } from './readAction.ts';
import { mostAtOnce } from '../mostAtOnce.ts';

/** What a filled-in form asks for; the sources of the inventory are added by who has them. */
export type FormRequest = Pick<PlanRequest, 'action' | 'selection' | 'pick' | 'strategy' | 'limits'>;

export type ReadForm = {
  /** Undefined where a field has a problem. */
  readonly request: FormRequest | undefined;
  /** What travels beside the plan, by name. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly problems: readonly FieldProblem[];
};

const nothingGiven: FileGiven = { wanted: undefined, secrets: {} };

/** Reads every field. Those that the chosen kind and mode have no use for are not looked at. */
export function readForm(form: RunForm, given = nothingGiven): ReadForm {
  const problems: FieldProblem[] = [];
  const complain: Complain = (field, message, param) =>
    void problems.push({ field, message, ...(param !== undefined && { param }) });
  const fields = reader(form, complain);
  const { action, secrets } = readAction(form, given, complain);
  const strategy = strategyOf(form, fields);
  const limits = limitsOf(form, fields);
  if (problems.length > 0) return { request: undefined, secrets, problems };
  const request = {
    action,
    selection: form.selection.trim(),
    ...(form.order !== 'inventory' && { pick: { order: form.order } }),
    strategy,
    limits,
  };
  return { request, secrets, problems };
}

type Fields = ReturnType<typeof reader>;

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

/** Fields that a person types into. */
export type TextField = {
  [F in FormField]: RunForm[F] extends string ? (string extends RunForm[F] ? F : never) : never;
}[FormField];

function positive(value: number | undefined): number | undefined {
  return value !== undefined && value >= 1 ? value : undefined;
}

function strategyOf(form: RunForm, fields: Fields): StrategyRequest {
  const { mode, stopOnFailure } = form;
  if (isFollowed(form)) return {};
  const concurrency = mode === 'sequential' ? undefined : fields.count('concurrency', 1, mostAtOnce);
  const maxFailures = fields.read('maxFailures', parseAllowance, 'A number of nodes, or a share such as 5%.');
  const rate = fields.read('rate', parseRate, rateForm);
  return {
    ...(mode === 'parallel' || mode === 'sequential' ? { mode } : {}),
    ...(mode === 'rolling' && wavesOf(form, fields)),
    ...(concurrency !== undefined && { concurrency }),
    ...(stopOnFailure && { stopOnFailure }),
    ...(maxFailures !== undefined && { maxFailures }),
    ...(rate && { rate }),
  };
}

function wavesOf(form: RunForm, { read, time, complain }: Fields): StrategyRequest {
  const waves = read('waves', sharesOf, 'Sizes such as 1,10%,50%.');
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
  const follow = isFollowed(form);
  const timeoutMs = follow ? undefined : time('timeout');
  const connectTimeoutMs = time('connectTimeout');
  const retries = follow || !retried.includes(form.kind) ? undefined : count('retries', 0, 10);
  return {
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(connectTimeoutMs !== undefined && { connectTimeoutMs }),
    ...(retries !== undefined && { retries: { count: retries } }),
  };
}

/** Trying a playbook again is what its steps say. */
const retried: readonly FormKind[] = ['command', 'script', 'copy', 'fetch'];

function isFollowed({ kind, follow }: RunForm): boolean {
  return kind === 'command' && follow;
}
