import type { SecretQuestion } from '../../core/plugin/transport.ts';
import type { Asker } from './asker.ts';

export type SecretPrompt = {
  /** Asks for a secret, one question at a time. The same label is asked once in a batch, unless it says otherwise. */
  ask(asker: Asker, question: SecretQuestion): Promise<string | undefined>;
  /** False when this is not the open question. */
  answer(id: string, secret: string | undefined): boolean;
  /** A node needs no answer any more: it has ended. What nobody else waits for is not asked. */
  leave(node: string): void;
  close(): void;
};

type Question = {
  readonly id: string;
  readonly label: string;
  readonly note: Asker['note'];
  readonly nodes: Set<string>;
  readonly answer: Promise<string | undefined>;
  readonly settle: (secret?: string) => void;
};

export function createSecretPrompt(newId: () => string): SecretPrompt {
  const byLabel = new Map<string, Question>();
  const waiting: Question[] = [];
  let open: Question | undefined;

  const raise = (): void => {
    if (open) return;
    open = waiting.shift();
    if (!open) return;
    const { id, label, nodes, note } = open;
    note({ type: 'promptRaised', prompt: id, question: { type: 'secret', label, nodes: [...nodes] } });
  };
  const settle = (question: Question, secret: string | undefined): void => {
    if (question === open) {
      open = undefined;
      question.note({ type: 'promptAnswered', prompt: question.id, accepted: secret === undefined ? 0 : 1 });
    } else waiting.splice(waiting.indexOf(question), 1);
    question.settle(secret);
    raise();
  };

  return {
    ask({ node, note }, asked) {
      const { label, isOnce } = typeof asked === 'string' ? { label: asked, isOnce: false } : asked;
      const known = isOnce ? undefined : byLabel.get(label);
      known?.nodes.add(node);
      if (known) return known.answer;
      const { promise, resolve } = Promise.withResolvers<string | undefined>();
      const question = { id: newId(), label, note, nodes: new Set([node]), answer: promise, settle: resolve };
      if (!isOnce) byLabel.set(label, question);
      waiting.push(question);
      raise();
      return promise;
    },
    answer(id, secret) {
      if (open?.id !== id) return false;
      settle(open, secret);
      return true;
    },
    leave(node) {
      for (const question of [open, ...waiting]) {
        if (!question?.nodes.delete(node) || question.nodes.size > 0) continue;
        if (byLabel.get(question.label) === question) byLabel.delete(question.label);
        settle(question, undefined);
      }
    },
    close() {
      for (const question of [open, ...waiting]) question?.settle();
    },
  };
}
