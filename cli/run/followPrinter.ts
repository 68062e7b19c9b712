import type { OutputSink } from '../../core/run/executionContext.ts';
import type { OutputStream } from '../../core/run/progress.ts';
import { escapeLine } from '../terminal/escape.ts';
import { padText, renderLine, renderSpan, span } from '../terminal/style.ts';
import { printLines, type TextDeps } from './blocks.ts';
import { type Columns, columnsFor, endedLine } from './ended.ts';
import { endingLines } from './ending.ts';
import { type LineWriter, lineWriter } from './lineWriter.ts';
import { createQueue, type Printer } from './printer.ts';
import { executionName } from '../../core/run/executionName.ts';

/** Where output of followed commands arrives in this process; a printer may listen. */
export type Relay = { onOutput: OutputSink['write'] };

export function createRelay(): Relay {
  return { onOutput: () => undefined };
}

type Writers = Record<OutputStream, LineWriter>;

/** Lines of all nodes as they come, each behind the name of its node; nothing is redrawn. */
export function followPrinter(deps: TextDeps & { readonly relay: Relay }): Printer {
  const { streams, terminal } = deps;
  const queue = createQueue();
  const writers = new Map<string, Writers>();
  const started = Promise.withResolvers<void>();
  let names: ReadonlyMap<string, string> = new Map();
  let columns: Columns = columnsFor([]);
  /** Held while a question stands on the screen. */
  let quiet = Promise.resolve();
  const writersOf = (execution: string): Writers => {
    const made = writers.get(execution) ?? createWriters(names.get(execution) ?? execution, columns, deps);
    writers.set(execution, made);
    return made;
  };
  deps.relay.onOutput = async (execution, stream, chunk) => {
    await started.promise;
    await quiet;
    writersOf(execution)[stream].add(chunk);
    await streams.drained();
  };
  return {
    live: false,
    started(state) {
      names = new Map(state.executions.map(({ id, node }) => [id, node]));
      columns = columnsFor(state.executions.map(executionName));
      started.resolve();
    },
    ended: (executions) =>
      queue.add(async () => {
        for (const execution of executions) {
          const own = writers.get(execution.id);
          own?.stdout.end();
          own?.stderr.end();
          const line = endedLine([execution], executionName(execution), { columns, terminal: terminal() });
          streams.out(`${renderLine(line, { ...terminal(), columns: Infinity })}\n`);
        }
      }),
    changed: () => {},
    async finish(state) {
      await queue.idle();
      printLines(endingLines(state, { terminal: terminal(), foldNames: deps.foldNames }), deps);
    },
    async aside(question) {
      const asked = Promise.withResolvers<void>();
      quiet = asked.promise;
      return question().finally(() => asked.resolve());
    },
  };
}

/** `web01    │ a line`; the edge of stderr is yellow. */
function createWriters(node: string, columns: Columns, { streams, terminal }: TextDeps): Writers {
  const looks = terminal();
  const edge = looks.utf8 ? '│' : '|';
  const name = padText(escapeLine(node), columns.name);
  const prefix = (look: 'muted' | 'yellow'): string =>
    `${renderSpan(span(name, 'muted'), looks)} ${renderSpan(span(edge, look), looks)} `;
  return {
    stdout: lineWriter(prefix('muted'), streams.out),
    stderr: lineWriter(prefix('yellow'), streams.out),
  };
}
