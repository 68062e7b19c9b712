import * as z from 'zod';
import { JournalLevel, JournalSource } from '../journal/entry.ts';
import { Duration } from './duration.ts';

/** What is kept of notes and of what plugins say about nodes. */
export const JournalConfig = z.strictObject({
  keep: Duration.optional().meta({
    title: 'Keep',
    description:
      'How long notes and entries of plugins are kept; they go a month at a time. Default: `800d`.',
    examples: ['400d'],
  }),
  entries: z
    .int('Expected a number from 100 to 1000000.')
    .min(100)
    .max(1_000_000)
    .optional()
    .meta({
      title: 'Entries',
      description: 'How many of them are kept of a node. Default: 10000.',
      examples: [5000],
    }),
  levels: z
    .map(JournalSource, JournalLevel)
    .optional()
    .meta({
      title: 'Levels',
      description: 'From which level on the entries of a plugin are kept. Default: `debug`, all of them.',
      examples: [{ provisioning: 'warning' }],
    }),
});
