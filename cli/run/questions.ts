import type { EngineClient } from '../../core/protocol/client.ts';
import type { Prompt, UnknownHostKey } from '../../core/run/events.ts';
import { plural } from '../../core/run/format.ts';
import type { Disposable } from '../../core/util/emitter.ts';
import type { Streams } from '../report.ts';
import { askSecret, askYesNo } from '../terminal/ask.ts';
import { escapeLine } from '../terminal/escape.ts';
import { padText } from '../terminal/style.ts';
import { createQueue, type Printer } from './printer.ts';

export type QuestionDeps = {
  readonly client: Pick<EngineClient, 'answer'>;
  readonly streams: Streams;
  readonly foldNames: (names: readonly string[]) => string;
  readonly aside: Printer['aside'];
};

type Asked = { readonly batch: string; readonly prompt: string; readonly question: Prompt };
type HostKeys = Extract<Prompt, { type: 'host-keys' }>;

/** Puts questions of a batch to the person at the terminal, one after the other; no answer means no. */
export function createQuestions(deps: QuestionDeps): Disposable & { put: (asked: Asked) => void } {
  const over = new AbortController();
  const queue = createQueue();
  /** The newest form of each question of host keys: keys may join while the person reads. */
  const newest = new Map<string, HostKeys>();
  return {
    put(asked) {
      const { batch, prompt, question } = asked;
      if (question.type !== 'host-keys') {
        const answer = question.type === 'secret' ? answerSecret : answerGoOn;
        queue.add(() => deps.aside(() => answer(asked, deps, over.signal)));
        return;
      }
      const asking = newest.has(prompt);
      newest.set(prompt, question);
      if (asking) return;
      queue.add(() =>
        deps.aside(async () => {
          const trust = await trustedKeys(() => newest.get(prompt)?.keys ?? [], deps, over.signal);
          newest.delete(prompt);
          await deps.client.answer({ batch, prompt, trust: [...trust] });
        }),
      );
    },
    dispose: () => over.abort(),
  };
}

/** Shows keys and asks once for all of them, and again for those that came meanwhile. */
async function trustedKeys(
  keys: () => HostKeys['keys'],
  { streams, foldNames }: QuestionDeps,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const trusted: string[] = [];
  for (;;) {
    const fresh = keys().slice(trusted.length);
    const [first, ...more] = fresh;
    if (!first) return trusted;
    streams.err(`\n${hostKeyTable(fresh, foldNames).join('\n')}\n`);
    const which = more.length === 0 ? 'this key' : `all ${fresh.length} keys`;
    const question = `Trust ${which}, add to ${escapeLine(first.key.knownHosts)} and connect?`;
    if (!(await askYesNo(question, signal))) return trusted;
    trusted.push(...fresh.map(({ key }) => key.fingerprint));
  }
}

async function answerSecret(
  { batch, prompt, question }: Asked,
  deps: QuestionDeps,
  signal: AbortSignal,
): Promise<void> {
  if (question.type !== 'secret') return;
  const secret = await askSecret(escapeLine(`${question.label} (${deps.foldNames(question.nodes)})`), signal);
  await deps.client.answer({ batch, prompt, ...(secret !== undefined && { secret }) });
}

async function answerGoOn(
  { batch, prompt, question }: Asked,
  deps: QuestionDeps,
  signal: AbortSignal,
): Promise<void> {
  if (question.type !== 'go-on') return;
  const rest = plural(question.nodes.length, 'node');
  deps.streams.err(`\n${escapeLine(question.message)}.\n`);
  const goOn = await askYesNo(`Try it on the other ${rest} all the same?`, signal);
  await deps.client.answer({ batch, prompt, goOn });
}

/** Unknown keys in one table, fingerprints in full; nothing in it is more than text. */
export function hostKeyTable(
  keys: HostKeys['keys'],
  foldNames: (names: readonly string[]) => string,
): readonly string[] {
  const count = keys.reduce((sum, each) => sum + each.nodes.length, 0);
  const rows = keys.map(({ key, nodes }) =>
    [foldNames(nodes), addressOf(key), key.keyType, key.fingerprint].map(escapeLine),
  );
  const widths = [0, 1, 2].map((at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  return [
    `${plural(count, 'node waits: its host key is', 'nodes wait: their host keys are')} not known.`,
    'Nothing was sent there yet. Compare the fingerprints with a source you trust.',
    ...rows.map((row) => `  ${row.map((cell, at) => padText(cell, widths[at] ?? 0)).join('  ')}`),
  ];
}

function addressOf({ host, port, alias }: UnknownHostKey): string {
  const bracketed = host.includes(':') ? `[${host}]` : host;
  const address = port === 22 ? host : `${bracketed}:${port}`;
  return alias === undefined ? address : `${address} (${alias})`;
}
