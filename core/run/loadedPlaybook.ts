import type { LoadedPlaybook } from '../playbook/plannedStep.ts';
import type { Action } from './action.ts';

/** What the files of a planned playbook said. It is made by the engine alone: the hash of the plan covers it. */
export function loadedOf(action: Action): LoadedPlaybook | undefined {
  return action.type === 'playbook' ? (action.loaded as LoadedPlaybook | undefined) : undefined;
}
