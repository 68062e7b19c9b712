import type { Action } from './action.ts';
import { loadedOf } from './loadedPlaybook.ts';

/** A secret that a person has to give before a plan can start. */
export type PersonalSecret = {
  readonly name: string;
  /** What a person is asked. */
  readonly label: string;
  /** The file that says that an editor may keep it; without it nobody keeps it. */
  readonly storedFor?: string;
};

/** What a planned playbook needs from a person: secret parameters that were given once, and secrets that are asked for. */
export function personalSecrets(action: Action): readonly PersonalSecret[] {
  const loaded = loadedOf(action);
  if (action.type !== 'playbook' || !loaded) return [];
  const params = action.withheld.map((name) => ({ name, label: name }));
  const secrets = Object.entries(loaded.secrets).flatMap(([name, place]): PersonalSecret[] => {
    if (place.type === 'ask') return [{ name, label: place.label }];
    return place.type === 'stored' ? [{ name, label: place.label, storedFor: place.file }] : [];
  });
  return [...params, ...secrets];
}
