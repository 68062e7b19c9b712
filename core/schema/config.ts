import * as z from 'zod';
import { patternProblem } from '../run/gather/patternProblem.ts';
import { Actions, Defaults, Timeout } from './configDefaults.ts';
import { Duration } from './duration.ts';
import { HistoryConfig } from './historyConfig.ts';
import { IndexConfig } from './indexConfig.ts';
import { JournalConfig } from './journalConfig.ts';
import { oneOrMany, Text } from './names.ts';
import { VariableName } from './param.ts';
import { Secrets } from './secret.ts';
import { Services } from './service.ts';
import { Size } from './size.ts';
import { Value } from './value.ts';
import { Version } from './version.ts';
import { AtOnce } from './atOnce.ts';

const MaskPattern = z.string().superRefine((pattern, context) => {
  const message = patternProblem(pattern);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

const Breaker = z.strictObject({
  failures: z
    .int('Expected a number from 1 to 1000.')
    .min(1)
    .max(1000)
    .optional()
    .meta({
      title: 'Failures',
      description: 'Failures in a row after which it opens. Default: 5.',
      examples: [5],
    }),
  pause: Duration.optional().meta({
    title: 'Pause',
    description: 'Time for which nothing is tried; then one attempt shows how it is. Default: `15s`.',
    examples: ['1m'],
  }),
});

const QueueLimits = z.strictObject({
  queue: z
    .int('Expected a number from 1 to 1000000.')
    .min(1)
    .max(1_000_000)
    .optional()
    .meta({
      title: 'Queue',
      description:
        'How many executions of all batches together may wait. What would be more is refused before it starts. ' +
        'Default: 10000.',
      examples: [10_000],
    }),
  running: z
    .int('Expected a number from 1 to 10000.')
    .min(1)
    .max(10_000)
    .optional()
    .meta({
      title: 'Running',
      description: 'How many executions of all batches together run at once. Default: what open files allow.',
      examples: [200],
    }),
  local: z
    .int('Expected a number from 1 to 10000.')
    .min(1)
    .max(10_000)
    .optional()
    .meta({
      title: 'Processes on this machine',
      description:
        'How many executions of all batches together run as processes here. Default: 16 for each CPU.',
      examples: [32],
    }),
  breaker: Breaker.optional().meta({
    title: 'Circuit breaker',
    description: 'When a node, a jump host or a transport that keeps failing is left alone for a while.',
    examples: [{ failures: 5, pause: '15s' }],
  }),
  outputPerNode: Size.optional().meta({
    title: 'Output of a node',
    description:
      'How much output of one execution is kept on disk. Of more, the beginning and the last 64 KB are kept. Default: `1GB`.',
    examples: ['100MB'],
  }),
  outputPerBatch: Size.optional().meta({
    title: 'Output of a batch',
    description:
      'How much output of one batch is kept on disk; after that only the last 64 KB of each execution. Default: `10GB`.',
    examples: ['2GB'],
  }),
});

const Class = z.strictObject({
  match: oneOrMany(Text).meta({
    title: 'Match',
    description:
      'Words that stand in a command in this order, `*` for any characters of a word: `apt-get`, `kubectl drain`. ' +
      '`[]` takes a class away.',
    examples: [['apt-get', 'kubectl drain']],
  }),
  mode: z
    .enum(['parallel', 'sequential'])
    .optional()
    .meta({
      title: 'Mode',
      description: 'Several nodes at once, or one after the other.',
      examples: ['sequential'],
    }),
  timeout: Timeout.meta({
    title: 'Timeout',
    description: 'Time that a command of this class may take on a node.',
    examples: ['30m'],
  }),
  concurrency: AtOnce.optional().meta({
    title: 'Concurrency',
    description: 'How many nodes at once.',
    examples: [5],
  }),
});

/** The file kind `config.yaml`. */
export const ConfigFile = z
  .strictObject({
    version: Version,
    defaults: Defaults.nullish().meta({
      title: 'Defaults',
      description: 'How commands run where nothing else is asked for.',
      examples: [{ concurrency: 20, timeout: '10m' }],
    }),
    actions: Actions.nullish().meta({
      title: 'Defaults of actions',
      description:
        'The same as `defaults` for one kind of action alone: `command`, `script`, `copy`, `fetch`, `playbook` (tasks too). ' +
        'It wins over `defaults` of any file.',
      examples: [{ copy: { concurrency: 4 }, playbook: { timeout: '30m', retries: { count: 2 } } }],
    }),
    limits: QueueLimits.nullish().meta({
      title: 'Limits',
      description: 'Limits for all batches together. Only in the file of the user, not in a workspace.',
      examples: [{ queue: 10_000 }],
    }),
    classes: z
      .map(Text, Class)
      .nullish()
      .meta({
        title: 'Command classes',
        description:
          'Commands that are alike, by their words, and how they run where nothing else is asked for. The first that ' +
          'fits counts; those of the workspace come before those of the user. `lifecycle` is built in: what starts, ' +
          'stops, restarts or removes runs on one node after the other. A class of that name takes its place.',
        examples: [{ packages: { match: ['apt-get', 'dnf'], timeout: '30m', concurrency: 5 } }],
      }),
    history: HistoryConfig.nullish().meta({
      title: 'History',
      description:
        'How much of the history is kept: what is older, more or larger is deleted once a day, the oldest batches first. ' +
        'Only in the file of the user, not in a workspace.',
      examples: [{ keep: '90d', size: '2GB' }],
    }),
    journal: JournalConfig.nullish().meta({
      title: 'Journal',
      description:
        'What is kept of notes about nodes and of what plugins say about them. Only in the file of the user, not in a ' +
        'workspace.',
      examples: [{ keep: '400d' }],
    }),
    vars: z
      .map(VariableName, Value)
      .nullish()
      .meta({
        title: 'Variables',
        description:
          'Variables of all nodes for playbooks and tasks, as `vars`; whatever an inventory, a playbook or a person says ' +
          'of the same name wins. They are data: braces in them are never expanded.',
        examples: [{ http_port: 8080, region: 'north' }],
      }),
    secrets: Secrets.meta({
      title: 'Secrets',
      description:
        'Secrets by where they are, for `{{ secret.NAME }}` in playbooks, tasks and services. One of the same name in a ' +
        'playbook takes its place there.',
      examples: [{ cmdb_token: { env: 'CMDB_TOKEN' } }],
    }),
    services: Services.meta({
      title: 'Services',
      description:
        'What `http` steps talk to, by name: address, headers and limits, which all steps that name it share.',
      examples: [
        {
          cmdb: {
            baseUrl: 'https://cmdb.example.com/api',
            headers: { Authorization: 'Bearer {{ secret.cmdb_token }}' },
            rateLimits: { requestsPerSecond: 5 },
          },
        },
      ],
    }),
    rules: z
      .map(Text, z.enum(['error', 'warning', 'info', 'hint', 'off']))
      .nullish()
      .meta({
        title: 'Rules',
        description:
          'How loud diagnostics of the editor and of `muster check` are, by their code (`vars/unused`) or family (`vars`): ' +
          '`error`, `warning`, `info`, `hint` or `off`. What the engine refuses it refuses all the same.',
        examples: [{ 'vars/unused': 'off', 'safety/destructive': 'error' }],
      }),
    index: IndexConfig.optional().meta({
      title: 'Index',
      description: 'Which files of the workspace the editor and `muster check` read, and as what.',
      examples: [{ files: { 'deploy/**/*.yaml': 'playbook' }, maxFileSize: '5MB' }],
    }),
    masks: z
      .map(Text, MaskPattern)
      .nullish()
      .meta({
        title: 'Masks',
        description:
          'Regular expressions for what differs from node to node although the answer is the same, by the word that ' +
          'takes its place. Names and addresses of the node, times, dates, durations, pids, UUIDs, MAC addresses and ' +
          'long hexadecimal ids are masked without asking.',
        examples: [{ ticket: 'OPS-[0-9]{1,6}' }],
      }),
  })
  .meta({
    title: 'Muster configuration',
    description:
      'Defaults, limits, command classes, variables, secrets, services and masks. A workspace has them in `.muster/config.yaml`, a user in ' +
      '`~/.config/muster/config.yaml`; what the workspace says wins over what the user says, and what is asked for a run ' +
      'over both.',
    examples: [{ version: 1, defaults: { concurrency: 20, retries: { count: 2 } } }],
  });
export type ConfigFile = z.output<typeof ConfigFile>;
