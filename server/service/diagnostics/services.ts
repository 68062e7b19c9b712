import { didYouMean } from '../../../core/util/problem.ts';
import { nearest } from '../../../core/util/nearest.ts';
import { keysOf } from '../edit/entries.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Requests to a service that no configuration has; that of the user is not always known here. */
export function* serviceFindings(subject: Subject): Iterable<Finding> {
  const { steps, workspace } = subject;
  if (!workspace.isRead) return;
  const known = [...configured(subject), ...(workspace.userServices ?? [])];
  for (const step of steps) {
    const http = step.get('http');
    const name = http instanceof Object ? Reflect.get(http, 'service') : undefined;
    if (typeof name !== 'string' || known.includes(name)) continue;
    const near = nearest(name, known);
    const place = subject.range([...step.path, 'http', 'service'], 'value');
    const isSure = workspace.userServices !== undefined;
    const where = isSure ? 'config.yaml' : 'config.yaml of the workspace';
    const other = isSure
      ? 'Write it under "services".'
      : 'If that of the user has none, write it under "services".';
    yield {
      code: 'playbook/unknown-service',
      ...(!isSure && { level: 'info' }),
      message: `There is no service "${name}" in ${where}. ${near === undefined ? other : didYouMean(near)}`,
      range: place,
      ...(near !== undefined && {
        repairs: [{ title: `Change to "${near}"`, edits: [{ range: place, newText: near }], isSure: true }],
      }),
    };
  }
}

function configured({ workspace }: Subject): readonly string[] {
  return workspace.uris
    .filter((uri) => workspace.facts(uri)?.languageId === 'muster-config')
    .flatMap((uri) => keysOf(workspace.document(uri)?.parsed.writtenAt(['services'])));
}
