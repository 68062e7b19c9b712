import * as z from 'zod';
import { PositiveDuration } from './duration.ts';
import { Command, TemplateText } from './template.ts';

/** A port, or a template for its number; a number once read where it is one. */
const PortOrTemplate = z.union([
  z.int().min(1).max(65_535),
  TemplateText.transform((text, context): number | string => {
    if (text.includes('{{')) return text;
    const port = Number(text);
    if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
    const message = 'Expected a port number from 1 to 65535, or a template for one.';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  }),
]);

/** What is waited for: exactly one of port, path, command and seconds. */
export const Wait = z
  .strictObject({
    port: PortOrTemplate.optional().meta({
      title: 'Port',
      description: 'Until the TCP port answers, asked from this machine.',
      examples: [8080, '{{ vars.http_port }}'],
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
    every: PositiveDuration.optional().meta({
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
      found.length === 0
        ? 'It does not say what it waits for.'
        : `It waits for one thing, not for ${found.join(' and ')}.`;
    context.addIssue({ code: 'custom', message, params: { fix: `Give it one of ${kinds.join(', ')}.` } });
  });
