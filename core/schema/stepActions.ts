import * as z from 'zod';
import { Duration } from './duration.ts';
import { oneOrMany, Text } from './names.ts';
import { Command, TemplateText, TemplateValue } from './template.ts';

const Status = z.int('Expected a status from 100 to 599.').min(100).max(599);

/** A request from this machine. */
export const Http = z.strictObject({
  url: TemplateText.meta({
    title: 'URL',
    description: 'Address that begins with http:// or https://.',
    examples: ['http://{{ node.host }}:8080/health'],
  }),
  method: z
    .enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])
    .optional()
    .meta({ title: 'Method', description: 'Default: `GET`.', examples: ['POST'] }),
  headers: z
    .map(Text, TemplateText)
    .optional()
    .meta({ title: 'Headers', description: 'Headers of the request.', examples: [{ Accept: 'text/plain' }] }),
  body: TemplateValue.optional().meta({
    title: 'Body',
    description: 'What is sent: text as it is, anything else as JSON.',
    examples: [{ state: 'ready' }],
  }),
  expect: z
    .strictObject({
      status: oneOrMany(Status)
        .optional()
        .meta({ title: 'Status', description: 'Default: 200 to 299.', examples: [200, [200, 204]] }),
      contains: TemplateText.optional().meta({
        title: 'Contains',
        description: 'Text that the answer has to have in it.',
        examples: ['ok'],
      }),
    })
    .optional()
    .meta({
      title: 'Expect',
      description: 'What the answer has to be; else the step has failed.',
      examples: [{ status: 200, contains: 'ok' }],
    }),
});

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
