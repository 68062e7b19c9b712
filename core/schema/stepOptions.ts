import * as z from 'zod';
import { type RunAs, runAsMethods } from '../run/runAs.ts';
import { shells } from '../util/quote.ts';
import { Duration, PositiveDuration } from './duration.ts';
import { oneOrMany, Text, User } from './names.ts';
import { VariableName } from './param.ts';
import { Condition, TemplateText, TemplateValue } from './template.ts';
import { AtOnce } from './atOnce.ts';

const Retries = z.strictObject({
  count: z
    .int('Expected a number from 1 to 100.')
    .min(1)
    .max(100)
    .meta({ title: 'Count', description: 'Further attempts after the first.', examples: [3] }),
  delay: Duration.optional().meta({
    title: 'Delay',
    description: 'Time before the second attempt. Default: `1s`.',
    examples: ['2s'],
  }),
  backoff: z
    .enum(['constant', 'exponential'])
    .optional()
    .meta({
      title: 'Back-off',
      description: 'Later waits as long as the first, or twice as long each time. Default: `constant`.',
      examples: ['exponential'],
    }),
  on: oneOrMany(z.enum(['failed', 'timed-out', 'signalled', 'unreachable']))
    .optional()
    .meta({
      title: 'What is tried again',
      description: 'Default: `failed`, `unreachable`. What was stopped after its time may be half done.',
      examples: [['failed', 'timed-out']],
    }),
});

/** How a step does what it does. */
export const options = {
  id: VariableName.optional().meta({
    title: 'Id',
    description: 'Name of the step for `needs` and for templates: `steps.install.changed`.',
    examples: ['install'],
  }),
  name: TemplateText.optional().meta({
    title: 'Name',
    description: 'What people see of it. Default: its id or its command.',
    examples: ['Install the package'],
  }),
  needs: oneOrMany(Text.meta({ refers: 'step' }))
    .optional()
    .meta({
      title: 'Needs',
      description: 'Ids of steps that come before it.',
      examples: [['drain']],
    }),
  when: Condition.optional().meta({
    title: 'When',
    description: 'Condition without which it is skipped on a node.',
    examples: ['steps.install.changed'],
  }),
  loop: z
    .union([z.array(TemplateValue), TemplateText])
    .optional()
    .meta({
      title: 'Loop',
      description: 'Once for each item of a list, which is `item` in templates, its place `index`.',
      examples: [['nginx', 'redis']],
    }),
  with: z
    .map(VariableName, TemplateValue)
    .optional()
    .meta({
      title: 'With',
      description: 'Parameters of the task or playbook.',
      examples: [{ service: 'nginx' }],
    }),
  register: VariableName.optional().meta({
    title: 'Register',
    description: 'Keeps what came of it as a variable: `vars.out.stdout`, `.exitCode`, `.changed`.',
    examples: ['out'],
  }),
  retries: Retries.optional().meta({
    title: 'Retries',
    description: 'How often, when and after what it is tried again. Default: never.',
    examples: [{ count: 3, delay: '2s' }],
  }),
  until: Condition.optional().meta({
    title: 'Until',
    description: 'Tried again until this holds of `result`; without `retries`, 3 times.',
    examples: ["'ready' in result.stdout"],
  }),
  timeout: PositiveDuration.optional().meta({
    title: 'Timeout',
    description: 'Time that each attempt may take. Default: that of the playbook.',
    examples: ['10m'],
  }),
  env: z
    .map(VariableName, TemplateText)
    .optional()
    .meta({
      title: 'Environment',
      description: 'Variables of the command.',
      examples: [{ LANG: 'C' }],
    }),
  cwd: TemplateText.optional().meta({
    title: 'Folder',
    description: 'Folder on the node in which the command runs.',
    examples: ['/srv/app'],
  }),
  shell: z
    .enum(shells)
    .optional()
    .meta({
      title: 'Shell',
      description: 'Shell that the command is written for, which the node has to have. Default: `sh`.',
      examples: ['bash'],
    }),
  sudo: z
    .boolean()
    .optional()
    .meta({ title: 'Sudo', description: "As root, by sudo; files are root's then.", examples: [true] }),
  runAs: z
    .union([
      User.transform((user): RunAs => ({ user, method: 'sudo' })),
      z
        .strictObject({ user: User, method: z.enum(runAsMethods).optional() })
        .transform(({ user, method = 'sudo' }): RunAs => ({ user, method })),
    ])
    .optional()
    .meta({
      title: 'Run as',
      description: 'As this user, whose the files are then; by sudo, or by the `method` su or doas.',
      examples: ['postgres', { user: 'root', method: 'su' }],
    }),
  ignoreErrors: z
    .boolean()
    .optional()
    .meta({
      title: 'Ignore errors',
      description: 'A failure of it is noted, and the next step comes.',
      examples: [true],
    }),
  changedWhen: Condition.optional().meta({
    title: 'Changed when',
    description: 'Condition on `result` by which it has changed something. Default: what it does decides.',
    examples: ["'unchanged' not in result.stdout"],
  }),
  failedWhen: Condition.optional().meta({
    title: 'Failed when',
    description: 'Condition on `result` by which it has failed, instead of its exit code.',
    examples: ['result.exitCode > 1'],
  }),
  tags: oneOrMany(Text)
    .optional()
    .meta({ title: 'Tags', description: 'Labels for `--tags`.', examples: [['config']] }),
  notify: oneOrMany(Text.meta({ refers: 'handler' }))
    .optional()
    .meta({
      title: 'Notify',
      description: 'Ids of handlers, which run once after the steps where this one has changed something.',
      examples: [['restart']],
    }),
  sensitive: z
    .boolean()
    .optional()
    .meta({
      title: 'Sensitive',
      description: 'Its output is a secret: not kept, not shown, and taken out of later output.',
      examples: [true],
    }),
  once: z
    .boolean()
    .optional()
    .meta({
      title: 'Once',
      description: 'The first node that comes to it runs it for all; the others have the same result.',
      examples: [true],
    }),
  delegate: TemplateText.meta({ refers: 'node' })
    .optional()
    .meta({
      title: 'Delegate',
      description:
        'Node that does it instead, once for each node that comes to it; with `once`, once for all. It has to be known before the run.',
      examples: ['lb01'],
      refers: 'node',
    }),
  idempotent: z
    .boolean()
    .optional()
    .meta({
      title: 'Idempotent',
      description:
        'Doing it twice does no harm: `retries` also come after a lost connection, and after what may still run.',
      examples: [true],
    }),
  throttle: AtOnce.optional().meta({
    title: 'Throttle',
    description: 'How many nodes at once are at this step.',
    examples: [2],
  }),
} as const;
