import type { CodeLens, Range } from 'vscode-languageserver-types';
import { plural } from '../../../core/run/format.ts';
import { stepLists } from '../diagnostics/steps.ts';
import { nodesOf } from '../describe/targets.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import { keysOf } from '../edit/entries.ts';
import type { Workspace } from '../workspace.ts';
import { inventoryLenses } from './inventoryLenses.ts';

/** How the client is to run a file; behind the file's URI in the arguments of a lens. */
type RunChoice = {
  /** Shows what would run and runs nothing. */
  readonly dryRun?: true;
  /** Runs on the nodes what supports a dry run; other steps say what they would do. */
  readonly dryRunOnNodes?: true;
  /** On the nodes that are ticked in the tree, not on the targets of the file. */
  readonly onTicked?: true;
  /** Does this step alone. */
  readonly only?: string;
};

/** The client's command behind all lenses. */
const command = 'muster.runPlaybook';

/** At the top of a playbook or task: run it, with how many nodes that are, look first, or run it on what is ticked; above a step, do it alone. Above groups and nodes of an inventory: act on them. */
export function codeLenses(opened: MusterDocument, workspace: Workspace): CodeLens[] {
  const { document, parsed } = opened;
  const isPlaybook = document.languageId === 'muster-playbook';
  if (document.languageId === 'muster-inventory') return inventoryLenses(opened, workspace);
  if (!isPlaybook && document.languageId !== 'muster-task') return [];
  const top = topOf(opened);
  if (!top) return [];
  const targets = parsed.writtenAt(['targets']);
  const nodes = typeof targets === 'string' ? nodesOf(targets, workspace.inventory) : undefined;
  const count = nodes ? ` on ${plural(nodes.length, 'node')}` : '';
  const lens = (title: string, choice: RunChoice, range = top): CodeLens => ({
    range,
    command: { title, command, arguments: [document.uri, choice] },
  });
  if (!isPlaybook || targets === undefined) return [lens('Run on Ticked Nodes', { onTicked: true })];
  return [
    lens(`Run${count}`, {}),
    lens('Dry Run', { dryRun: true }),
    lens('Dry Run on Nodes', { dryRunOnNodes: true }),
    lens('Run on Ticked Nodes', { onTicked: true }),
    ...singleSteps(opened).map(({ id, range }) => lens('Run Only This Step', { only: id }, range)),
  ];
}

/** Steps with an id that are in no other; none where a person has to be asked for something first. */
function singleSteps(opened: MusterDocument): readonly { readonly id: string; readonly range: Range }[] {
  const { document, parsed } = opened;
  if (asksFirst(opened)) return [];
  const [steps = []] = stepLists(opened).filter(([first]) => first?.list.join() === 'steps');
  return steps.flatMap((step) => {
    const id = step.text('id');
    const [first] = keysOf(step.get('id') === undefined ? undefined : parsed.writtenAt(step.path));
    if (id === undefined || first === undefined) return [];
    return [{ id, range: rangeOf(document, parsed.rangeOf([...step.path, first], 'key')) }];
  });
}

/** Whether a parameter has to be given, or a secret has to be typed. */
function asksFirst({ parsed }: MusterDocument): boolean {
  const isGiven = (name: string): boolean =>
    parsed.writtenAt(['params', name, 'required']) !== true ||
    parsed.writtenAt(['params', name, 'default']) !== undefined;
  const isTyped = (name: string): boolean => parsed.writtenAt(['secrets', name, 'ask']) !== undefined;
  return (
    !keysOf(parsed.writtenAt(['params'])).every(isGiven) ||
    keysOf(parsed.writtenAt(['secrets'])).some(isTyped)
  );
}

/** The entry that says where or what it does, so that the lenses stand at the top of what a person reads. */
function topOf({ document, parsed }: MusterDocument): Range | undefined {
  const key = ['name', 'targets', 'steps', 'implementations'].find(
    (each) => parsed.writtenAt([each]) !== undefined,
  );
  return key === undefined ? undefined : rangeOf(document, parsed.rangeOf([key], 'key'));
}
