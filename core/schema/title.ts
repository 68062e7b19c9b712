import * as z from 'zod';

/** How a playbook or a task is called; `example` and what it does, as an example of `description`. */
export function titleOf(example: string, does: string) {
  return {
    name: z
      .string()
      .min(1)
      .optional()
      .meta({
        title: 'Name',
        description: 'What people see of it. Default: the file.',
        examples: [example],
      }),
    description: z
      .string()
      .optional()
      .meta({
        title: 'Description',
        description: 'What it does.',
        examples: [does],
      }),
  };
}
