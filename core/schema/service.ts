import * as z from 'zod';
import { HttpRetry } from './http.ts';
import { Text } from './names.ts';
import { VariableName } from './param.ts';
import { TemplateText } from './template.ts';
import { AtOnce } from './atOnce.ts';

const RateLimits = z.strictObject({
  requestsPerSecond: z
    .number()
    .positive()
    .max(10_000)
    .optional()
    .meta({
      title: 'Requests a second',
      description: 'So many begin a second, of all batches together. Default: no limit.',
      examples: [5],
    }),
  burstSize: z
    .int('Expected a number from 1 to 10000.')
    .min(1)
    .max(10_000)
    .optional()
    .meta({
      title: 'Burst',
      description: 'How many may begin at once after a rest. Default: 1.',
      examples: [10],
    }),
  concurrency: AtOnce.optional().meta({
    title: 'Requests at once',
    description: 'How many are under way at once. Default: no limit.',
    examples: [4],
  }),
});

/** Something on the network that `http` steps talk to. */
export const Service = z.strictObject({
  baseUrl: z
    .string()
    .refine(isHttpUrl, 'It begins with http:// or https:// and has a host, but no ?, # or password.')
    .meta({
      title: 'Address',
      description: 'What the `url` of a step comes behind. Requests go nowhere else.',
      examples: ['https://cmdb.example.com/api'],
      muster: 'name',
    }),
  headers: z
    .map(Text, TemplateText)
    .nullish()
    .meta({
      title: 'Headers',
      description: 'Headers of every request; secrets as `{{ secret.NAME }}`. Those of a step count before.',
      examples: [{ Authorization: 'Bearer {{ secret.cmdb_token }}' }],
    }),
  rateLimits: RateLimits.nullish().meta({
    title: 'Limits',
    description: 'Limits that all steps that name the service share, also those of other batches.',
    examples: [{ requestsPerSecond: 5, burstSize: 10, concurrency: 4 }],
  }),
  retry: HttpRetry.nullish().meta({
    title: 'Retry',
    description: 'After which answers a request is sent again, where a step does not say.',
    examples: [{ statuses: [429, 503], count: 5, delay: '2s' }],
  }),
});
export type Service = z.output<typeof Service>;

export const Services = z.map(VariableName, Service).nullish();

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?(?:\/[^\s?#@]*)?$/i.test(text);
}
