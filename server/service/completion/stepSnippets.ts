/** A whole step that people write often. `lines` are those of the step, without its dash. */
export type StepSnippet = {
  readonly label: string;
  readonly detail: string;
  readonly lines: readonly string[];
};

/** What a file and its workspace have that steps can name. */
type Named = { readonly tasks: readonly string[]; readonly handlers: readonly string[] };

/** Steps that people write often, with the tasks and handlers that there are. */
export function stepSnippets({ tasks, handlers }: Named): readonly StepSnippet[] {
  return snippets.flatMap((each) => {
    if (each.label === 'step: task' && tasks.length > 0)
      return [{ ...each, lines: [`task: ${choiceOf(tasks)}$0`] }];
    if (each.label !== notifying) return [each];
    if (handlers.length === 0) return [];
    return [{ ...each, lines: [...each.lines, `notify: [${choiceOf(handlers)}]$0`] }];
  });
}

function choiceOf(words: readonly string[]): string {
  const choices = words.map((word) => word.replaceAll(/[$}\\,|]/g, String.raw`\$&`));
  return `\${3|${choices.join(',')}|}`;
}

const notifying = 'step: handler that is notified';

const snippets: readonly StepSnippet[] = [
  {
    label: 'step: command',
    detail: 'A command with an id and a limit',
    lines: ['id: ${1:id}', 'run: ${2:command}', 'timeout: ${3:60s}$0'],
  },
  {
    label: 'step: script',
    detail: 'Several lines for the shell',
    lines: ['id: ${1:id}', 'run: |', '  set -eu', '  ${0:command}'],
  },
  {
    label: 'step: as root, tried again',
    detail: 'A command by sudo, three times at most',
    lines: ['id: ${1:id}', 'run: ${2:command}', 'sudo: true', 'retries: { count: ${3:2}, delay: ${4:5s} }$0'],
  },
  {
    label: 'step: health check',
    detail: 'A request until it is answered well',
    lines: [
      'id: ${1:health}',
      'http:',
      '  url: "${2:http://{{ node.host \\}\\}/health}"',
      '  expect: { status: ${3:200} }',
      'retries: { count: ${4:10}, delay: ${5:2s} }$0',
    ],
  },
  {
    label: 'step: wait for a port',
    detail: 'Until a TCP port answers',
    lines: ['wait: { port: ${1:8080} }', 'timeout: ${2:60s}$0'],
  },
  {
    label: 'step: task',
    detail: 'The steps of a task file, with parameters',
    lines: ['task: ${1:./tasks/restart.task.yaml}', 'with: { ${2:service}: ${3:nginx} }$0'],
  },
  {
    label: 'step: block with rescue',
    detail: 'Steps, and what is done when one of them fails',
    lines: ['block:', '  - run: ${1:command}', 'rescue:', '  - run: ${2:rollback}$0'],
  },
  {
    label: 'step: ask a person',
    detail: 'Once for all nodes, whether to go on',
    lines: ['pause: ${1:Look at the first node, then go on.}$0'],
  },
  {
    label: notifying,
    detail: 'A command that notifies a handler where it changed something',
    lines: ['id: ${1:id}', 'run: ${2:command}'],
  },
];
