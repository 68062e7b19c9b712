import type { UnknownHostKey } from '../../core/run/events.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { Asker } from './asker.ts';

/** Remembers a key that a person trusts; says why it could not be saved, if so. */
export type Trust = (key: UnknownHostKey) => Promise<{ saved: boolean; message?: string }>;

export type HostKeyPrompt = {
  /** True once a person trusts the key. All keys that come together are one question. */
  ask(asker: Asker, key: UnknownHostKey): Promise<boolean>;
  /** False when this is not the open question. `trust` has the fingerprints that a person accepts. */
  answer(id: string, trust: ReadonlySet<string>): Promise<boolean>;
  close(): void;
};

/** Milliseconds without a further unknown key after which a person is asked. */
const gatherMs = 300;

type Row = { key: UnknownHostKey; nodes: string[]; resolve: ((trusted: boolean) => void)[] };
type Question = { id: string; note: Asker['note']; rows: Map<string, Row> };

export function createHostKeyPrompt(deps: {
  clock: Clock;
  trust: Trust;
  newId: () => string;
}): HostKeyPrompt {
  let question: Question | undefined;
  let timer: Disposable | undefined;
  return {
    ask({ node, note }, key) {
      const current = (question ??= { id: deps.newId(), note, rows: new Map() });
      const row = rowOf(current, key);
      row.nodes.push(node);
      timer?.dispose();
      timer = deps.clock.after(gatherMs, () => raise(current));
      return new Promise((resolve) => row.resolve.push(resolve));
    },
    async answer(id, trust) {
      if (question?.id !== id) return false;
      const answered = question;
      question = undefined;
      timer?.dispose();
      await settle(answered, trust, deps.trust);
      return true;
    },
    close() {
      timer?.dispose();
      for (const row of question?.rows.values() ?? []) for (const resolve of row.resolve) resolve(false);
    },
  };
}

function rowOf(question: Question, key: UnknownHostKey): Row {
  const name = `${key.alias ?? ''} ${key.host}:${key.port} ${key.fingerprint}`;
  const row = question.rows.get(name) ?? { key, nodes: [], resolve: [] };
  question.rows.set(name, row);
  return row;
}

function raise({ id, note, rows }: Question): void {
  const keys = [...rows.values()].map(({ key, nodes }) => ({ key, nodes: [...nodes] }));
  note({ type: 'promptRaised', prompt: id, question: { type: 'host-keys', keys } });
}

async function settle(
  { id, note, rows }: Question,
  trusted: ReadonlySet<string>,
  trust: Trust,
): Promise<void> {
  const accepted = [...rows.values()].filter(({ key }) => trusted.has(key.fingerprint));
  note({ type: 'promptAnswered', prompt: id, accepted: accepted.length });
  for (const { key, nodes } of accepted) {
    const { saved, message = 'not writable' } = await trust(key);
    if (saved) continue;
    const names = nodes.join(' ');
    note({
      type: 'note',
      message: `Trusted for this batch (${names}); ${key.knownHosts} could not be written: ${message}.`,
    });
  }
  for (const row of rows.values()) for (const resolve of row.resolve) resolve(accepted.includes(row));
}
