import { addressText } from '../../core/inventory/address.ts';
import type { EngineClient } from '../../core/protocol/client.ts';
import type { PromptAnswer } from '../../core/protocol/batch.ts';
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
type Answer = Pick<PromptAnswer, 'trust' | 'secret' | 'goOn'>;

/** Puts questions of a batch to the person at the terminal, one after the other; no answer means no. */
export function createQuestions(deps: QuestionDeps): Disposable & { put: (asked: Asked) => void } {
  const over = new AbortController();
  const queue = createQueue();
  return {
    put: ({ batch, prompt, question }) =>
      queue.add(() =>
        deps.aside(async () => {
          const answer = await ask(question, deps, over.signal);
          await deps.client.answer({ batch, prompt, ...answer });
        }),
      ),
    dispose: () => over.abort(),
  };
}

async function ask(question: Prompt, deps: QuestionDeps, signal: AbortSignal): Promise<Answer> {
  switch (question.type) {
    case 'host-keys':
      return { trust: await trustedKeys(question.keys, deps, signal) };
    case 'secret': {
      const label = `${question.label} (${deps.foldNames(question.nodes)})`;
      const secret = await askSecret(escapeLine(label), signal);
      return secret === undefined ? {} : { secret };
    }
    case 'go-on': {
      const rest = plural(question.nodes.length, 'node');
      const { message, pauses } = question;
      deps.streams.err(`\n${escapeLine(message)}${pauses ? '' : '.'}\n`);
      if (pauses) return { goOn: await askYesNo(`Go on with ${rest}?`, signal) };
      return { goOn: await askYesNo(`Try it on the other ${rest} all the same?`, signal) };
    }
  }
}

/** Shows keys and asks once for all of them. */
async function trustedKeys(
  keys: HostKeys['keys'],
  { streams, foldNames }: QuestionDeps,
  signal: AbortSignal,
): Promise<string[]> {
  const [first, ...more] = keys;
  if (!first) return [];
  streams.err(`\n${hostKeyTable(keys, foldNames).join('\n')}\n`);
  const which = more.length === 0 ? 'this key' : `all ${keys.length} keys`;
  const question = `Trust ${which}, add to ${escapeLine(first.key.knownHosts)} and connect?`;
  return (await askYesNo(question, signal)) ? keys.map(({ key }) => key.fingerprint) : [];
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
  const address = addressText({ host, port: port === 22 ? undefined : port });
  return alias === undefined ? address : `${address} (${alias})`;
}
