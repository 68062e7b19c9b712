import * as z from 'zod';
import { Params, VariableName } from './param.ts';
import { Steps } from './step.ts';
import { Condition, TemplateValue } from './template.ts';
import { Version } from './version.ts';
import { titleOf } from './title.ts';

const Implementation = z.strictObject({
  when: Condition.optional().meta({
    title: 'When',
    description: 'Condition on the node; the first implementation whose condition holds is taken.',
    examples: ["node.facts.os.id == 'debian'"],
  }),
  steps: Steps.meta({
    title: 'Steps',
    description: 'What is done, in this order.',
    examples: [[{ run: 'systemctl restart {{ params.service }}', sudo: true }]],
  }),
});

/** The file kind `*.task.yaml`. */
export const TaskFile = z
  .strictObject({
    version: Version,
    ...titleOf('Restart a service', 'Restarts a service and waits for it.'),
    params: Params.meta({
      title: 'Parameters',
      description: 'What it is given, as `params` in templates.',
      examples: [{ service: { type: 'string', required: true } }],
    }),
    vars: z
      .map(VariableName, TemplateValue)
      .nullish()
      .meta({
        title: 'Variables',
        description:
          'Variables of these steps, as `vars`, where neither the inventory nor a playbook has them. Each may use those ' +
          'before it.',
        examples: [{ unit: '{{ params.service }}.service' }],
      }),
    steps: Steps.optional().meta({
      title: 'Steps',
      description: 'What is done, in this order.',
      examples: [[{ run: 'systemctl restart {{ params.service }}', sudo: true }]],
    }),
    implementations: z
      .array(Implementation)
      .optional()
      .meta({
        title: 'Implementations',
        description: 'Steps for different platforms, instead of `steps`.',
        examples: [[{ when: "vars.os == 'bsd'", steps: [{ run: 'service nginx restart' }] }]],
      }),
    supportsDryRun: z
      .boolean()
      .optional()
      .meta({
        title: 'Supports a dry run',
        description:
          'Its steps look at `batch.dryRun` and change nothing where that is true: `--dry-run-on-nodes` runs it, other steps are only told.',
        examples: [true],
      }),
    outputs: z
      .map(VariableName, Condition)
      .nullish()
      .meta({
        title: 'Outputs',
        description: 'Expressions whose values are the `outputs` of the step that has this task.',
        examples: [{ version: 'steps.ask.stdout | trim' }],
      }),
  })
  .superRefine(({ steps, implementations }, context) => {
    if ((steps === undefined) !== (implementations === undefined)) return;
    const message = steps
      ? '"steps" and "implementations" are two ways to say it.'
      : 'The task does nothing.';
    const fix = steps ? 'Keep one of them.' : 'Give it "steps", or "implementations" for platforms.';
    context.addIssue({ code: 'custom', path: [], message, params: { fix, code: 'playbook/no-action' } });
  })
  .meta({
    title: 'Muster task',
    description:
      'Steps with parameters and no nodes of their own, in a file whose name ends in `.task.yaml`. Playbooks use it in a ' +
      'step; `muster task FILE` runs it.',
    examples: [
      {
        version: 1,
        params: { service: { type: 'string', required: true } },
        steps: [{ run: 'systemctl restart {{ params.service }}', sudo: true }],
      },
    ],
  });
export type TaskFile = z.output<typeof TaskFile>;
