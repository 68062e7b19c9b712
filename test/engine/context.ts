import type { ClientContext } from '../../core/protocol/engine.ts';

/** A client in a trusted folder that nobody sits at. */
export const context: ClientContext = {
  trusted: true,
  localNodes: 'allowed',
  user: 'me',
  canPrompt: false,
  onClose: 'finish',
};
