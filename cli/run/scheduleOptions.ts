import type { Command } from 'commander';
import { Option } from 'commander';
import type { Retries } from '../../core/run/schedule/backoff.ts';
import type { Allowance } from '../../core/run/schedule/budget.ts';
import type { Rate } from '../../core/run/schedule/rate.ts';
import type { Share } from '../../core/run/schedule/waves.ts';
import type { LimitsRequest, PhaseTimeouts, StrategyRequest } from '../../core/run/strategy.ts';
import { duration, wholeNumber } from '../arguments.ts';
import { allowance, perTransport, phaseTimeouts, rate, retryOn, waves } from './scheduleValues.ts';
import { mostAtOnce } from '../../core/run/mostAtOnce.ts';

/** Options that say what runs when, as commander gives them. */
export type ScheduleFlags = {
  parallel?: true;
  sequential?: true;
  concurrency?: number;
  waves?: readonly Share[];
  pause?: number;
  ask?: true;
  probe?: string;
  maxFailures?: Allowance;
  maxFailuresPerWave?: Allowance;
  failFast?: true;
  rateLimit?: Rate;
  connectRate?: Rate;
  perJump?: number;
  perTransport?: Readonly<Record<string, number>>;
  retries?: number;
  backoff?: Retries['backoff'];
  retryDelay?: number;
  retryOn?: Retries['on'];
  idempotent?: true;
  timeout?: number;
  connectTimeout?: number;
  phaseTimeout?: PhaseTimeouts;
};

const count = wholeNumber(1, mostAtOnce);

/** Adds them, under headings of their own in the help. */
export function addScheduleOptions(command: Command): Command {
  addOrderOptions(command.optionsGroup('How many at once:'));
  addWaveOptions(command.optionsGroup('In waves:'));
  addFailureOptions(command.optionsGroup('When something fails:'));
  return addTimeOptions(command.optionsGroup('Time limits:'));
}

function addOrderOptions(command: Command): Command {
  return command
    .addOption(new Option('--parallel', 'several nodes at once').conflicts(['sequential', 'waves']))
    .addOption(new Option('--sequential', 'one node after the other').conflicts('waves'))
    .option('--concurrency <n>', 'how many nodes at once (default: 10)', count)
    .option('--rate-limit <rate>', 'starts: 5, 0.5/s or 30/m; 2/s,10 lets 10 start at once', rate)
    .option('--connect-rate <rate>', 'new connections, those of retries too, in the same form', rate)
    .option('--per-jump <n>', 'how many nodes at once through one jump host', count)
    .option('--per-transport <ssh=n,...>', 'how many at once of each transport', perTransport);
}

function addWaveOptions(command: Command): Command {
  return command
    .option('--waves <sizes>', 'run in waves: 1,10%,50%; the last size again and again', waves)
    .addOption(new Option('--pause <duration>', 'wait between waves').argParser(duration).conflicts('ask'))
    .option('--ask', 'ask a person before each further wave')
    .option('--probe <command>', 'run this after each wave; where it fails the next does not begin')
    .option(
      '--max-failures-per-wave <n or %>',
      'failures that a wave bears; one more and the next does not begin',
      allowance,
    );
}

function addFailureOptions(command: Command): Command {
  return command
    .option('--fail-fast', 'stop the rest after the first failure')
    .option(
      '--max-failures <n or %>',
      'failures that are borne; one more and nothing further starts',
      allowance,
    )
    .option('--retries <n>', 'further attempts on a node (default: 0)', wholeNumber(0, 10))
    .option(
      '--retry-on <kinds>',
      'what is tried again: unreachable, failed, timed-out, signalled, lost (default: unreachable)',
      retryOn,
    )
    .option('--retry-delay <duration>', 'time before the second attempt (default: 1s)', duration)
    .addOption(
      new Option('--backoff <kind>', 'later waits as long, or twice as long each time').choices([
        'constant',
        'exponential',
      ]),
    )
    .option('--idempotent', 'running twice does no harm: also try again what may still run');
}

function addTimeOptions(command: Command): Command {
  return command
    .option('--timeout <duration>', 'time the command may take on a node (default: 300s)', duration)
    .option('--connect-timeout <duration>', 'time connecting to a node may take (default: 30s)', duration)
    .option(
      '--phase-timeout <auth=10s,...>',
      'time of single phases of connecting: dns, tcp, banner, kex, auth, channel',
      phaseTimeouts,
    );
}

/** Why these options make no sense together; undefined where they do. */
export function scheduleRefusal(flags: ScheduleFlags, canAsk: boolean): string | undefined {
  if (flags.waves === undefined) {
    const lonely = ofWaves.find(([key]) => flags[key] !== undefined);
    if (lonely) return `${lonely[1]} is for runs in waves. Say how large they are, as in --waves 1,10%,50%.`;
  }
  if (flags.sequential && (flags.concurrency ?? 1) > 1)
    return '--concurrency is how many run at once, and with --sequential that is one. Leave one of them out.';
  if (flags.retryOn?.includes('lost') && !flags.idempotent)
    return '--retry-on lost runs the command again where it may still run. Add --idempotent if that does no harm.';
  if (flags.probe?.trim() === '') return '--probe is empty. Say what to run on the nodes of a wave.';
  if (flags.ask && !canAsk) {
    return '--ask needs a person at a terminal, and there is none. Use --pause 30s, or --probe, to go on without one.';
  }
  return undefined;
}

const ofWaves = [
  ['pause', '--pause'],
  ['ask', '--ask'],
  ['probe', '--probe'],
  ['maxFailuresPerWave', '--max-failures-per-wave'],
] as const satisfies readonly (readonly [keyof ScheduleFlags, string])[];

/** What was asked of the strategy; what was not is left to the plan. */
export function strategyOf(flags: ScheduleFlags): StrategyRequest {
  const { concurrency, maxFailures, maxFailuresPerWave, rateLimit, connectRate, perJump } = flags;
  return {
    ...(flags.parallel && { mode: 'parallel' }),
    ...(flags.sequential && { mode: 'sequential' }),
    ...(flags.waves && { mode: 'rolling', waves: [...flags.waves] }),
    ...(flags.pause !== undefined && { barrier: { type: 'pause', ms: flags.pause } }),
    ...(flags.ask && { barrier: { type: 'ask' } }),
    ...(flags.probe !== undefined && { probe: { type: 'command', command: flags.probe } }),
    ...(flags.failFast && { stopOnFailure: true }),
    ...(flags.perTransport && { perTransport: { ...flags.perTransport } }),
    ...(concurrency !== undefined && { concurrency }),
    ...(maxFailures !== undefined && { maxFailures }),
    ...(maxFailuresPerWave !== undefined && { maxFailuresPerWave }),
    ...(rateLimit && { rate: rateLimit }),
    ...(connectRate && { connectRate }),
    ...(perJump !== undefined && { perJump }),
  };
}

/** What was asked of time limits and retries. */
export function limitsOf(flags: ScheduleFlags): LimitsRequest {
  const { timeout, connectTimeout, phaseTimeout } = flags;
  const retries = {
    ...(flags.retries !== undefined && { count: flags.retries }),
    ...(flags.backoff && { backoff: flags.backoff }),
    ...(flags.retryDelay !== undefined && { delayMs: flags.retryDelay }),
    ...(flags.retryOn && { on: flags.retryOn }),
    ...(flags.idempotent && { idempotent: true }),
  };
  return {
    ...(timeout !== undefined && { timeoutMs: timeout }),
    ...(connectTimeout !== undefined && { connectTimeoutMs: connectTimeout }),
    ...(phaseTimeout && { phaseTimeoutsMs: phaseTimeout }),
    ...(Object.keys(retries).length > 0 && { retries }),
  };
}
