import { ConfigFile } from '../schema/config.ts';
import type { Secret } from '../schema/secret.ts';
import type { Service } from '../schema/service.ts';
import type { Value } from '../schema/value.ts';
import type { ActionType } from '../run/action.ts';
import type { OwnPattern } from '../run/gather/masks.ts';
import type { HistoryLimits } from '../history/surplus.ts';
import type { JournalLevel } from '../journal/entry.ts';
import type { LimitsRequest, StrategyRequest } from '../run/strategy.ts';
import { hasErrors, type Problem } from '../util/problem.ts';
import { type ParsedDocument, parseDocument } from '../yaml/parseDocument.ts';
import { type CommandClass, lifecycle } from './commandClass.ts';

/** Limits for all batches of an engine together. */
export type EngineLimits = {
  /** Executions that may wait. */
  readonly queue: number;
  /** Executions that run at once. */
  readonly running?: number | undefined;
  /** Executions that run as processes of this machine at once. */
  readonly local?: number | undefined;
  /** Failures in a row that open a circuit, and milliseconds that it stays open. */
  readonly breaker?:
    { readonly failures?: number | undefined; readonly pause?: number | undefined } | undefined;
  /** Bytes of output that are kept on disk. */
  readonly outputPerNode?: number | undefined;
  readonly outputPerBatch?: number | undefined;
};

/** What is kept of notes about nodes and of what plugins say about them. */
export type JournalLimits = {
  /** Milliseconds. */
  readonly keepMs: number;
  /** How many of a node. */
  readonly entries: number;
  /** The lowest level that is kept, by what speaks. */
  readonly levels: Readonly<Record<string, JournalLevel>>;
};

/** How commands run where nothing else is asked for. */
export type Config = {
  readonly strategy: StrategyRequest;
  readonly limits: LimitsRequest;
  /** What is said for one kind of action; over the two above. */
  readonly actions: ActionDefaults;
  /** The first that fits counts. */
  readonly classes: readonly CommandClass[];
  readonly engine: EngineLimits;
  /** What is left out of answers when they are compared, beside what is built in. */
  readonly masks: readonly OwnPattern[];
  readonly journal: JournalLimits;
  readonly history: HistoryLimits;
  /** The weaker layers first; those of one file in its order. */
  readonly vars: readonly ConfigVar[];
  readonly secrets: ReadonlyMap<string, Placed<Secret>>;
  readonly services: ReadonlyMap<string, Placed<Service>>;
};

/** What a file says, with the file. */
export type Placed<T> = { readonly value: T; readonly file: string };
export type ConfigVar = Placed<Value> & { readonly name: string; readonly level: ConfigLevel };

/** How kinds of action run where nothing else is asked for. */
type ActionDefaults = Readonly<Partial<Record<ActionType, HowDefaults>>>;
type HowDefaults = { readonly strategy: StrategyRequest; readonly limits: LimitsRequest };

/** Whose file it is: a workspace comes from somebody else, so it says nothing about this machine. */
export type ConfigLevel = 'user' | 'workspace';

/** By its path: a workspace has it in its folder `.muster`. */
export function configLevelOf(path: string): ConfigLevel {
  return /[/\\]\.muster[/\\][^/\\]*$/.test(path) ? 'workspace' : 'user';
}

/** What one file says. */
type ConfigPart = {
  readonly strategy: StrategyRequest;
  readonly limits: LimitsRequest;
  readonly actions: ActionDefaults;
  readonly classes: readonly CommandClass[];
  readonly engine: { readonly [Key in keyof EngineLimits]?: EngineLimits[Key] | undefined };
  readonly masks: readonly OwnPattern[];
  readonly journal: Partial<JournalLimits>;
  readonly history: Partial<HistoryLimits>;
} & Pick<Config, 'vars' | 'secrets' | 'services'>;

export type ReadConfig = {
  readonly part: ConfigPart;
  readonly problems: readonly Problem[];
  readonly document: ParsedDocument<ConfigFile>;
};

export const defaultQueue = 10_000;

/** Reads a `config.yaml`. Never throws on what people write; with an error in it, none of it counts. */
export function readConfig(text: string, { file, level }: { file: string; level: ConfigLevel }): ReadConfig {
  const document = parseDocument(text, ConfigFile);
  const found = [...document.problems, ...misplaced(document, level)];
  const problems = found.map((problem) => ({ ...problem, file }));
  const part = hasErrors(problems) ? emptyPart : partOf(document.value ?? {}, { file, level });
  return { part, problems, document };
}

const emptyPart: ConfigPart = {
  strategy: {},
  limits: {},
  actions: {},
  classes: [],
  engine: {},
  masks: [],
  journal: {},
  history: {},
  vars: [],
  secrets: new Map(),
  services: new Map(),
};

/** What concerns this machine or person, and nobody else's files. */
const ofUser = {
  limits: { code: 'config/limits', message: 'A workspace sets no limits for all batches of this machine.' },
  journal: { code: 'config/journal', message: 'A workspace does not say what is kept in the journal.' },
  history: { code: 'config/history', message: 'A workspace does not say what is kept of the history.' },
} as const;

function misplaced(document: ParsedDocument<ConfigFile>, level: ConfigLevel): readonly Problem[] {
  if (level === 'user') return [];
  return (['limits', 'journal', 'history'] as const)
    .filter((key) => document.value?.[key] !== undefined)
    .map((key) => ({
      ...ofUser[key],
      severity: 'error',
      fix: `Move "${key}" to your own file, ~/.config/muster/config.yaml.`,
      range: document.rangeOf([key], 'key'),
    }));
}

function partOf(
  { defaults, actions, limits, classes, masks, journal, history, vars, secrets, services }: ConfigFile,
  { file, level }: { file: string; level: ConfigLevel },
): ConfigPart {
  return {
    ...howOf(defaults ?? {}),
    actions: Object.fromEntries(
      Object.entries(actions ?? {}).flatMap(([type, how]) => (how ? [[type, howOf(how)]] : [])),
    ),
    engine: { ...limits },
    journal: {
      ...(journal?.keep !== undefined && { keepMs: journal.keep }),
      ...(journal?.entries !== undefined && { entries: journal.entries }),
      ...(journal?.levels && { levels: Object.fromEntries(journal.levels) }),
    },
    history: {
      ...(history?.keep !== undefined && { keepMs: history.keep }),
      ...(history?.batches !== undefined && { batches: history.batches }),
      ...(history?.size !== undefined && { bytes: history.size }),
    },
    masks: [...(masks ?? [])].map(([name, pattern]) => ({ name, pattern })),
    classes: [...(classes ?? [])].map(([name, { timeout: classTimeout, ...rest }]) => ({
      ...rest,
      name,
      file,
      ...(classTimeout !== undefined && { timeoutMs: classTimeout }),
    })),
    vars: [...(vars ?? [])].map(([name, value]) => ({ name, value, file, level })),
    secrets: placedIn(secrets, file),
    services: placedIn(services, file),
  };
}

function howOf(defaults: NonNullable<ConfigFile['defaults']>): HowDefaults {
  const { timeout, connectTimeout, phaseTimeouts, retries, rateLimit, ...strategy } = defaults;
  const { delay, ...again } = retries ?? {};
  return {
    strategy: { ...strategy, ...(rateLimit && { rate: rateLimit }) },
    limits: {
      ...(timeout !== undefined && { timeoutMs: timeout }),
      ...(connectTimeout !== undefined && { connectTimeoutMs: connectTimeout }),
      ...(phaseTimeouts && { phaseTimeoutsMs: phaseTimeouts }),
      ...(retries && { retries: { ...again, ...(delay !== undefined && { delayMs: delay }) } }),
    },
  };
}

/** One upon the other, key by key, those of retries too. */
export function layerHow(below: HowDefaults, over: HowDefaults | undefined): HowDefaults {
  const retries = { ...below.limits.retries, ...over?.limits.retries };
  return {
    strategy: { ...below.strategy, ...over?.strategy },
    limits: { ...below.limits, ...over?.limits, ...(Object.keys(retries).length > 0 && { retries }) },
  };
}

function layerActions(below: ActionDefaults, over: ActionDefaults): ActionDefaults {
  const types = [...new Set([...Object.keys(below), ...Object.keys(over)])] as ActionType[];
  const nothing = { strategy: {}, limits: {} };
  return Object.fromEntries(types.map((type) => [type, layerHow(below[type] ?? nothing, over[type])]));
}

function placedIn<T>(
  values: ReadonlyMap<string, T> | null | undefined,
  file: string,
): ReadonlyMap<string, Placed<T>> {
  return new Map([...(values ?? [])].map(([name, value]) => [name, { value, file }]));
}

/** What nobody configured. */
export const builtInConfig: Config = {
  strategy: {},
  limits: {},
  actions: {},
  classes: [lifecycle],
  engine: { queue: defaultQueue },
  masks: [],
  journal: { keepMs: 800 * 86_400_000, entries: 10_000, levels: {} },
  history: { keepMs: 365 * 86_400_000, batches: 10_000, bytes: 10 * 1024 ** 3 },
  vars: [],
  secrets: new Map(),
  services: new Map(),
};

/** One file upon the other: key by key for defaults; a class takes the place of one of its name. */
export function layerConfig(
  below: Config,
  { strategy, limits, actions, classes, engine, masks, journal, history, ...part }: ConfigPart,
): Config {
  const own = new Set(classes.map(({ name }) => name));
  const masked = new Set(masks.map(({ name }) => name));
  return {
    ...layerHow(below, { strategy, limits }),
    actions: layerActions(below.actions, actions),
    classes: [...classes, ...below.classes.filter(({ name }) => !own.has(name))],
    engine: { ...below.engine, ...engine, queue: engine.queue ?? below.engine.queue },
    journal: { ...below.journal, ...journal },
    history: { ...below.history, ...history },
    masks: [...masks, ...below.masks.filter(({ name }) => !masked.has(name))],
    vars: [...below.vars, ...part.vars],
    secrets: new Map([...below.secrets, ...part.secrets]),
    services: new Map([...below.services, ...part.services]),
  };
}
