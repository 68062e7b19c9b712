import type { CodeLens, Range } from 'vscode-languageserver-types';
import { plural } from '../../../core/run/format.ts';
import { nodesOf } from '../describe/targets.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import type { Workspace } from '../workspace.ts';

/** How the client is to run a file; behind the file's URI in the arguments of a lens. */
type RunChoice = {
  /** Shows what would run and runs nothing. */
  readonly dryRun?: true;
  /** On the nodes that are ticked in the tree, not on the targets of the file. */
  readonly onTicked?: true;
};

/** The client's command behind all lenses. */
const command = 'muster.runPlaybook';

/** At the top of a playbook or task: run it, with how many nodes that are, look first, or run it on what is ticked. */
export function codeLenses(opened: MusterDocument, workspace: Workspace): CodeLens[] {
  const { document, parsed } = opened;
  const isPlaybook = document.languageId === 'muster-playbook';
  if (!isPlaybook && document.languageId !== 'muster-task') return [];
  const top = topOf(opened);
  if (!top) return [];
  const targets = parsed.writtenAt(['targets']);
  const nodes = typeof targets === 'string' ? nodesOf(targets, workspace.inventory) : undefined;
  const count = nodes ? ` on ${plural(nodes.length, 'node')}` : '';
  const lens = (title: string, choice: RunChoice): CodeLens => ({
    range: top,
    command: { title, command, arguments: [document.uri, choice] },
  });
  if (!isPlaybook || targets === undefined) return [lens('Run on Ticked Nodes', { onTicked: true })];
  return [
    lens(`Run${count}`, {}),
    lens('Dry Run', { dryRun: true }),
    lens('Run on Ticked Nodes', { onTicked: true }),
  ];
}

/** The entry that says where or what it does, so that the lenses stand at the top of what a person reads. */
function topOf({ document, parsed }: MusterDocument): Range | undefined {
  const key = ['name', 'targets', 'steps', 'implementations'].find(
    (each) => parsed.writtenAt([each]) !== undefined,
  );
  return key === undefined ? undefined : rangeOf(document, parsed.rangeOf([key], 'key'));
}
