import { parseTemplate } from '../../../core/playbook/template/template.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Loops over what is text on every node. The engine says it when the playbook is planned. */
export function* loopFindings({ steps, range }: Subject): Iterable<Finding> {
  for (const step of steps) {
    const loop = step.text('loop');
    if (loop === undefined) continue;
    const { parts, problems } = parseTemplate(loop);
    if (problems.length > 0 || (parts.length === 1 && parts[0]?.type === 'expression')) continue;
    const message = `The loop is no list, but text. Write [a, b], or '{{ … | lines }}' for the lines of a text.`;
    yield { code: 'playbook/loop', message, range: range([...step.path, 'loop'], 'value') };
  }
}
