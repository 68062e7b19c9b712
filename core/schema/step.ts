import * as z from 'zod';
import { Http, Wait } from './stepActions.ts';
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

/** Keys that only go with some kinds of step. */
const belongs: Partial<Record<string, readonly StepKind[]>> = {
  with: ['task', 'playbook'],
  rescue: ['block'],
  always: ['block'],
  shell: ['run'],
  register: ['run', 'http', 'wait', 'task'],
  until: ['run', 'http'],
  retries: ['run', 'http', 'task', 'block'],
  changedWhen: ['run', 'http'],
  failedWhen: ['run', 'http'],
  sensitive: ['run', 'http'],
  env: ['run', 'wait', 'task', 'playbook', 'block'],
  cwd: ['run', 'wait', 'task', 'playbook', 'block'],
  sudo: ['run', 'wait', 'task', 'playbook', 'block'],
  runAs: ['run', 'wait', 'task', 'playbook', 'block'],
  once: ['run', 'http', 'wait'],
};

const Flat = z.strictObject({ ...actions, ...options });

/** A step as it is read: exactly one of the keys of `stepKinds`, and its options. */
export type Step = z.output<typeof Flat> & {
  block?: Step[] | undefined;
  rescue?: Step[] | undefined;
  always?: Step[] | undefined;
};

const Step: z.ZodType<Step> = z.strictObject({ ...actions, ...nested, ...options }).superRefine(judge);

function judge(step: Step, context: z.core.$RefinementCtx): void {
  const written = Object.keys(step).filter((key) => step[key as keyof Step] !== undefined);
  const [kind, second] = stepKinds.filter((each) => written.includes(each));
  const say = (key: string | undefined, said: { message: string; fix: string; code: string }): void => {
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
    const message = `A step does one thing, and this one has "${kind}" already.`;
    return say(second, { code: 'playbook/two-actions', message, fix: 'Make two steps of it.' });
  }
  for (const key of written) {
    const kinds = belongs[key];
    if (!kinds || kinds.includes(kind)) continue;
    const fix = `It goes with ${kinds.join(', ')}.`;
    say(key, { code: 'playbook/misfit', message: `"${key}" means nothing for "${kind}".`, fix });
  }
  if (step.sudo !== undefined && step.runAs !== undefined) {
    const message = '"sudo" and "runAs" both say as whom.';
    say('sudo', { code: 'playbook/misfit', message, fix: 'Leave one of them out.' });
  }
}

export const Steps: z.ZodType<Step[]> = z.array(Step);
