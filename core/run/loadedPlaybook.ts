import type { LoadedPlaybook, StepPlace } from '../playbook/plannedStep.ts';
import type { Action } from './action.ts';

/** What the files of a planned playbook said. It is made by the engine alone: the hash of the plan covers it. */
export function loadedOf(action: Action): LoadedPlaybook | undefined {
  return action.type === 'playbook' ? (action.loaded as LoadedPlaybook | undefined) : undefined;
}

/** Where a step is written; of what a step has made by itself, such as the tasks of Ansible, where that step is. */
export function placeOfStep(action: Action, step: string): StepPlace | undefined {
  const places = loadedOf(action)?.places ?? {};
  for (let path = step; path !== ''; path = path.slice(0, Math.max(0, path.lastIndexOf('/')))) {
    if (Object.hasOwn(places, path)) return places[path];
  }
  return undefined;
}
