import type { Asker } from './asker.ts';

export type SecretPrompt = {
  /** Asks for a secret; the same label is asked once in a batch. Undefined when a person says no. */
  ask(asker: Asker, label: string): Promise<string | undefined>;
  /** False when there is no such question. */
  answer(id: string, secret: string | undefined): boolean;
  close(): void;
};

type Question = {
  id: string;
  asker: Asker;
  answer: Promise<string | undefined>;
  settle: (secret?: string) => void;
};

export function createSecretPrompt(newId: () => string): SecretPrompt {
  const byLabel = new Map<string, Question>();
  return {
    ask(asker, label) {
      const asked = byLabel.get(label);
      if (asked) return asked.answer;
      const question = newQuestion(newId(), asker);
      byLabel.set(label, question);
      asker.note({
        type: 'promptRaised',
        prompt: question.id,
        question: { type: 'secret', label, nodes: [asker.node] },
      });
      return question.answer;
    },
    answer(id, secret) {
      const question = [...byLabel.values()].find((each) => each.id === id);
      if (!question) return false;
      question.asker.note({ type: 'promptAnswered', prompt: id, accepted: secret === undefined ? 0 : 1 });
      question.settle(secret);
      return true;
    },
    close() {
      for (const question of byLabel.values()) question.settle();
    },
  };
}

function newQuestion(id: string, asker: Asker): Question {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  return { id, asker, answer: promise, settle: resolve };
}
