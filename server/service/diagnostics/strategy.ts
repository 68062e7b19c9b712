import { strategyMisfit } from '../../../core/run/resolveStrategy.ts';
import { PlaybookFile } from '../../../core/schema/playbook.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Parts of the strategy of a playbook that do not go together. */
export function* strategyFindings(subject: Subject): Iterable<Finding> {
  const { parsed, document } = subject.document;
  if (document.languageId !== 'muster-playbook') return;
  const read = PlaybookFile.shape.strategy.safeParse(parsed.writtenAt(['strategy']));
  if (!read.success || !read.data) return;
  const { mode, waves } = read.data;
  const asked = Object.fromEntries(Object.entries(read.data).filter(([, value]) => value !== undefined));
  const message = strategyMisfit(mode ?? (waves === undefined ? 'parallel' : 'rolling'), asked);
  if (message !== undefined)
    yield { code: 'playbook/strategy', message, range: subject.range(['strategy'], 'key') };
}
