import * as z from 'zod';
import { Order } from '../selection/pick.ts';
import { Allowance } from '../run/schedule/budget.ts';
import { Share } from '../run/schedule/waves.ts';
import { PositiveDuration } from './duration.ts';
import { Text } from './names.ts';
import { Params, VariableName } from './param.ts';
import { Secrets } from './secret.ts';
import { Steps } from './step.ts';
import { TemplateText, TemplateValue } from './template.ts';
import { Value } from './value.ts';
import { Version } from './version.ts';
import { Concurrency, MaxFailures, StopOnFailure } from './strategyOptions.ts';
import { titleOf } from './title.ts';

const Strategy = z.strictObject({
  mode: z
    .enum(['parallel', 'sequential', 'rolling'])
    .optional()
    .meta({
      title: 'Mode',
      description: 'Several nodes at once, one after the other, or in waves. Default: `parallel`.',
      examples: ['rolling'],
    }),
  waves: z
    .array(Share)
    .min(1)
    .optional()
    .meta({
      title: 'Waves',
      description: 'Sizes of the waves, as numbers or shares; the last one is repeated.',
      examples: [[1, '10%', '50%']],
    }),
  lockstep: z
    .boolean()
    .optional()
    .meta({
      title: 'Lockstep',
      description:
        'All nodes, or all of a wave, end a step before any of them begins the next. Default: `false`, each node goes straight through.',
      examples: [true],
    }),
  concurrency: Concurrency,
  maxFailures: MaxFailures,
  maxFailuresPerWave: Allowance.optional().meta({
    title: 'Failure budget of a wave',
    description: 'Failures that each wave bears; one more and the next wave does not begin.',
    examples: [0],
  }),
  stopOnFailure: StopOnFailure,
});

/** The file kind `*.playbook.yaml`. */
export const PlaybookFile = z
  .strictObject({
    version: Version,
    ...titleOf('Deploy web', 'Installs a version, node by node.'),
    params: Params.meta({
      title: 'Parameters',
      description: 'What it is given with `--param`, as `params` in templates.',
      examples: [{ version: { type: 'string', required: true } }],
    }),
    secrets: Secrets.meta({
      title: 'Secrets',
      description: 'Secrets by where they are, as `secret` in templates. They are never written down.',
      examples: [{ token: { env: 'DEPLOY_TOKEN' } }],
    }),
    vars: z
      .map(VariableName, TemplateValue)
      .nullish()
      .meta({
        title: 'Variables',
        description: 'Values for templates, over those of the inventory: `vars` in templates.',
        examples: [{ url: 'http://{{ node.host }}:{{ vars.http_port }}' }],
      }),
    targets: Text.meta({ muster: 'selection', refers: 'node' })
      .optional()
      .meta({
        title: 'Targets',
        description: 'Which nodes, where the command line does not say.',
        examples: ['@frontend & tag:prod !web13.example.com'],
        muster: 'selection',
        refers: 'node',
      }),
    order: Order.optional().meta({
      title: 'Order',
      description: 'Order of the nodes.',
      examples: ['sorted'],
    }),
    strategy: Strategy.nullish().meta({
      title: 'Strategy',
      description: 'What runs when.',
      examples: [{ mode: 'rolling', waves: [1, '10%'], maxFailures: '5%' }],
    }),
    timeout: PositiveDuration.optional().meta({
      title: 'Timeout',
      description: 'Time that a step may take on a node, where it does not say. Default: `300s`.',
      examples: ['10m'],
    }),
    env: z
      .map(VariableName, TemplateText)
      .nullish()
      .meta({ title: 'Environment', description: 'Variables of all commands.', examples: [{ LANG: 'C' }] }),
    batch: z
      .array(z.map(VariableName, Value))
      .min(1)
      .max(5000)
      .optional()
      .meta({
        title: 'Batch',
        description:
          'Sets of parameters: the playbook runs once for each of them on each node, or on this machine where it has no ' +
          'targets. `--batch-file` and `--batch-json` take their place.',
        examples: [[{ package: 'nginx' }, { package: 'redis' }]],
      }),
    steps: Steps.meta({
      title: 'Steps',
      description: 'What is done on each node, in this order.',
      examples: [[{ run: 'uptime' }]],
    }),
    handlers: Steps.optional().meta({
      title: 'Handlers',
      description: 'Steps that others notify by their ids; they run once, after the steps.',
      examples: [[{ id: 'restart', run: 'systemctl restart nginx' }]],
    }),
    finally: Steps.optional().meta({
      title: 'Finally',
      description: 'Steps at the end on each node that was reached, also after a failure; not after a stop.',
      examples: [[{ run: '/usr/local/bin/undrain' }]],
    }),
  })
  .meta({
    title: 'Muster playbook',
    description:
      'Steps for many nodes, in a file whose name ends in `.playbook.yaml`. `muster play FILE` runs it; what templates ' +
      'can do is in [templates](../templates.md).',
    examples: [
      {
        version: 1,
        name: 'Restart nginx',
        targets: 'tag:web',
        strategy: { mode: 'rolling', waves: [1, '50%'] },
        steps: [
          { id: 'restart', run: 'systemctl restart nginx', sudo: true },
          { http: { url: 'http://{{ node.host }}/' }, retries: { count: 5, delay: '2s' } },
        ],
      },
    ],
  });
export type PlaybookFile = z.output<typeof PlaybookFile>;
