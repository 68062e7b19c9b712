import process from 'node:process';
import type { Command } from 'commander';
import {
  calculate,
  countCalculation,
  readCalculation,
  type Calculation,
} from '../../core/selection/calculator/calculate.ts';
import type { NodeSet } from '../../core/selection/calculator/nodeSet.ts';
import { sizeOf } from '../../core/selection/calculator/nodeSet.ts';
import { contiguousParts, sliceSet, splitSet } from '../../core/selection/calculator/parts.ts';
import type { Refusal, Result } from '../../core/util/errors.ts';
import type { CommandContext } from '../commandLine.ts';
import { exitCode, exitCodeOfError } from '../exitCode.ts';
import { reportNote, reportRefusal, type Streams } from '../report.ts';
import { openGroups, type Groups } from './groups.ts';
import { printGroups } from './list.ts';
import { isEmptyOnTheLeft, readOperations } from './operations.ts';
import { readSettings, type Settings, type Task } from './settings.ts';
import { writeSet } from './write.ts';
import { readWords, type Words } from './words.ts';

/** Runs one command of the calculator; gives the exit code: 1 for what is no node set. */
export async function runNodeset(
  { task, command }: { task: Task; command: Command },
  { streams, argv }: CommandContext,
): Promise<number> {
  const words = readWords(command, argv.slice(argv.indexOf(task) + 1));
  const lines = words.ok ? await linesOf(task, words.value, streams) : words;
  if (!lines.ok) {
    reportRefusal(lines.error, 'text', streams);
    return codeOf(lines.error);
  }
  for (const line of lines.value) streams.out(`${line}\n`);
  return exitCode.ok;
}

function codeOf({ code }: Refusal): number {
  return code === 'SELECTION_SYNTAX' || code === 'SELECTION_UNKNOWN' ? 1 : exitCodeOfError(code);
}

async function linesOf(task: Task, words: Words, streams: Streams): Promise<Result<readonly string[]>> {
  const settings = readSettings(words, task);
  if (!settings.ok) return settings;
  const isEmpty = words.operations.length === 0 && !words.flags.has('all');
  const isListing = task === 'list' && isEmpty && words.leading.length === 0;
  if (isEmpty && !isListing && process.stdin.isTTY)
    return {
      ok: false,
      error: { code: 'USAGE', message: 'No node set given. Write one, or pipe names in.' },
    };
  if (isEmptyOnTheLeft(words))
    reportNote('An option before the first node set finds nothing to work on: write it after.', streams);
  const read = readCalculation(isListing ? [] : await readOperations(words), settings.value.kind);
  if (!read.ok) return read;
  const opened = await groupsFor(task, { calculation: read.value, words, streams });
  if (!opened.ok) return opened;
  const groups = opened.value;
  if (task === 'count' && isPlain(settings.value)) return counted(read.value, groups);
  const calculated = calculate(read.value, groups?.resolver);
  if (!calculated.ok) return calculated;
  for (const warning of calculated.value.warnings) reportNote(warning, streams);
  const { set } = calculated.value;
  if (task === 'list' && groups)
    return { ok: true, value: printGroups(groups, words, isListing ? undefined : set) };
  const sliced = slicedBy(set, settings.value);
  if (!sliced.ok) return sliced;
  const writing = { task, settings: settings.value, groups, size: sizeOf(sliced.value) };
  const parts = partsOf(sliced.value, settings.value);
  return { ok: true, value: parts.map((part) => writeSet(part, writing)) };
}

type Need = { readonly calculation: Calculation; readonly words: Words; readonly streams: Streams };

/** Groups where they are needed. Without an inventory there are none to regroup by, which leaves a node set as it is. */
async function groupsFor(
  task: Task,
  { calculation, words, streams }: Need,
): Promise<Result<Groups | undefined>> {
  if (!calculation.needsGroups && task !== 'list' && task !== 'regroup')
    return { ok: true, value: undefined };
  const opened = await openGroups(words, streams);
  const isFold = task === 'regroup' && !calculation.needsGroups && !words.flags.has('inventory');
  if (opened.ok || !isFold || opened.error.code !== 'INPUT_MISSING') return opened;
  reportNote(opened.error.message, streams);
  return { ok: true, value: undefined };
}

/** Whether only the size of the whole is asked for: then names need not be made. */
function isPlain({ slice, split, isContiguous }: Settings): boolean {
  return slice === undefined && split <= 1 && !isContiguous;
}

function counted(calculation: Calculation, groups: Groups | undefined): Result<readonly string[]> {
  const count = countCalculation(calculation, groups?.resolver);
  return count.ok ? { ok: true, value: [String(count.value)] } : count;
}

function slicedBy(set: NodeSet, { slice }: Settings): Result<NodeSet> {
  const sliced = slice === undefined ? set : sliceSet(set, slice);
  if (sliced instanceof Map) return { ok: true, value: sliced };
  const message = `The slice ${slice} can not be taken. ${sliced.message}`;
  return { ok: false, error: { code: 'SELECTION_SYNTAX', message } };
}

function partsOf(set: NodeSet, { split, isContiguous }: Settings): readonly NodeSet[] {
  if (set.size === 0) return [set];
  if (isContiguous) return contiguousParts(set);
  return split > 1 ? splitSet(set, split) : [set];
}
