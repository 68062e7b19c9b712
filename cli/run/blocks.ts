import type { Streams } from '../report.ts';
import { escapeLine } from '../terminal/escape.ts';
import { type Line, renderLine } from '../terminal/style.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { type Columns, endedLine } from './ended.ts';
import type { LoadedPlaybook } from '../../core/playbook/plannedStep.ts';
import { unreachedSteps } from '../../core/run/steps/unreached.ts';
import { createHeads } from './stepHeads.ts';
import { notReachedLine, outputIndent, stepLine } from './steps.ts';
import { createIndenter, type Indenter } from './indent.ts';
import { bySteps } from '../../core/export/bySteps.ts';
import { type ReadOutput, totalBytes } from '../../core/export/output.ts';
import type { Ended } from '../../core/run/executionState.ts';
import { executionName } from '../../core/run/executionName.ts';

export type TextDeps = {
  readonly streams: Streams;
  readonly terminal: () => Terminal;
  readonly readOutput: ReadOutput;
  readonly foldNames: (names: readonly string[]) => string;
  /** What runs, where that has steps. */
  readonly playbook?: LoadedPlaybook | undefined;
};
export type BlockDeps = TextDeps & { readonly columns: Columns };

/** Bytes up to which outputs are compared, to show equal ones once. */
const comparableBytes = 65_536;

/** The node's line and all of its output, a page at a time; of a playbook, each step above what it said. */
export async function printExecution(execution: Ended, deps: BlockDeps): Promise<void> {
  printHead([execution], deps);
  await writeOutput(execution, deps, async (pieces) => {
    for (const piece of pieces) deps.streams.out(piece);
    await deps.streams.drained();
  });
}

/** Prints executions with the same end and the same output once, in the order of their first. */
export async function printFolded(batch: readonly Ended[], deps: BlockDeps): Promise<void> {
  const blocks = new Map<string, { executions: [Ended, ...Ended[]]; output: string | undefined }>();
  for (const execution of batch) {
    const output = totalBytes(execution) > comparableBytes ? undefined : await outputText(execution, deps);
    const key = output === undefined ? execution.id : JSON.stringify([execution.outcome, output]);
    const block = blocks.get(key);
    if (block) block.executions.push(execution);
    else blocks.set(key, { executions: [execution], output });
  }
  for (const { executions, output } of blocks.values()) {
    if (output === undefined) {
      await printExecution(executions[0], deps);
      continue;
    }
    printHead(executions, deps);
    if (output) deps.streams.out(output);
  }
}

/** Writes lines in full: what is printed once may wrap. */
export function printLines(
  lines: readonly Line[],
  { streams, terminal }: Pick<TextDeps, 'streams' | 'terminal'>,
): void {
  const uncut = { ...terminal(), columns: Infinity };
  streams.out(lines.map((line) => `${renderLine(line, uncut)}\n`).join(''));
}

function printHead(executions: readonly [Ended, ...Ended[]], deps: BlockDeps): void {
  const names = deps.foldNames(executions.map(executionName));
  const head = endedLine(executions, names, { columns: deps.columns, terminal: deps.terminal() });
  printLines([head], deps);
}

async function outputText(execution: Ended, deps: BlockDeps): Promise<string> {
  const parts: Written[] = [];
  await writeOutput(execution, deps, (pieces) => void parts.push(...pieces));
  return parts.map((part) => (typeof part === 'string' ? part : Buffer.from(part).toString())).join('');
}

type Written = Parameters<Streams['out']>[0];

async function writeOutput(
  execution: Ended,
  { terminal, readOutput, playbook }: BlockDeps,
  write: (pieces: readonly Written[]) => void | Promise<void>,
): Promise<void> {
  let made: Written[] = [];
  const indenter = (cells: number): Indenter =>
    createIndenter(terminal(), (piece) => void made.push(piece), cells);
  const say = (line: Line): void =>
    void made.push(`${renderLine(line, { ...terminal(), columns: Infinity })}\n`);
  const heads = createHeads(playbook);
  let own = indenter(0);
  const pass = async (): Promise<void> => {
    const ready = made;
    made = [];
    if (ready.length > 0) await write(ready);
  };
  for await (const next of bySteps(execution, readOutput(execution))) {
    if (next.type === 'output') own.add(next.piece);
    else {
      own.end();
      const { lines, depth } = heads.before(next.step);
      for (const line of [...lines, stepLine(next.step, depth)]) say(line);
      own = indenter(outputIndent(depth));
    }
    await pass();
  }
  own.end();
  const notReached = unreachedSteps(playbook, execution).map(({ title }) => title);
  if (notReached.length > 0) say(notReachedLine(notReached));
  for (const note of execution.notes) made.push(`  note: ${escapeLine(note)}\n`);
  await pass();
}
