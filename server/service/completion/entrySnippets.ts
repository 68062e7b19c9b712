import type { Path } from '../../../core/yaml/places.ts';

/** A whole entry of a map whose names are people's own, on one line, so that it is right in both styles. */
type EntrySnippet = {
  readonly label: string;
  readonly detail: string;
  readonly text: string;
  /** In flow style its brackets would be those of a list. */
  readonly isOnlyBlock?: true;
};

const params: readonly EntrySnippet[] = [
  {
    label: 'parameter: has to be given',
    detail: 'A value without which nothing runs',
    text: '${1:version}: { type: ${2|string,integer,number,path,duration,size,array,object|}, required: true }$0',
  },
  {
    label: 'parameter: with a default',
    detail: 'A value that may be given',
    text: '${1:channel}: { type: string, default: ${2:stable} }$0',
  },
  {
    label: 'parameter: one of some words',
    detail: 'A value of a list',
    text: '${1:color}: { type: enum, values: [${2:blue, green}] }$0',
  },
  {
    label: 'parameter: yes or no',
    detail: 'A switch',
    text: '${1:force}: { type: boolean, default: ${2|false,true|} }$0',
  },
  {
    label: 'parameter: secret',
    detail: 'Shown as stars, and never written down',
    text: '${1:token}: { type: string, sensitive: true }$0',
  },
];

const secrets: readonly EntrySnippet[] = [
  {
    label: 'secret: from the environment',
    detail: 'A variable of the environment of this machine',
    text: '${1:token}: { env: ${2:TOKEN} }$0',
  },
  {
    label: 'secret: from an age file',
    detail: 'A file encrypted with age, beside this one',
    text: '${1:token}: { age: ${2:./token.age} }$0',
  },
  {
    label: 'secret: from a program',
    detail: 'What a password manager prints',
    text: '${1:token}: { command: [${2:pass, show, deploy/token}] }$0',
  },
  {
    label: 'secret: asked for',
    detail: 'A person types it each time',
    text: '${1:token}: { ask: ${2:Deploy token} }$0',
  },
];

const nodes: readonly EntrySnippet[] = [
  {
    label: 'node: by its address',
    detail: 'A machine that is reached by a name or address of its own',
    text: '${1:db01}: { host: ${2:10.0.0.5} }$0',
  },
  {
    label: 'node: by its name',
    detail: 'A machine that is reached by the name that it has here',
    text: '${1:db01.example.com}: { tags: [${2:db}] }$0',
  },
  {
    label: 'node: a range',
    detail: 'Many machines in one line',
    text: '${1:web[01-20].example.com}: { tags: [${2:web}] }$0',
    isOnlyBlock: true,
  },
  {
    label: 'node: through another',
    detail: 'A machine behind a jump host',
    text: '${1:db01}: { host: ${2:10.0.0.5}, jump: ${3:user@bastion.example.com} }$0',
  },
  {
    label: 'node: a folder of this computer',
    detail: 'Commands run here, in this folder',
    text: '${1:build}: { transport: local, cwd: ${2:..} }$0',
  },
];

const groups: readonly EntrySnippet[] = [
  { label: 'group: of nodes', detail: 'Nodes under one name', text: '${1:frontend}: { nodes: [$2] }$0' },
  {
    label: 'group: of groups',
    detail: 'The nodes of other groups under one name',
    text: '${1:site}: { groups: [$2] }$0',
  },
];

const tags: readonly EntrySnippet[] = [
  { label: 'tag: on some nodes', detail: 'Nodes that get a label', text: '${1:canary}: [$2]$0' },
];

const services: readonly EntrySnippet[] = [
  {
    label: 'service: by its address',
    detail: 'What requests of steps go to',
    text: '${1:cmdb}: { baseUrl: ${2:https://cmdb.example.com/api} }$0',
  },
];

const classes: readonly EntrySnippet[] = [
  {
    label: 'class: one node after the other',
    detail: 'Commands that may not run everywhere at once',
    text: '${1:reloads}: { match: [${2:nginx -s}], mode: sequential }$0',
  },
  {
    label: 'class: more time',
    detail: 'Commands that take long',
    text: '${1:packages}: { match: [${2:apt-get, dnf}], timeout: ${3:30m} }$0',
  },
];

const masks: readonly EntrySnippet[] = [
  {
    label: 'mask: by a pattern',
    detail: 'What differs although the answer is the same',
    text: "${1:ticket}: '${2:OPS-[0-9]+}'$0",
  },
];

const known: readonly (readonly [languages: readonly string[], section: string, readonly EntrySnippet[]])[] =
  [
    [['muster-playbook', 'muster-task'], 'params', params],
    [['muster-playbook', 'muster-config'], 'secrets', secrets],
    [['muster-inventory'], 'nodes', nodes],
    [['muster-inventory'], 'groups', groups],
    [['muster-inventory'], 'tags', tags],
    [['muster-config'], 'services', services],
    [['muster-config'], 'classes', classes],
    [['muster-config'], 'masks', masks],
  ];

/** Whole entries of the map at a path of a file. */
export function entrySnippets(language: string, path: Path): readonly EntrySnippet[] {
  if (path.length !== 1) return [];
  return known.find(([languages, section]) => section === path[0] && languages.includes(language))?.[2] ?? [];
}
