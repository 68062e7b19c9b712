import { keysOf } from '../edit/entries.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Steps that take the place of a variable of the playbook. */
export function* shadowingFindings(subject: Subject): Iterable<Finding> {
  const { document, steps } = subject;
  const declared = keysOf(document.parsed.writtenAt(['vars']));
  if (declared.length === 0) return;
  for (const step of steps)
    for (const [name, path] of [
      ...step.texts('register').map((name) => [name, [...step.path, 'register']] as const),
      ...keysOf(step.get('set')).map((name) => [name, [...step.path, 'set', name]] as const),
    ]) {
      if (!declared.includes(name)) continue;
      yield {
        code: 'vars/shadowed',
        message: `"${name}" is a variable of the playbook, and another value from here on.`,
        range: subject.range(path, path.at(-1) === 'register' ? 'value' : 'key'),
        related: [
          {
            message: 'It is declared here.',
            uri: document.document.uri,
            range: subject.range(['vars', name], 'key'),
          },
        ],
      };
    }
  yield* hiddenByParams(subject, declared);
}

/** Variables of the playbook that a parameter of the same name hides, as far as it has a value. */
function* hiddenByParams(subject: Subject, declared: readonly string[]): Iterable<Finding> {
  const { document } = subject;
  const params = keysOf(document.parsed.writtenAt(['params']));
  for (const name of declared.filter((each) => params.includes(each)))
    yield {
      code: 'vars/shadowed',
      message: `A parameter is called "${name}" too, and where it has a value vars.${name} is that.`,
      range: subject.range(['vars', name], 'key'),
      related: [
        {
          message: 'The parameter.',
          uri: document.document.uri,
          range: subject.range(['params', name], 'key'),
        },
      ],
    };
}
