import type { batchFields, nodeFields, stepFields } from './fields.ts';

type Field =
  | `node.${(typeof nodeFields)[number]}`
  | `batch.${(typeof batchFields)[number]}`
  | `steps.${(typeof stepFields)[number]}`;

/** What templates find behind each name, for people; `result` and variables of `register` have what `steps` has. */
const fieldTexts: Readonly<Record<Field, string>> = {
  'node.name': 'Name of the node.',
  'node.host': 'Address that is connected to.',
  'node.port': 'TCP port that is connected to.',
  'node.user': 'Account that logs in.',
  'node.transport': 'How the node is reached: `ssh`, `openssh`, `local`.',
  'node.tags': 'List of its tags.',
  'node.groups': 'List of the groups that it is in.',
  'node.facts': 'What is known of it, as a tree: `node.facts.os.id`.',
  'batch.id': 'Id of the run.',
  'batch.user': 'Who started the run.',
  'batch.dryRun': 'Whether it is a dry run on the nodes.',
  'steps.stdout': 'What it wrote to its standard output, without the ends of the last lines.',
  'steps.stderr': 'What it wrote to its standard error, without the ends of the last lines.',
  'steps.exitCode': 'Number that the command ended with.',
  'steps.changed': 'Whether it changed something on the node.',
  'steps.failed': 'Whether it failed.',
  'steps.ok': 'Whether it went well.',
  'steps.skipped': 'Whether it was left out.',
  'steps.status': 'How it ended, in one word.',
  'steps.message': 'Why it failed, in words.',
  'steps.json': 'What the answer of a request says as JSON.',
  'steps.httpStatus': 'Status of the answer of a request.',
  'steps.outputs': 'What a task gives back, by name.',
  'steps.results': 'What came of each item of a loop, as a list.',
};

/** What templates can look up, for people. */
export const rootTexts = {
  vars: 'Variables.',
  params: 'Parameters of the playbook or task.',
  node: 'The node that the step runs on.',
  steps: 'What came of earlier steps, by id.',
  secret: 'Secrets; they are never shown.',
  batch: 'The run itself.',
  item: 'The item of the loop.',
  index: 'Place of the item in its loop, from 0.',
  result: 'What came of this attempt.',
} as const;

/** What a field below one of the names of templates is; undefined where it is none. */
export function fieldText(root: string, field: string): string | undefined {
  const above = root === 'node' || root === 'batch' ? root : 'steps';
  const name = `${above}.${field}`;
  return Object.hasOwn(fieldTexts, name) ? fieldTexts[name as Field] : undefined;
}
