import * as z from 'zod';
import { userProblem } from '../inventory/address.ts';
import { sentenceOf } from '../util/problem.ts';

/** How a command becomes another user. */
export const runAsMethods = ['sudo', 'su', 'doas'] as const;
export const RunAs = z.object({
  user: z.string().superRefine((user, context) => {
    const problem = userProblem(user);
    if (problem) context.addIssue({ code: 'custom', message: sentenceOf(problem) });
  }),
  method: z.enum(runAsMethods),
});
export type RunAs = z.infer<typeof RunAs>;
