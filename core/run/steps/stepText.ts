import type { Doing, PlannedStep, Surroundings } from '../../playbook/plannedStep.ts';
import type { Scope } from '../../playbook/template/evaluate.ts';
import { placingFacts, userFacts } from '../actionText.ts';
import { type KnownTexts, knownTexts } from './knownText.ts';
import { strangeUrl } from './url.ts';

/** What a step would do, as far as that is known before it runs. */
export type StepText = {
  /** What a node or a server would get; rules look at it where `isExecuted`. */
  readonly text: string;
  readonly isExecuted: boolean;
  /** How it is done, for people: `as root (sudo)`, `in /srv`. */
  readonly facts: readonly string[];
  /** The node that does it instead. */
  readonly on?: string;
  /** Whether nothing of it waits for the run. */
  readonly isWhole: boolean;
  /** What is wrong, whatever comes of other steps. */
  readonly mistake?: string;
};

export function stepText(step: PlannedStep, scope: Scope): StepText {
  const { does, delegate, retries, timeoutMs, ignoreErrors } = step;
  const known = knownTexts(scope);
  const text = doingText(does, known);
  const facts = [
    ...('env' in does || 'cwd' in does || 'runAs' in does ? surroundingFacts(does, known) : []),
    ...doingFacts(does, known),
    ...(timeoutMs === undefined ? [] : [`stopped after ${timeoutMs / 1000} s`]),
    ...(retries ? [`tried again up to ${retries.count === 1 ? 'once' : `${retries.count} times`}`] : []),
    ...(ignoreErrors ? ['a failure is ignored'] : []),
  ];
  const on = delegate === undefined ? undefined : known.text(delegate);
  const mistake = known.mistake();
  const isExecuted = executed.has(does.type);
  const more = { ...(on !== undefined && { on }), ...(mistake !== undefined && { mistake }) };
  return { text, facts, isExecuted, isWhole: known.isWhole(), ...more };
}

/** Kinds of steps that run something, put or take files, or ask a server. */
const executed: ReadonlySet<Doing['type']> = new Set<Doing['type']>([
  'run', 'wait-command', 'script', 'copy', 'template', 'fetch', 'ansible', 'http',
]); // prettier-ignore

function doingText(does: Doing, known: KnownTexts): string {
  switch (does.type) {
    case 'run':
      return known.command(does.command, does.shell);
    case 'script':
      return [known.text(does.from), ...does.args.map(known.value)].join(' ');
    case 'copy':
    case 'template':
      return `${does.type} ${[does.from].flat().map(known.text).join(', ')} to ${known.text(does.to)}`;
    case 'ansible':
      return `ansible-playbook ${known.text(does.from)}`;
    case 'fetch':
      return `fetch ${does.from.map(known.text).join(', ')} to ${known.text(does.to)}`;
    case 'wait-command':
      return known.command(does.command, 'sh');
    case 'wait-port':
      return `wait for port ${known.port(does.port)} of ${known.text(does.host)}`;
    case 'wait-time':
      return `wait ${does.ms / 1000} s`;
    case 'http':
      return `${does.request.method} ${urlText(does.request, known)}`;
    case 'pause':
      return `ask: ${known.text(does.message)}`;
    case 'fail':
      return `fail: ${known.text(does.message)}`;
    case 'set':
      return `set ${pairs(does.values, known)}`;
    case 'block':
      return '';
    case 'task':
      return Object.keys(does.with).length === 0 ? '' : `task with ${pairs(does.with, known)}`;
  }
}

type Http = Extract<Doing, { type: 'http' }>['request'];

function urlText({ url, service }: Http, known: KnownTexts): string {
  const text = known.text(url);
  const isKnown = known.isWhole() && known.mistake() === undefined;
  if (service === undefined && isKnown) known.check(strangeUrl(text));
  return text;
}

function pairs(values: Readonly<Record<string, unknown>>, known: KnownTexts): string {
  const texts = Object.entries(values).map(([name, value]) => `${name}=${known.value(value as never)}`);
  return texts.join(', ');
}

function surroundingFacts({ env = {}, cwd, runAs }: Surroundings, known: KnownTexts): readonly string[] {
  const variables = Object.entries(env).map(([name, text]) => `${name}=${known.text(text)}`);
  return [
    ...userFacts({ runAs }),
    ...(cwd === undefined ? [] : [`in ${known.text(cwd)}`]),
    ...(variables.length === 0 ? [] : [`with ${variables.join(', ')}`]),
  ];
}

function doingFacts(does: Doing, known: KnownTexts): readonly string[] {
  switch (does.type) {
    case 'copy':
    case 'template':
      // As whom is said of all kinds of steps alike.
      return placingFacts({ ...does, runAs: undefined });
    case 'wait-command':
      return ['until it succeeds'];
    case 'script':
      return does.interpreter === undefined ? [] : [`by ${known.text(does.interpreter)}`];
    case 'http': {
      const { service, headers, body = null, expect } = does.request;
      const { contains = null, json = null } = expect;
      known.value({ headers: { ...headers }, body, contains, json });
      return service === undefined ? [] : [`of the service ${service}`];
    }
    case 'ansible': {
      const names = Object.keys(does.vars);
      known.value(does.vars);
      return [
        ...(names.length === 0 ? [] : [`with ${names.join(', ')}`]),
        ...(does.tags.length === 0 ? [] : [`tags ${does.tags.join(', ')}`]),
        ...(does.check ? ['changing nothing'] : []),
      ];
    }
    default:
      return [];
  }
}
