import type { Example, Rule } from './rule.ts';

/** Mistakes in the form of the text, in every kind of file. */
export const yamlRules: readonly Rule[] = [
  yaml('alias', 'An alias of a map where text is wanted', ['Write the text itself.']),
  yaml('alias-bomb', 'Aliases that stand for too much', [
    'Aliases inside aliases grow without bounds. Fewer of them.',
  ]),
  yaml('alias-depth', 'An alias that leads back into itself', [
    'Such a value has no end. Take one of the aliases out.',
    {
      kind: 'inventory',
      bad: 'nodes:\n  a: { vars: { x: &x [*x] } }\n',
      good: 'nodes:\n  a: { vars: { x: [1] } }\n',
    },
  ]),
  yaml('alias-props', 'An alias with a tag or an anchor', [
    'Only what it stands for can have one.',
    {
      kind: 'inventory',
      bad: 'nodes:\n  a: { vars: { x: &x 1, y: !!str *x } }\n',
      good: 'nodes:\n  a: { vars: { x: &x 1, y: *x } }\n',
    },
  ]),
  yaml('bad-alias', 'An alias without a name', ['Write the name behind `*`, or quote the text.']),
  yaml('bad-collection-type', 'A tag that does not fit', ['Take the tag away.']),
  yaml('bad-directive', 'A directive that YAML does not know', [
    'Lines that begin with `%` are for YAML itself. Take it out.',
    {
      kind: 'inventory',
      bad: '%YAML\n---\nnodes:\n  a:\n',
      good: 'nodes:\n  a:\n',
    },
  ]),
  yaml('bad-dq-escape', 'An escape that YAML does not know', [
    'In double quotes a backslash begins an escape. Use single quotes, where it is only a backslash.',
    {
      kind: 'inventory',
      bad: 'nodes:\n  a: { vars: { pattern: "\\d+" } }\n',
      good: "nodes:\n  a: { vars: { pattern: '\\d+' } }\n",
    },
  ]),
  yaml('bad-indent', 'Lines that are not indented alike, or a bracket that is not closed', [
    'Entries of one map or list begin in the same column, and further right than what they belong to. A `{` or `[` has its `}` or `]`.',
    {
      kind: 'inventory',
      bad: 'groups:\n  web: [a,\nb]\nnodes:\n  a:\n  b:\n',
      good: 'groups:\n  web: [a, b]\nnodes:\n  a:\n  b:\n',
    },
  ]),
  yaml('bad-prop-order', 'Tag or anchor at the wrong place', ['They stand before the value.']),
  yaml('bad-scalar-start', 'A character with which plain text cannot begin', [
    'YAML keeps `@` and backticks at the beginning of a value. Quote the text.',
    {
      kind: 'playbook',
      bad: 'targets: @web\nsteps:\n  - run: uptime\n',
      good: "targets: '@web'\nsteps:\n  - run: uptime\n",
      files: { '.muster/inventory.yaml': 'nodes:\n  a:\ngroups:\n  web: a\n' },
    },
  ]),
  yaml('block-as-implicit-key', 'A colon and a space inside plain text', [
    'Behind `: ` YAML expects a value. Quote the text, or write it below `|`.',
    {
      kind: 'playbook',
      bad: 'steps:\n  - run: echo state: ready\n',
      good: 'steps:\n  - run: |\n      echo state: ready\n',
    },
  ]),
  yaml('block-in-flow', 'Indented entries between brackets', [
    'Inside `[ ]` and `{ }` entries are separated by commas.',
    {
      kind: 'inventory',
      bad: 'groups:\n  web: { nodes: [\n    - a ] }\nnodes:\n  a:\n',
      good: 'groups:\n  web: { nodes: [a] }\nnodes:\n  a:\n',
    },
  ]),
  yaml('duplicate-key', 'A key twice in one map', ['Keep one of them.']),
  yaml('impossible', 'A text that the YAML library gives up on', ['Write the lines anew.']),
  yaml('key', 'A key that is no text', [
    'Quote it.',
    {
      kind: 'inventory',
      bad: 'nodes:\n  a: { vars: { [x]: 1 } }\n',
      good: 'nodes:\n  a: { vars: { x: 1 } }\n',
    },
  ]),
  yaml('key-over-1024-chars', 'A key of more than 1024 characters', [
    'YAML allows no longer ones. Shorten it.',
  ]),
  yaml('merge-key', 'A merge key', [
    '`<<` is not read: what it merges would not be seen where it lands. Use `defaults` or the vars of a group.',
    {
      kind: 'inventory',
      bad: 'nodes:\n  a: &a { port: 22 }\n  b: { <<: *a }\n',
      good: 'nodes:\n  a: { port: 22 }\n  b: { port: 22 }\n',
    },
  ]),
  yaml('missing-char', 'A bracket, quote, comma or colon is missing', [
    'Write it where the text ends that it belongs to.',
    {
      kind: 'playbook',
      bad: 'name: "Deploy\nsteps:\n  - run: uptime\n',
      good: 'name: "Deploy"\nsteps:\n  - run: uptime\n',
    },
  ]),
  yaml('multiline-implicit-key', 'A key without a colon', [
    'The line and the next one are read as one key. Write `:` behind it, or take it out.',
    {
      kind: 'playbook',
      bad: 'nam\nsteps:\n  - run: uptime\n',
      good: 'name: Uptime\nsteps:\n  - run: uptime\n',
    },
  ]),
  yaml('multiple-anchors', 'Two anchors for one value', ['Keep one of them.']),
  yaml('multiple-docs', 'A second document in the file', ['Put it into a file of its own.']),
  yaml('multiple-tags', 'Two tags for one value', ['Keep one of them.']),
  yaml('non-string-key', 'A key that is no text', ['Quote it.']),
  yaml('quote-this', 'Text that YAML reads as something else', [
    'A value that begins with `{{`, `!`, `&`, `*` and the like has a meaning of its own for YAML. Quote it.',
    {
      kind: 'playbook',
      bad: 'params:\n  what: { default: uptime }\nsteps:\n  - run: {{ params.what }}\n',
      good: "params:\n  what: { default: uptime }\nsteps:\n  - run: '{{ params.what }}'\n",
    },
  ]),
  yaml('repeated-key', 'A key twice in one map', [
    'Only one of them could count, so neither is a guess: keep one.',
    {
      kind: 'playbook',
      bad: 'name: a\nname: b\nsteps:\n  - run: uptime\n',
      good: 'name: a\nsteps:\n  - run: uptime\n',
    },
  ]),
  yaml('resource-exhaustion', 'More than the YAML library reads', ['Split the file.']),
  yaml('second-document', 'A second document in the file', [
    'Put what stands behind `---` into a file of its own.',
    {
      kind: 'inventory',
      bad: 'nodes:\n  a:\n---\nnodes:\n  b:\n',
      good: 'nodes:\n  a:\n  b:\n',
    },
  ]),
  yaml('suspicious', 'Something that YAML warns about', ['Write it in a plainer way.']),
  yaml('tab-as-indent', 'A tab as indentation', [
    'YAML indents with spaces. The quick fix converts all tabs at the beginning of lines.',
    {
      kind: 'playbook',
      bad: 'steps:\n\t- run: uptime\n',
      good: 'steps:\n  - run: uptime\n',
    },
  ]),
  yaml('tag-resolve-failed', 'A value that does not fit its tag', ['Take the tag away.']),
  yaml('too-deep', 'More nesting than is read', ['At most 100 levels.']),
  yaml('too-large', 'A larger file than is read', ['Split it.']),
  {
    code: 'yaml/large',
    title: 'A file that is too large for the editor',
    level: 'info',
    by: 'editor',
    text: 'Above 1 MB a file is read beside everything else, some seconds behind the last change: what is refused is told, and its names are known in other files. Completion goes on; hover, hints, advice and the rest do not. Split it: groups and nodes may be in as many inventories as you like, and steps in tasks.',
  },
  yaml('unexpected-token', 'Something that does not belong here', [
    'Mend the line, or the one before it.',
    {
      kind: 'inventory',
      bad: 'nodes:\n  a: "10.0.0.1" x\n',
      good: 'nodes:\n  a: "10.0.0.1"\n',
    },
  ]),
  yaml('unknown-alias', 'An alias of nothing', [
    'There is no anchor of this name before it. Quote the text if it is no alias.',
    {
      kind: 'inventory',
      bad: 'nodes:\n  a: { vars: { x: *gone } }\n',
      good: "nodes:\n  a: { vars: { x: '*gone' } }\n",
    },
  ]),
  yaml('unknown-tag', 'A tag that means nothing here', [
    'Whatever it means elsewhere, reading past it would be wrong. Quote the text.',
    {
      kind: 'inventory',
      bad: 'nodes:\n  a: { vars: { x: !vault abc } }\n',
      good: "nodes:\n  a: { vars: { x: '!vault abc' } }\n",
    },
  ]),
  {
    ...yaml('conflict-marker', 'Marks of a merge that is not finished', [
      'The lines between the marks are two versions of one place. Until one is chosen, the upper one is read.',
      {
        kind: 'playbook',
        bad: `steps:\n${'<'.repeat(7)} HEAD\n  - run: uptime\n=======\n  - run: uptime -p\n${'>'.repeat(7)} other\n`,
        good: 'steps:\n  - run: uptime\n',
      },
    ]),
  },
];

function yaml(
  name: string,
  title: string,
  [text, example]: readonly [text: string, example?: Example],
): Rule {
  return { code: `yaml/${name}`, title, level: 'error', by: 'engine', text, ...(example && { example }) };
}
