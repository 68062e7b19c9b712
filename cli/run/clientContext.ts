import { userInfo } from 'node:os';
import process from 'node:process';
import type { ClientContext } from '../../core/protocol/context.ts';
import { canAsk } from '../terminal/ask.ts';

/** Who acts for the person at a command line. */
export type ActsAs = NonNullable<ClientContext['as']>;
export const actsAs = ['ai', 'schedule'] as const satisfies readonly ActsAs[];

/** The person at this terminal: agent, name, and whether there is one to ask. */
export function clientContext(as: ActsAs | undefined): ClientContext {
  const agentSocket = process.env['SSH_AUTH_SOCK'];
  return {
    trusted: true,
    localNodes: 'approved',
    folder: process.cwd(),
    user: userInfo().username,
    canPrompt: canAsk(),
    onClose: 'cancel',
    ...(as && { as }),
    ...(agentSocket && { agentSocket }),
  };
}
