import * as z from 'zod';
import { Text } from './names.ts';
import { VariableName } from './param.ts';

/** Where a secret is; exactly one of the keys. */
export const Secret = z
  .strictObject({
    env: Text.optional().meta({
      title: 'Environment',
      description: 'A variable of the environment of this machine.',
      examples: ['DEPLOY_TOKEN'],
    }),
    age: Text.meta({ refers: 'file' })
      .optional()
      .meta({
        title: 'age file',
        description: 'A file encrypted with age, from the folder of this one; `age` has to be installed.',
        examples: ['./token.age'],
      }),
    command: z
      .array(Text)
      .min(1)
      .optional()
      .meta({
        title: 'Command',
        description:
          'A program of this machine and its arguments, whose output it is. It runs without a shell, for at most 30 s, ' +
          'in the folder of this file, and only after `muster trust` or in a trusted window.',
        examples: [['pass', 'show', 'deploy/token']],
      }),
    stored: z
      .string()
      .min(1)
      .optional()
      .meta({
        title: 'Stored',
        description:
          'VS Code keeps it in the secret storage of this machine, once a person has given it, asked with these words. ' +
          'The command line asks each time, or takes it from `--param-env`.',
        examples: ['Deploy token'],
      }),
    ask: z
      .string()
      .min(1)
      .optional()
      .meta({
        title: 'Ask',
        description: 'A person is asked for it, with these words.',
        examples: ['Deploy token'],
      }),
  })
  .superRefine((secret, context) => {
    const found = Object.values(secret).filter((each) => each !== undefined);
    if (found.length === 1) return;
    const message = 'A secret is in one place.';
    context.addIssue({
      code: 'custom',
      message,
      params: { fix: 'Give it one of env, age, command, stored, ask.' },
    });
  });
export type Secret = z.output<typeof Secret>;

export const Secrets = z.map(VariableName, Secret).nullish();
