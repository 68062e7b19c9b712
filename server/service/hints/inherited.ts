import type { InlayHint } from 'vscode-languageserver-types';
import type { MusterDocument } from '../document.ts';
import { lineAt } from '../cursor/line.ts';

/** The timeout of the playbook, at the end of the line of each command that has none of its own. */
export function inheritedValues({ document, parsed }: MusterDocument): readonly InlayHint[] {
  const timeout = parsed.writtenAt(['timeout']);
  const steps = parsed.writtenAt(['steps']);
  if (document.languageId !== 'muster-playbook' || typeof timeout !== 'string' || !Array.isArray(steps))
    return [];
  return steps.flatMap((step: unknown, at): InlayHint[] => {
    if (typeof step !== 'object' || step === null || !('run' in step) || 'timeout' in step) return [];
    const { end } = lineAt(document.getText(), parsed.rangeOf(['steps', at, 'run'], 'key').start);
    return [
      {
        position: document.positionAt(end),
        label: `timeout ${timeout}`,
        paddingLeft: true,
        tooltip: 'The timeout of the playbook: this step has none of its own.',
      },
    ];
  });
}
