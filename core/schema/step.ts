import * as z from 'zod';
import { Http } from './http.ts';
import { judgedOnce } from './judgedOnce.ts';
import { Wait } from './stepActions.ts';
import { Ansible, Copy, Fetch, Script, Template } from './stepFiles.ts';
import { Text } from './names.ts';
import { options } from './stepOptions.ts';
import { VariableName } from './param.ts';
import { Command, TemplateText, TemplateValue } from './template.ts';

/** What a step does. A step has exactly one of these keys. */
const actions = {
  run: Command.optional().meta({
    title: 'Command',
    description: 'A command for the shell of the node. What is put in with `{{ }}` is quoted.',
    examples: ['systemctl restart {{ params.service }}'],
  }),
  script: Script.optional().meta({
    title: 'Script',
    description:
      'A script of this machine, from the folder of this file: run on the node by what its first line names, and taken away again.',
    examples: ['./audit.sh', { file: './report.py', args: ['--since', '{{ params.since }}'] }],
  }),
  copy: Copy.optional().meta({
    title: 'Copy',
    description:
      'Files and folders of this machine, put on the node, each at once; what is there already stays.',
    examples: [{ from: './app.conf', to: '/etc/app/', mode: '0644' }],
  }),
  fetch: Fetch.optional().meta({
    title: 'Fetch',
    description: 'Files and folders of the node, put into a folder of its own on this machine.',
    examples: [{ from: '/var/log/syslog', to: './logs' }],
  }),
  template: Template.optional().meta({
    title: 'Template',
    description: 'A text of this machine with `{{ }}` in it, filled in for the node and put there.',
    examples: [{ from: './app.conf.tpl', to: '/etc/app/app.conf', mode: '0640' }],
  }),
  task: Text.meta({ refers: 'task' })
    .optional()
    .meta({
      title: 'Task',
      description: 'A task file, from the folder of this one. Its parameters are given by `with`.',
      examples: ['./tasks/restart.task.yaml'],
    }),
  playbook: Text.meta({ refers: 'playbook' })
    .optional()
    .meta({
      title: 'Playbook',
      description:
        'The steps of another playbook, on the nodes of this one. Its parameters are given by `with`.',
      examples: ['./base.playbook.yaml'],
    }),
  ansible: Ansible.optional().meta({
    title: 'Ansible',
    description:
      'A playbook of Ansible, run by the `ansible-playbook` of this machine on the node; in lockstep one process has all nodes. ' +
      'Its tasks are steps here.',
    examples: [{ playbook: './site.yml', vars: { release: '{{ params.version }}' } }],
  }),
  http: Http.optional().meta({
    title: 'HTTP request',
    description: 'A request from this machine, and what is expected of the answer.',
    examples: [{ url: 'http://{{ node.host }}/health', expect: { status: 200 } }],
  }),
  wait: Wait.optional().meta({
    title: 'Wait',
    description: 'Waits for a port, a path, a command or some time; up to `timeout`.',
    examples: [{ port: 8080 }],
  }),
  pause: TemplateText.optional().meta({
    title: 'Pause',
    description: 'Asks a person, once for all nodes, whether to go on.',
    examples: ['Look at the first node, then go on.'],
  }),
  fail: TemplateText.optional().meta({
    title: 'Fail',
    description: 'Ends here with this message.',
    examples: ['There is no room on {{ node.name }}.'],
  }),
  set: z
    .map(VariableName, TemplateValue)
    .optional()
    .meta({
      title: 'Set',
      description: 'Values for later steps on this node, as `vars`.',
      examples: [{ release: '{{ params.version }}' }],
    }),
} as const;

/** Steps inside of a step. */
const nested = {
  block: z
    .lazy((): z.ZodType<Step[]> => Steps)
    .optional()
    .meta({
      title: 'Block',
      description: 'Steps that belong together. Options of a block hold for each of them.',
      examples: [[{ run: 'true' }]],
    }),
  rescue: z
    .lazy((): z.ZodType<Step[]> => Steps)
    .optional()
    .meta({
      title: 'Rescue',
      description: 'Steps after a failure in the block, which is none then.',
      examples: [[{ run: 'rollback' }]],
    }),
  always: z
    .lazy((): z.ZodType<Step[]> => Steps)
    .optional()
    .meta({
      title: 'Always',
      description: 'Steps after the block, however it went.',
      examples: [[{ run: 'rm -f /tmp/lock' }]],
    }),
} as const;

/** The kinds of step there are, by the key that says so. */
export const stepKinds = [...(Object.keys(actions) as (keyof typeof actions)[]), 'block'] as const;
export type StepKind = (typeof stepKinds)[number];

/** The keys of a step that have steps in them. */
export const innerSteps = ['block', 'rescue', 'always'] as const;

const ofFiles = ['script', 'copy', 'fetch', 'template'] as const satisfies StepKind[];
/** Kinds that run something on the node, or have such steps in them. */
const surrounded = ['run', 'script', 'wait', 'task', 'playbook', 'block'] as const satisfies StepKind[];
/** Kinds that can be done as another user of the node. */
const asSomebody = [...surrounded, 'copy', 'fetch', 'template'] as const satisfies StepKind[];

/** Keys that only go with some kinds of step. */
const belongs: Partial<Record<string, readonly StepKind[]>> = {
  with: ['task', 'playbook'],
  rescue: ['block'],
  always: ['block'],
  shell: ['run'],
  register: ['run', ...ofFiles, 'ansible', 'http', 'wait', 'task'],
  until: ['run', 'script', 'http'],
  retries: ['run', ...ofFiles, 'http', 'task', 'block'],
  changedWhen: ['run', ...ofFiles, 'http'],
  failedWhen: ['run', 'script', 'http'],
  sensitive: ['run', 'script', 'http'],
  env: surrounded,
  cwd: surrounded,
  sudo: asSomebody,
  runAs: asSomebody,
  once: ['run', ...ofFiles, 'http', 'wait'],
  delegate: ['run', 'script', 'copy', 'template'],
  idempotent: ['run', ...ofFiles],
};

/** Kinds of step that a key goes with; undefined for one that goes with all. */
export function kindsWith(key: string): readonly StepKind[] | undefined {
  return belongs[key];
}

const Flat = z.strictObject({ ...actions, ...options });

/** A step as it is read: exactly one of the keys of `stepKinds`, and its options. */
export type Step = z.output<typeof Flat> & {
  block?: Step[] | undefined;
  rescue?: Step[] | undefined;
  always?: Step[] | undefined;
};

const Step: z.ZodType<Step> = judgedOnce(
  z.strictObject({ ...actions, ...nested, ...options }).superRefine(judge),
);

function judge(step: Step, context: z.core.$RefinementCtx): void {
  const written = Object.keys(step).filter((key) => step[key as keyof Step] !== undefined);
  const [kind, second] = stepKinds.filter((each) => written.includes(each));
  type Said = { message: string; fix: string; code: string; oneOf?: readonly string[] };
  const say = (key: string | undefined, said: Said): void => {
    const { message, ...params } = said;
    context.addIssue({
      code: 'custom',
      path: key === undefined ? [] : [key],
      message,
      params: { ...params, on: 'key' },
    });
  };
  if (kind === undefined) {
    const fix = `Give it one of ${stepKinds.join(', ')}.`;
    return say(undefined, { code: 'playbook/no-action', message: 'The step does nothing.', fix });
  }
  if (second !== undefined) {
    const message = 'A step does one thing.';
    const fix = 'Make two steps of it.';
    return say(second, { code: 'playbook/two-actions', message, fix, oneOf: stepKinds });
  }
  for (const key of written) {
    const kinds = belongs[key];
    if (!kinds || kinds.includes(kind)) continue;
    const fix = `It goes with ${kinds.join(', ')}.`;
    say(key, { code: 'playbook/misfit', message: `"${key}" means nothing for "${kind}".`, fix });
  }
  if (step.idempotent && !step.retries && step.until === undefined) {
    const message = '"idempotent" says what may be tried again, and nothing is.';
    say('idempotent', { code: 'playbook/misfit', message, fix: 'Give it "retries".' });
  }
  if (step.sudo !== undefined && step.runAs !== undefined) {
    const message = '"sudo" and "runAs" both say as whom.';
    say('sudo', { code: 'playbook/misfit', message, fix: 'Leave one of them out.' });
  }
}

export const Steps: z.ZodType<Step[]> = z.array(Step);
