import type { Example, Rule } from './rule.ts';

/** What the engine refuses of playbooks and tasks. */
export const playbookRules: readonly Rule[] = [
  rule('no-action', 'A step that does nothing', [
    'Every step has exactly one key that says what it does, such as `run`.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - name: Drain\n',
      good: 'steps:\n  - name: Drain\n    run: drain\n',
    },
  ]),
  rule('two-actions', 'A step that does two things', [
    'Make two steps of it, so that each has a result of its own.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: uptime\n    wait: { seconds: 5 }\n',
      good: 'steps:\n  - run: uptime\n  - wait: { seconds: 5 }\n',
    },
  ]),
  rule('misfit', 'An option that means nothing for this step', [
    'It would not be looked at. Take it out, or put it where it counts.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - wait: { seconds: 5 }\n    shell: bash\n',
      good: 'steps:\n  - wait: { seconds: 5 }\n',
    },
  ]),
  rule('repeated-id', 'An id twice', [
    'Results are kept by id, and the second would hide the first.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - { id: a, run: uptime }\n  - { id: a, run: uptime }\n',
      good: 'steps:\n  - { id: a, run: uptime }\n  - { id: b, run: uptime }\n',
    },
  ]),
  rule('unknown-step', 'A step needs one that there is not', [
    '`needs` names ids of steps in the same list.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - { id: drain, run: drain }\n  - { needs: drian, run: uptime }\n',
      good: 'steps:\n  - { id: drain, run: drain }\n  - { needs: drain, run: uptime }\n',
    },
  ]),
  rule('cycle', 'Steps that need each other', [
    'None of them could be the first. The whole way is in the message and beside it.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - { id: a, needs: b, run: uptime }\n  - { id: b, needs: a, run: uptime }\n',
      good: 'steps:\n  - { id: a, run: uptime }\n  - { id: b, needs: a, run: uptime }\n',
    },
  ]),
  rule('unknown-handler', 'A handler that there is not', [
    '`notify` names ids under `handlers`.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - { run: uptime, notify: restrat }\nhandlers:\n  - { id: restart, run: restart }\n',
      good: 'steps:\n  - { run: uptime, notify: restart }\nhandlers:\n  - { id: restart, run: restart }\n',
    },
  ]),
  rule('param', 'A value that a parameter would not take', [
    'The default has to be a value that could be given. What a step gives under `with` has to be a parameter of the task or playbook and fit it, and each `required` one is given; so it is with the sets of `batch`.',
    {
      kind: 'playbook',
      bad: 'params:\n  n: { type: integer, default: many }\nsteps:\n  - run: echo {{ params.n }}\n',
      good: 'params:\n  n: { type: integer, default: 3 }\nsteps:\n  - run: echo {{ params.n }}\n',
    },
  ]),
  rule('unknown-name', 'A name that templates do not have', [
    'Templates look things up below `vars`, `params`, `node`, `steps`, `secret`, `batch`, and in loops `item` and `index`.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: echo {{ nod.name }}\n',
      good: 'steps:\n  - run: echo {{ node.name }}\n',
    },
  ]),
  rule('unknown-params', 'A parameter that is not declared', [
    'Write it under `params`.',
    {
      kind: 'playbook',
      bad: 'params:\n  version: { default: 1.0.0 }\nsteps:\n  - run: install {{ params.verison }} {{ params.version }}\n',
      good: 'params:\n  version: { default: 1.0.0 }\nsteps:\n  - run: install {{ params.version }}\n',
    },
  ]),
  rule('unknown-secret', 'A secret that is not declared', [
    'Write under `secrets` where it is.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: login {{ secret.token }}\n',
      good: 'secrets:\n  token: { env: DEPLOY_TOKEN }\nsteps:\n  - run: login {{ secret.token }}\n',
    },
  ]),
  rule('unknown-steps', 'The result of a step that there is not', [
    '`steps.ID` needs a step with that id.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - { id: ask, run: uptime }\n  - run: echo {{ steps.aks.stdout }}\n',
      good: 'steps:\n  - { id: ask, run: uptime }\n  - run: echo {{ steps.ask.stdout }}\n',
    },
  ]),
  rule('unknown-batch', 'Something that a batch does not have', [
    'There are `batch.id`, `batch.user` and `batch.dryRun`.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: echo {{ batch.name }}\n',
      good: 'steps:\n  - run: echo {{ batch.id }}\n',
    },
  ]),
  rule('unknown-node', 'Something that a node does not have', [
    'There are `node.name`, `host`, `port`, `user`, `transport`, `tags`, `groups` and `facts`. Variables of a node are `vars.NAME`. With `default(…)` or `is defined` nothing is said.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: echo {{ node.nam }}\n',
      good: 'steps:\n  - run: echo {{ node.name }}\n',
    },
  ]),
  rule('unknown-result', 'Something that a result does not have', [
    'There are `stdout`, `stderr`, `exitCode`, `changed`, `failed` and others, below `result` and below `steps.ID`.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: uptime\n    failedWhen: result.rc > 1\n',
      good: 'steps:\n  - run: uptime\n    failedWhen: result.exitCode > 1\n',
    },
  ]),
  rule('address', 'An address that no request can be sent to', [
    'An address begins with `https://` or `http://`, and has a port up to 65535 if any; with `service` it is what comes behind the address of the service.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - http: { url: /health }\n',
      good: 'steps:\n  - http: { url: "http://{{ node.host }}/health" }\n',
    },
  ]),
  rule('no-loop', '`item` without a loop', [
    '`item` and `index` are only there in a step with `loop`.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: echo {{ item }}\n',
      good: 'steps:\n  - run: echo {{ item }}\n    loop: [a, b]\n',
    },
  ]),
  rule('loop', 'A loop over what is no list', [
    'A text is one item and no list. Said of what is text on every node, of a variable to which the playbook itself gives one value, and of a parameter that is of another type than `array`; of what comes from elsewhere it is said when the playbook is planned.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: echo {{ item }}\n    loop: a b\n',
      good: 'steps:\n  - run: echo {{ item }}\n    loop: [a, b]\n',
    },
  ]),
  rule('no-result', '`result` outside of a condition on it', [
    'The result of the step itself is only there in `until`, `changedWhen` and `failedWhen`. Results of others are `steps.ID`.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: echo {{ result.stdout }}\n',
      good: 'steps:\n  - { id: ask, run: uptime }\n  - run: echo {{ steps.ask.stdout }}\n',
    },
  ]),
  rule('file', 'A file that cannot be read', ['The message says why.']),
  rule('included', 'A mistake in a file that this one uses', ['Mend that file.']),
  rule('file-cycle', 'Files that use each other', [
    'They would have no end. Take one of the steps out.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - playbook: ./site.playbook.yaml\n',
      good: 'steps:\n  - playbook: ./base.playbook.yaml\n',
      files: { 'base.playbook.yaml': 'steps:\n  - run: uptime\n' },
    },
  ]),
  rule('strategy', 'Parts of a strategy that do not go together', [
    'The run would be refused: in lockstep nodes go side by side, and what is said of waves needs waves.',
    {
      kind: 'playbook',
      bad: 'strategy: { mode: sequential, lockstep: true }\nsteps:\n  - run: uptime\n',
      good: 'strategy: { mode: parallel, lockstep: true }\nsteps:\n  - run: uptime\n',
    },
  ]),
  rule('no-steps', 'No step has such a tag or name', ['Said when a part of a playbook is run.']),
  rule('unknown-service', 'A service that there is not', [
    'Services are in `config.yaml`, of the workspace or of the user. The editor does not read that of the user, and only mentions it.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - http: { service: shpo, url: /health }\n',
      good: 'steps:\n  - http: { service: shop, url: /health }\n',
      files: { '.muster/config.yaml': "services:\n  shop: { baseUrl: 'https://shop.example.com' }\n" },
    },
  ]),
  rule('delegate', 'A step is delegated to what is no node', [
    'The inventory has to have the node; which one it is has to be known before the run.',
    {
      kind: 'playbook',
      bad: 'targets: web1\nsteps:\n  - { run: drain, delegate: lb02 }\n',
      good: 'targets: web1\nsteps:\n  - { run: drain, delegate: lb01 }\n',
      files: { '.muster/inventory.yaml': 'nodes:\n  web1:\n  lb01:\n' },
    },
  ]),
  rule('unknown-tag', 'No step has such a tag', ['Tags of steps are chosen with `--tags`.']),
];

/** What the engine refuses of texts with `{{ }}` in them. */
export const templateRules: readonly Rule[] = [
  template('unclosed', 'A `{{` without `}}`, or a quote without its second', [
    'Close it.',
    ['echo {{ node.name', 'echo {{ node.name }}'],
  ]),
  template('syntax', 'Something that is no expression', [
    'Expressions are made of names, numbers, quoted text, operators, filters and tests.',
    ['echo {{ node.name = 1 }}', 'echo {{ node.name == 1 }}'],
  ]),
  template('unknown-filter', 'A filter that there is not', [
    'The filters are in [templates](../templates.md).',
    ['echo {{ node.name | uper }}', 'echo {{ node.name | upper }}'],
  ]),
  template('unknown-test', 'A test that there is not', [
    'Tests stand behind `is`.',
    ['echo {{ node.name is defned }}', 'echo {{ node.name is defined }}'],
  ]),
  template('arguments', 'Too many or too few arguments', [
    'The message says how many it takes.',
    ['echo {{ node.name | replace("a") }}', 'echo {{ node.name | replace("a", "b") }}'],
  ]),
  template('statement', 'A statement of another template language', [
    'There are no statements. Steps have `when` and `loop`; in a text `{{ a if b else c }}` chooses.',
    ['echo {% if true %}a{% endif %}', 'echo {{ "a" if true else "b" }}'],
  ]),
  template('raw', '`raw` that is not the last filter', [
    'It says how a value lands in a command, so it stands last.',
    ['echo {{ node.name | raw | upper }}', 'echo {{ node.name | upper | raw }}'],
  ]),
  template('not-quotable', 'A value at a place where no quoting is safe', [
    'Inside `${…}`, here-documents and the like a value could act. Put it into a variable of the environment, or say `raw` where you know what it is.',
    ['echo `echo {{ node.name }}`', 'echo {{ node.name }}'],
  ]),
  {
    ...template('braces', 'Braces around an expression', [
      '`when` and other conditions are expressions already.',
    ]),
    example: {
      kind: 'playbook',
      bad: "steps:\n  - run: uptime\n    when: '{{ node.name }} == 1'\n",
      good: 'steps:\n  - run: uptime\n    when: node.name == 1\n',
    },
  },
  template('too-deep', 'An expression inside too many others', ['Make it simpler; `set` keeps parts of it.']),
  template('too-long', 'A text that would become too long', ['At most 1 MiB.']),
  template('undefined', 'A value that is not there', [
    'Said when a playbook is planned: `default(…)` gives another one.',
  ]),
  template('value', 'A value that does not fit', [
    'A calculation or filter that can not be done with its values. Where they come from variables, it is said when the playbook is planned.',
    ['echo {{ 1 / 0 }}', 'echo {{ 1 / 2 }}'],
  ]),
];

function rule(
  name: string,
  title: string,
  [text, example]: readonly [text: string, example?: Example],
): Rule {
  return { code: `playbook/${name}`, title, level: 'error', by: 'engine', text, ...(example && { example }) };
}

function template(
  name: string,
  title: string,
  [text, runs]: readonly [text: string, runs?: readonly [bad: string, good: string]],
): Rule {
  const playbook = (run: string): string => `steps:\n  - run: |\n      ${run}\n`;
  return {
    code: `template/${name}`,
    title,
    level: 'error',
    by: 'engine',
    text,
    ...(runs && { example: { kind: 'playbook', bad: playbook(runs[0]), good: playbook(runs[1]) } }),
  };
}
