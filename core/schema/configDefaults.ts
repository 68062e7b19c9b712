import * as z from 'zod';
import { retryable } from '../run/schedule/backoff.ts';
import { parseRate, rateForm } from '../run/schedule/rate.ts';
import { Duration, PositiveDuration } from './duration.ts';
import { oneOrMany } from './names.ts';
import { AtOnce } from './atOnce.ts';
import { Concurrency, MaxFailures, StopOnFailure } from './strategyOptions.ts';

/** A rate in a file: `5/s`, `30/m`, `2/s,10`, or a bare number a second. */
const RateText = z
  .string()
  .meta({ muster: 'name' })
  .transform((text, context) => {
    const rate = parseRate(text);
    if (rate) return rate;
    const message = `"${text}" is not a rate.`;
    context.addIssue({ code: 'custom', message, params: { fix: rateForm } });
    return z.NEVER;
  });

const Retries = z
  .strictObject({
    count: z
      .int('Expected a number from 0 to 10.')
      .min(0)
      .max(10)
      .optional()
      .meta({ title: 'Count', description: 'Further attempts after the first.', examples: [2] }),
    backoff: z
      .enum(['constant', 'exponential'])
      .optional()
      .meta({
        title: 'Back-off',
        description: 'Later waits as long as the first, or twice as long each time. Default: `exponential`.',
        examples: ['exponential'],
      }),
    delay: Duration.optional().meta({
      title: 'Delay',
      description: 'Time before the second attempt; half of each wait is random. Default: `1s`.',
      examples: ['2s'],
    }),
    on: oneOrMany(z.enum(retryable))
      .optional()
      .meta({
        title: 'What is tried again',
        description:
          'Kinds of outcome. A refused login or host key is never tried again. Default: `unreachable`.',
        examples: [['unreachable', 'failed']],
      }),
    idempotent: z
      .boolean()
      .optional()
      .meta({
        title: 'Running twice does no harm',
        description: 'Only then is tried again what may still run on the node. Default: `false`.',
        examples: [true],
      }),
  })
  .optional();

export const Timeout = PositiveDuration.optional();

const phase = (title: string, description: string) =>
  PositiveDuration.optional().meta({ title, description, examples: ['10s'] });

function withoutGaps(counts: Readonly<Record<string, number | undefined>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).flatMap(([name, count]) => (count === undefined ? [] : [[name, count]])),
  );
}

const perTransport = AtOnce.optional().meta({
  title: 'Nodes at once',
  description: 'How many nodes at once over this transport.',
  examples: [20],
});

const Phases = z.strictObject({
  dns: phase('Name', 'Looking up the address.'),
  tcp: phase('TCP', 'Opening the connection.'),
  banner: phase('Banner', 'Waiting for the greeting of the SSH server.'),
  kex: phase('Key exchange', 'Agreeing on keys, and checking the host key.'),
  auth: phase('Login', 'Logging in; waiting for a person does not count.'),
  channel: phase('Channel', 'Opening the channel in which the command runs.'),
});

/** How batches run where nobody says otherwise. */
export const Defaults = z.strictObject({
  concurrency: Concurrency,
  timeout: Timeout.meta({
    title: 'Timeout',
    description: 'Time that a command may take on a node. Default: `300s`.',
    examples: ['10m'],
  }),
  connectTimeout: Timeout.meta({
    title: 'Connect timeout',
    description: 'Time that connecting to a node may take, where its inventory does not say. Default: `30s`.',
    examples: ['10s'],
  }),
  phaseTimeouts: Phases.optional().meta({
    title: 'Timeouts of phases',
    description:
      'Time that single phases of connecting may take: `dns`, `tcp`, `banner`, `kex`, `auth`, `channel`.',
    examples: [{ auth: '10s' }],
  }),
  stopOnFailure: StopOnFailure,
  maxFailures: MaxFailures,
  retries: Retries.meta({
    title: 'Retries',
    description: 'How often, when and after what a node is tried again. Default: never.',
    examples: [{ count: 2, delay: '2s' }],
  }),
  rateLimit: RateText.optional().meta({
    title: 'Rate limit',
    description:
      'Starts a second, `5/s` or `30/m`; `2/s,10` lets 10 start at once after a rest. Default: none.',
    examples: ['5/s'],
  }),
  connectRate: RateText.optional().meta({
    title: 'Rate of connections',
    description: 'New connections a second, those of retries too, in the form of `rateLimit`. Default: none.',
    examples: ['10/s,20'],
  }),
  perJump: AtOnce.optional().meta({
    title: 'Per jump host',
    description: 'How many nodes at once through one jump host. Default: no limit.',
    examples: [10],
  }),
  perTransport: z
    .strictObject({ ssh: perTransport, openssh: perTransport, local: perTransport })
    .transform(withoutGaps)
    .optional()
    .meta({
      title: 'Per transport',
      description: 'How many nodes at once of each transport: `ssh`, `openssh`, `local`. Default: no limit.',
      examples: [{ ssh: 50, local: 4 }],
    }),
});

const ofAction = (what: string) =>
  Defaults.optional().meta({ title: what, description: `How ${what} run.`, examples: [{ concurrency: 4 }] });

/** The same for each kind of action; it wins over the defaults of all. */
export const Actions = z.strictObject({
  command: ofAction('commands'),
  script: ofAction('scripts'),
  copy: ofAction('copies'),
  fetch: ofAction('fetches'),
  playbook: ofAction('playbooks and tasks'),
});
