import type { Path } from '../../../core/yaml/places.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Lists of steps with nothing in them: what they are for is not done. */
export function* emptyFindings(subject: Subject): Iterable<Finding> {
  const { parsed, document } = subject.document;
  if (document.languageId !== 'muster-playbook' && document.languageId !== 'muster-task') return;
  const implementations = parsed.writtenAt(['implementations']);
  const lists: readonly Path[] = [
    ['steps'],
    ...(Array.isArray(implementations)
      ? [...implementations.keys()].map((at): Path => ['implementations', at, 'steps'])
      : []),
    ...subject.steps.map(({ path }): Path => [...path, 'block']),
  ];
  for (const path of lists) {
    const written = parsed.writtenAt(path);
    if (!Array.isArray(written) || written.length > 0) continue;
    const message = `There is nothing in "${String(path.at(-1))}", so nothing is done. Write a step, or take it out.`;
    yield { code: 'steps/empty', message, range: subject.range(path, 'value') };
  }
}
