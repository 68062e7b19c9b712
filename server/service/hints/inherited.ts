import type { InlayHint } from 'vscode-languageserver-types';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';

/** The timeout of the playbook, behind each command that has none of its own. */
export function inheritedValues({ document, parsed }: MusterDocument): readonly InlayHint[] {
  const timeout = parsed.writtenAt(['timeout']);
  const steps = parsed.writtenAt(['steps']);
  if (document.languageId !== 'muster-playbook' || typeof timeout !== 'string' || !Array.isArray(steps))
    return [];
  return steps.flatMap((step: unknown, at): InlayHint[] => {
    if (typeof step !== 'object' || step === null || !('run' in step) || 'timeout' in step) return [];
    const { end } = rangeOf(document, parsed.rangeOf(['steps', at, 'run'], 'key'));
    return [
      {
        position: end,
        label: `timeout ${timeout}`,
        paddingLeft: true,
        tooltip: 'The timeout of the playbook: this step has none of its own.',
      },
    ];
  });
}
