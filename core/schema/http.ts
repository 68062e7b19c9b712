import * as z from 'zod';
import { checkRegex } from '../selection/regex.ts';
import { Duration } from './duration.ts';
import { oneOrMany, Text } from './names.ts';
import { VariableName } from './param.ts';
import { TemplateText, TemplateValue } from './template.ts';
import { AtOnce } from './atOnce.ts';

const Status = z.int('Expected a status from 100 to 599.').min(100).max(599);

const Expect = z.strictObject({
  status: oneOrMany(Status)
    .optional()
    .meta({ title: 'Status', description: 'Default: 200 to 299.', examples: [200, [200, 204]] }),
  contains: TemplateText.optional().meta({
    title: 'Contains',
    description: 'Text that the answer has to have in it.',
    examples: ['ok'],
  }),
  matches: Text.superRefine((pattern, context) => {
    const refusal = checkRegex(pattern);
    if (refusal) context.addIssue({ code: 'custom', message: refusal.message });
  })
    .optional()
    .meta({
      title: 'Matches',
      description: 'Regular expression that has to match somewhere in the answer.',
      examples: ['version: 2[.][0-9]+'],
    }),
  json: TemplateValue.optional().meta({
    title: 'JSON',
    description: 'What the answer says as JSON. Of a map only the keys that are named are looked at.',
    examples: [{ status: 'up' }],
  }),
});

/** After which answers a request is sent again; also those of a service. */
export const HttpRetry = z.strictObject({
  statuses: oneOrMany(Status).meta({
    title: 'Statuses',
    description: 'Answers after which it is sent again.',
    examples: [[429, 503]],
  }),
  count: z
    .int('Expected a number from 1 to 100.')
    .min(1)
    .max(100)
    .optional()
    .meta({ title: 'Count', description: 'Further requests after the first. Default: 3.', examples: [5] }),
  delay: Duration.optional().meta({
    title: 'Delay',
    description:
      'Time before the next request; a longer `Retry-After` of the answer, up to a minute, counts instead. Default: `1s`.',
    examples: ['2s'],
  }),
});

/** A request from this machine. */
export const Http = z.strictObject({
  url: TemplateText.meta({
    title: 'URL',
    description:
      'Address that begins with http:// or https://; with a `service`, what comes behind its `baseUrl`.',
    examples: ['http://{{ node.host }}:8080/health', '/v1/nodes/{{ node.name }}'],
  }),
  service: VariableName.meta({ refers: 'service' })
    .optional()
    .meta({
      title: 'Service',
      description:
        'Name of a service of `config.yaml`: its address, headers and limits, which all steps that name it share.',
      examples: ['cmdb'],
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
  expect: Expect.optional().meta({
    title: 'Expect',
    description: 'What the answer has to be; else the step has failed.',
    examples: [{ status: 200, contains: 'ok' }],
  }),
  retry: HttpRetry.optional().meta({
    title: 'Retry',
    description: 'After which answers the request is sent again. Default: that of the service, else none.',
    examples: [{ statuses: [429, 503], count: 5, delay: '2s' }],
  }),
  maxConcurrency: AtOnce.optional().meta({
    title: 'Requests at once',
    description: 'How many requests of this step are under way at once, whatever the number of nodes.',
    examples: [4],
  }),
});
