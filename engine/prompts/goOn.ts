import type { AskToGoOn } from '../../core/run/logins.ts';
import type { Asker } from './asker.ts';

export type GoOnPrompt = {
  readonly ask: AskToGoOn;
  /** False when there is no such question. */
  answer(id: string, yes: boolean): boolean;
  close(): void;
};

/** Asks whether to go on; each question by itself. */
export function createGoOnPrompt(newId: () => string): GoOnPrompt {
  const open = new Map<string, { note: Asker['note']; settle: (yes: boolean) => void }>();
  return {
    ask(question, note) {
      const id = newId();
      const { promise, resolve } = Promise.withResolvers<boolean>();
      open.set(id, { note, settle: resolve });
      note({ type: 'promptRaised', prompt: id, question: { type: 'go-on', ...question } });
      return promise;
    },
    answer(id, yes) {
      const question = open.get(id);
      if (!question) return false;
      open.delete(id);
      question.note({ type: 'promptAnswered', prompt: id, accepted: yes ? 1 : 0 });
      question.settle(yes);
      return true;
    },
    close() {
      for (const { settle } of open.values()) settle(false);
    },
  };
}
