import * as z from 'zod';
import { Duration } from './duration.ts';
import { Command, TemplateText } from './template.ts';

/** What is waited for: exactly one of port, path, command and seconds. */
export const Wait = z
  .strictObject({
    port: z
      .int('Expected a port number from 1 to 65535.')
      .min(1)
      .max(65_535)
      .optional()
      .meta({
        title: 'Port',
        description: 'Until the TCP port answers, asked from this machine.',
        examples: [8080],
      }),
    host: TemplateText.optional().meta({
      title: 'Host',
      description: 'Whose port. Default: the node.',
      examples: ['{{ node.host }}'],
    }),
    path: TemplateText.optional().meta({
      title: 'Path',
      description: 'Until this is there on the node.',
      examples: ['/run/app.ready'],
    }),
    command: Command.optional().meta({
      title: 'Command',
      description: 'Until this ends with 0 on the node.',
      examples: ['pg_isready -q'],
    }),
    seconds: z
      .number()
      .min(0)
      .max(86_400)
      .optional()
      .meta({ title: 'Seconds', description: 'So long.', examples: [10] }),
    every: Duration.optional().meta({
      title: 'Every',
      description: 'Time between two looks. Default: `2s`.',
      examples: ['5s'],
    }),
  })
  .superRefine((wait, context) => {
    const kinds = ['port', 'path', 'command', 'seconds'] as const;
    const found = kinds.filter((kind) => wait[kind] !== undefined);
    if (found.length === 1) return;
    const message =
      found.length === 0 ? 'What is waited for?' : `It waits for one thing, not for ${found.join(' and ')}.`;
    context.addIssue({ code: 'custom', message, params: { fix: `Give it one of ${kinds.join(', ')}.` } });
  });
