import * as z from 'zod';
import { Value } from './value.ts';

/** Text that may have `{{ }}` in it. */
export const TemplateText = z.string().meta({ muster: 'template' });

/** A command for a shell, with `{{ }}` in it: what is put in is quoted. */
export const Command = z
  .string()
  .refine((text) => text.trim() !== '', 'The command is empty.')
  .refine((text) => !text.includes('\0'), 'The command contains a NUL character, which no shell can take.')
  .meta({ muster: 'command' });

/** What stands between `{{` and `}}`, without them. */
export const Condition = z.string().min(1, 'The condition is empty.').meta({ muster: 'expression' });

/** Any data; texts in it may have `{{ }}`, and one that is nothing but `{{ }}` is the value of it. */
export const TemplateValue = Value.meta({ templates: true });
