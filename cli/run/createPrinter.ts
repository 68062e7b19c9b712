import process from 'node:process';
import type { Plan } from '../../core/run/plan.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';
import type { OutputFormat, Streams } from '../report.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { jsonlPrinter, jsonPrinter } from './jsonPrinters.ts';
import { livePrinter } from './livePrinter.ts';
import type { ReadOutput } from './output.ts';
import { plainPrinter } from './plainPrinter.ts';
import type { Printer } from './printer.ts';

export type PrinterDeps = {
  readonly plan: Plan;
  readonly streams: Streams;
  readonly readOutput: ReadOutput;
  /** Whether somebody asked to stop. */
  readonly stopping: () => boolean;
};

/** The printer for a format; text is live where the terminal can redraw lines. */
export function createPrinter(format: OutputFormat, deps: PrinterDeps): Printer {
  const terminal = () => terminalOf(process.stdout, process.env);
  const text = { ...deps, terminal, foldNames: foldForDisplay };
  switch (format) {
    case 'json':
      return jsonPrinter(deps);
    case 'jsonl':
      return jsonlPrinter(deps);
    case 'text':
      return terminal().live ? livePrinter({ ...text, now: Date.now }) : plainPrinter(text);
  }
}
