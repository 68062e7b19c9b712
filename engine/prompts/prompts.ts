import type { PromptAnswer } from '../../core/protocol/batch.ts';
import type { Clock } from '../../core/util/clock.ts';
import { createHostKeyPrompt, type HostKeyPrompt, type Trust } from './hostKeys.ts';
import { createGoOnPrompt, type GoOnPrompt } from './goOn.ts';
import { createSecretPrompt, type SecretPrompt } from './secrets.ts';

export type Prompts = {
  readonly hostKeys: HostKeyPrompt;
  readonly secrets: SecretPrompt;
  readonly goOn: GoOnPrompt;
  /** False when there is no such question (any more). */
  answer: (answer: PromptAnswer) => Promise<boolean>;
  /** Answers everything that is open with no. */
  close: () => void;
};

/** The questions of one batch to a person. */
export function createPrompts(deps: { clock: Clock; trust: Trust }): Prompts {
  let count = 0;
  const newId = (): string => `p${++count}`;
  const hostKeys = createHostKeyPrompt({ ...deps, newId });
  const secrets = createSecretPrompt(newId);
  const goOn = createGoOnPrompt(newId);
  return {
    hostKeys,
    secrets,
    goOn,
    answer: async ({ prompt, trust, secret, goOn: yes }) =>
      secrets.answer(prompt, secret) ||
      goOn.answer(prompt, yes ?? false) ||
      hostKeys.answer(prompt, new Set(trust)),
    close() {
      hostKeys.close();
      secrets.close();
      goOn.close();
    },
  };
}
