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
    context.addIssue({ code: 'custom', message, params: { fix: 'Give it one of env, age, ask.' } });
  });
export type Secret = z.output<typeof Secret>;

export const Secrets = z.map(VariableName, Secret).nullish();
