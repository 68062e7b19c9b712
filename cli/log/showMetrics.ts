import { tallyText } from '../../core/log/tallyText.ts';
import { exitCode } from '../exitCode.ts';
import { type OutputFormat, reportRefusal, type Streams } from '../report.ts';
import { withClient } from '../withClient.ts';

export type MetricsFlags = { readonly since: number; readonly output: OutputFormat; readonly data?: string };

/** Prints what the batches came to that were begun in the last `since` ms. */
export function showMetrics({ since, output, data }: MetricsFlags, streams: Streams): Promise<number> {
  const settings = { data, format: output, streams };
  return withClient(settings, async (client) => {
    const metrics = await client.metrics({ since: Date.now() - since });
    if (!metrics.ok) return reportRefusal(metrics.error, output, streams);
    if (output === 'json') streams.out(`${JSON.stringify({ version: 1, ...metrics.value })}\n`);
    else streams.out(tallyText(metrics.value));
    return exitCode.ok;
  });
}
