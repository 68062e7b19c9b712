import type { InlayHint } from 'vscode-languageserver-types';
import { parseShare, waveSizes } from '../../../core/run/schedule/waves.ts';
import { nodesOf } from '../describe/targets.ts';
import { type MusterDocument, rangeOf } from '../document.ts';
import type { Workspace } from '../workspace.ts';

/** Waves that are spelled out. */
const most = 8;

/** How many nodes each wave of a playbook has, where its targets say which they are. */
export function waveHints({ document, parsed }: MusterDocument, workspace: Workspace): readonly InlayHint[] {
  const path = ['strategy', 'waves'];
  const [targets, waves] = [parsed.writtenAt(['targets']), parsed.writtenAt(path)];
  if (document.languageId !== 'muster-playbook' || typeof targets !== 'string' || !Array.isArray(waves))
    return [];
  const shares = waves.map((wave: unknown) => parseShare(String(wave)));
  const ramp = shares.filter((share) => share !== undefined);
  const nodes = workspace.inventory.inventory.nodes.length === 0 ? [] : nodesOf(targets, workspace.inventory);
  if (!nodes || nodes.length === 0 || ramp.length === 0 || ramp.length < shares.length) return [];
  const sizes = waveSizes(nodes.length, ramp);
  const rest = sizes.length > most ? ' …' : '';
  return [
    {
      position: rangeOf(document, parsed.rangeOf(path, 'value')).end,
      label: `${sizes.slice(0, most).join(', ')}${rest} nodes`,
      paddingLeft: true,
      tooltip: `Sizes of the ${sizes.length === 1 ? 'only wave' : `${sizes.length} waves`}, with the nodes of "targets".`,
    },
  ];
}
