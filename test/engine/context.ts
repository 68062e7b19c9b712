import type { ClientContext } from '../../core/protocol/context.ts';

/** A client in a trusted folder that nobody sits at. */
export const context: ClientContext = {
  trusted: true,
  localNodes: 'allowed',
  user: 'me',
  canPrompt: false,
  onClose: 'finish',
};
