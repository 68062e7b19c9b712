import { isFollowed } from '../../core/run/actionText.ts';
import process from 'node:process';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import type { Plan } from '../../core/run/plan.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import type { Streams } from '../report.ts';
import { dataOption } from '../inventory/trustCommand.ts';
import { terminalOf } from '../terminal/terminal.ts';
import type { AskAnswers } from './answers.ts';
import { followPrinter, type Relay } from './followPrinter.ts';
import { jsonlPrinter, jsonPrinter } from './jsonPrinters.ts';
import { livePrinter } from './livePrinter.ts';
import type { ReadOutput } from '../../core/export/output.ts';
import type { StartOptions } from './options.ts';
import { plainPrinter } from './plainPrinter.ts';
import type { Printer } from './printer.ts';
import { executionName } from '../../core/run/executionName.ts';

export type PrinterDeps = {
  readonly plan: Plan;
  readonly streams: Streams;
  readonly readOutput: ReadOutput;
  /** Output of commands that are followed. */
  readonly relay: Relay;
  /** Given where equal answers are to be shown together. */
  readonly answers?: AskAnswers | undefined;
  /** Whether somebody asked to stop. */
  readonly stopping: () => boolean;
};

/** The printer for a format; text is live where the terminal can redraw lines. */
export function createPrinter(
  { format, debug }: Pick<StartOptions, 'format' | 'debug'>,
  deps: PrinterDeps,
): Printer {
  const terminal = () => terminalOf(process.stdout, process.env);
  const answers = deps.plan.executions.length > 1 ? deps.answers : undefined;
  const { plan } = deps;
  const text = { ...deps, terminal, foldNames: foldInOrder(plan), playbook: loadedOf(plan.action) };
  switch (format) {
    case 'json':
      return jsonPrinter({ ...deps, debug });
    case 'jsonl':
      return jsonlPrinter({ ...deps, debug });
    case 'text':
      if (isFollowed(deps.plan.action)) return followPrinter(text);
      return terminal().live
        ? livePrinter({ ...text, now: Date.now, nextOptions: dataOption(process.argv), answers })
        : plainPrinter(text);
  }
}

/** Names fold in the order of the plan, in whatever order they came. */
function foldInOrder(plan: Plan): (names: readonly string[]) => string {
  const rank = new Map(plan.executions.map((each, at) => [executionName(each), at]));
  const at = (name: string): number => rank.get(name) ?? 0;
  return (names) => foldForDisplay([...names].sort((a, b) => at(a) - at(b)));
}
