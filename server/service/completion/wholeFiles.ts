import { CompletionItemKind } from 'vscode-languageserver-types';
import type { Offer } from './item.ts';
import type { Place } from './place.ts';

type WholeFile = { readonly label: string; readonly detail: string; readonly lines: readonly string[] };

const files: Readonly<Record<string, readonly WholeFile[]>> = {
  'muster-playbook': [
    {
      label: 'playbook: a command on many nodes',
      detail: 'Targets and one step',
      lines: [
        'version: 1',
        'name: ${1:Look at the uptime}',
        'targets: ${2:all}',
        'steps:',
        '  - run: ${3:uptime}',
        '$0',
      ],
    },
    {
      label: 'playbook: node by node, while it goes well',
      detail: 'Waves, a parameter, a change and a check of each node',
      lines: [
        'version: 1',
        'name: ${1:Restart a service}',
        'params:',
        '  service: { type: string, required: true }',
        'targets: ${2:all}',
        'strategy: { mode: rolling, waves: [1, 10%, 50%], maxFailures: 0 }',
        'steps:',
        '  - id: ${3:restart}',
        '    run: ${4:systemctl restart {{ params.service \\}\\}}',
        '    sudo: true',
        '  - run: ${5:systemctl is-active {{ params.service \\}\\}}',
        '    changedWhen: false',
        '$0',
      ],
    },
  ],
  'muster-task': [
    {
      label: 'task: steps with a parameter',
      detail: 'What playbooks do in several places',
      lines: [
        'version: 1',
        'name: ${1:Restart a service}',
        'params:',
        '  service: { type: string, required: true }',
        'steps:',
        '  - run: ${2:systemctl restart {{ params.service \\}\\}}',
        '$0',
      ],
    },
  ],
  'muster-inventory': [
    {
      label: 'inventory: nodes and a group',
      detail: 'A range of machines, one by its address, and a group',
      lines: [
        'version: 1',
        'defaults: { user: ${1:deploy} }',
        'nodes:',
        '  ${2:web[01-03].example.com}: { tags: [${3:web}] }',
        '  ${4:db01}: { host: ${5:10.0.0.5} }',
        'groups:',
        '  ${6:site}: { nodes: [${7:db01}] }',
        '$0',
      ],
    },
  ],
  'muster-config': [
    {
      label: 'config: how commands run',
      detail: 'Nodes at once, time and retries where nothing else is said',
      lines: [
        'version: 1',
        'defaults:',
        '  concurrency: ${1:20}',
        '  timeout: ${2:10m}',
        '  retries: { count: ${3:1} }',
        '$0',
      ],
    },
  ],
  'muster-policy': [
    {
      label: 'policy: ask before what is protected',
      detail: 'Questions above a number of nodes and on tags',
      lines: [
        'version: 1',
        'confirmAbove: ${1:10}',
        'protectedTags: [${2:prod}]',
        'rules:',
        '  - decision: ${3|confirm,typed-confirm,deny|}',
        '    command: ${4:reboot}',
        '    reason: ${5:It takes the node down.}',
        '$0',
      ],
    },
  ],
};

/** Whole files to begin with, where a document has nothing but comments in it yet. */
export function wholeFiles({ cursor, document, text }: Place): readonly Offer[] {
  if (cursor.where !== 'line' || cursor.path.length > 0 || cursor.column > 0) return [];
  const isEmpty = /^(?:\s*(?:#.*)?\n)*[\w-]*\s*$/.test(text);
  return isEmpty ? (files[document.languageId] ?? []).map(offerOf) : [];
}

/** Above the keys: who begins a file looks at the first lines of the list. */
function offerOf({ label, detail, lines }: WholeFile, at: number): Offer {
  const kind = CompletionItemKind.Snippet;
  return { label, detail, kind, text: lines.join('\n'), isSnippet: true, rank: at - 100 };
}
