import type { SecretQuestion } from '../../../core/plugin/transport.ts';

/** How often a person may type a secret for one login: as often as ssh asks (ssh_config(5), NumberOfPasswordPrompts). */
export const mostTries = 3;

/** The question for a secret, and again after one that was wrong, which is then for this login alone. */
export function secretQuestion(what: string, tries: number): SecretQuestion {
  return tries === 1 ? what : { label: `${what} (the last one was wrong)`, isOnce: true };
}
