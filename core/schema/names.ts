import * as z from 'zod';
import type { Finding } from '../inventory/address.ts';
import { hostProblem, userProblem } from '../inventory/address.ts';

/** Text whose characters count as they were written: names, paths, addresses. */
export const Text = z.string().min(1, 'Nothing is written here.').meta({ muster: 'name' });

/** Node names with ranges, separated by commas: `web[01-20].example.com,db01`. */
export const NodeNames = z
  .string()
  .min(1, 'A name is missing.')
  .meta({ muster: 'selection', refers: 'node' });

/** TCP port. */
export const Port = z.int('Expected a port number from 1 to 65535.').min(1).max(65_535);

/** Text that a check may refuse, saying why and what to write. */
export function checkedText(judge: (text: string) => Finding | undefined) {
  return z
    .string()
    .superRefine((text, context) => {
      const finding = judge(text);
      if (finding)
        context.addIssue({ code: 'custom', message: finding.message, params: { fix: finding.fix } });
    })
    .meta({ muster: 'name' });
}

/** One value or a list of them; a list once read. */
export function oneOrMany<T extends z.ZodType>(item: T) {
  return z
    .union([item, z.array(item)])
    .transform((value): z.output<T>[] => (Array.isArray(value) ? value : [value]));
}

export const Host = checkedText(hostProblem);
export const User = checkedText(userProblem);
