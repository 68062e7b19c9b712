import type { UnknownHostKey } from '../../core/run/events.ts';
import type { Clock } from '../../core/util/clock.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import { knownHostName } from '../transports/ssh/hostKey.ts';
import type { Asker } from './asker.ts';

/** Remembers a key that a person trusts; says why it could not be saved, if so. */
export type Trust = (key: UnknownHostKey) => Promise<{ saved: boolean; message?: string }>;

export type HostKeyPrompt = {
  /** True once a person trusts the key. All keys that come together are one question; each is asked about once. */
  ask(asker: Asker, key: UnknownHostKey): Promise<boolean>;
  /** More keys are expected: nobody is asked before this is disposed, or a while has passed. */
  expect(): Disposable;
  /** False when this is not the open question. `trust` has the fingerprints that a person accepts. */
  answer(id: string, trust: ReadonlySet<string>): Promise<boolean>;
  close(): void;
};

export type HostKeyPromptDeps = { clock: Clock; trust: Trust; newId: () => string };

/** Milliseconds without a further unknown key after which a person is asked. */
const gatherMs = 300;
/** Milliseconds for which keys that were found wait for those that are expected. */
const patienceMs = 10_000;

/** A key of one endpoint, the nodes that wait for it, and what becomes of it. */
type Entry = PromiseWithResolvers<boolean> & { readonly key: UnknownHostKey; readonly nodes: string[] };
type Question = { readonly note: Asker['note']; readonly entries: Entry[] };

/**
 * Gathers unknown keys into one question at a time. What a person is shown is what the answer is for: keys that come
 * while the question is open are the next one. An answer counts for the rest of the batch.
 */
export function createHostKeyPrompt({ clock, trust, newId }: HostKeyPromptDeps): HostKeyPrompt {
  let open: (Question & { readonly id: string }) | undefined;
  let next: Question | undefined;
  const all = new Map<string, Entry>();
  const soon = createGathering(clock, () => {
    if (open || !next) return;
    open = { ...next, id: newId() };
    next = undefined;
    open.note({
      type: 'promptRaised',
      prompt: open.id,
      question: { type: 'host-keys', keys: rowsOf(open) },
    });
  });

  return {
    ask({ node, note }, key) {
      const name = nameOf(key);
      const known = all.get(name);
      known?.nodes.push(node);
      if (known) return known.promise;
      const entry: Entry = { ...Promise.withResolvers<boolean>(), key, nodes: [node] };
      all.set(name, entry);
      next ??= { note, entries: [] };
      next.entries.push(entry);
      soon.came();
      return entry.promise;
    },
    expect: soon.expect,
    async answer(id, accepted) {
      if (open?.id !== id) return false;
      const answered = open;
      open = undefined;
      await settle(answered, accepted, trust);
      if (next) soon.came();
      return true;
    },
    close() {
      soon.dispose();
      for (const entry of all.values()) entry.resolve(false);
    },
  };
}

type Gathering = Disposable & {
  /** A key came, or a question was answered while others wait. */
  came(): void;
  expect(): Disposable;
};

/** Raises a question when no further key comes for a while; where more are expected, when they are there. */
function createGathering(clock: Clock, raise: () => void): Gathering {
  let expected = 0;
  let quiet: Disposable | undefined;
  let patience: Disposable | undefined;
  const raiseNow = (): void => {
    patience?.dispose();
    patience = undefined;
    raise();
  };
  return {
    came() {
      quiet?.dispose();
      if (expected === 0) quiet = clock.after(gatherMs, raiseNow);
      else patience ??= clock.after(patienceMs, raiseNow);
    },
    expect() {
      expected++;
      return {
        dispose() {
          expected--;
          if (expected === 0) raiseNow();
        },
      };
    },
    dispose() {
      quiet?.dispose();
      patience?.dispose();
    },
  };
}

/** Whoever shows the same key under the same name is the same, over whichever transport. */
function nameOf({ alias, host, port, key, knownHosts }: UnknownHostKey): string {
  const name = alias === undefined ? knownHostName(host, port) : knownHostName(alias, 22);
  return JSON.stringify([name, key, knownHosts]);
}

/** One row for each key, however many endpoints show it. */
function rowsOf({ entries }: Question): { key: UnknownHostKey; nodes: string[] }[] {
  const rows = new Map<string, { key: UnknownHostKey; nodes: Set<string> }>();
  for (const { key, nodes } of entries) {
    const name = `${key.fingerprint} ${key.knownHosts}`;
    const row = rows.get(name) ?? { key, nodes: new Set() };
    for (const node of nodes) row.nodes.add(node);
    rows.set(name, row);
  }
  return [...rows.values()].map(({ key, nodes }) => ({ key, nodes: [...nodes] }));
}

async function settle(
  question: Question & { readonly id: string },
  trusted: ReadonlySet<string>,
  trust: Trust,
): Promise<void> {
  const { id, note, entries } = question;
  const accepted = entries.filter(({ key }) => trusted.has(key.fingerprint));
  note({ type: 'promptAnswered', prompt: id, accepted: rowsOf(question).filter(isIn(trusted)).length });
  const unsaved = new Map<string, string[]>();
  for (const { key, nodes } of accepted) {
    const { saved, message = 'not writable' } = await trust(key);
    if (saved) continue;
    const reason = `${key.knownHosts} could not be written: ${message}`;
    unsaved.set(reason, [...(unsaved.get(reason) ?? []), ...nodes]);
  }
  for (const [reason, nodes] of unsaved) {
    note({ type: 'note', message: `Trusted for this batch (${nodes.join(' ')}); ${reason}.` });
  }
  for (const entry of entries) entry.resolve(accepted.includes(entry));
}

function isIn(trusted: ReadonlySet<string>): (row: { key: UnknownHostKey }) => boolean {
  return ({ key }) => trusted.has(key.fingerprint);
}
