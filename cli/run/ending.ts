import { executionLook, formatDuration, plural, sentenceOf, shortId } from '../../core/run/format.ts';
import { type Reason, reasonsOf } from '../../core/run/gather/reasons.ts';
import { nodesToRerun, rerunClass } from '../../core/run/rerun.ts';
import type { BatchState, ExecutionState } from '../../core/run/state.ts';
import { escapeLine } from '../terminal/escape.ts';
import { markOf } from '../terminal/looks.ts';
import { type Line, lineWidth, padText, span, textWidth } from '../terminal/style.ts';
import { stepTable } from './stepTable.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { executionName } from '../../core/run/executionName.ts';

/** Reasons that the ending lists. */
const mostReasons = 50;

/** The last lines of a batch: who failed and why, and how it ended. */
export function endingLines(
  state: BatchState,
  { terminal, foldNames }: { terminal: Terminal; foldNames: (names: readonly string[]) => string },
): readonly Line[] {
  const failures = reasonsOf(state);
  const shown = failures.slice(0, mostReasons);
  const more = failures.length - shown.length;
  const table =
    failures.length === 0
      ? []
      : [
          [],
          [
            span(
              failures.some(({ executions: [first] }) => !wasStopped(first)) ? 'Failed' : 'Stopped',
              'bold',
            ),
          ],
          ...tableOf(shown, terminal, foldNames),
          ...(more > 0 ? [[span(`  and ${plural(more, 'more reason')}`, 'muted')]] : []),
        ];
  const { lead, rest } = sentenceOf(state);
  const took = formatDuration((state.endedAt ?? state.startedAt) - state.startedAt);
  return [
    ...stepTable(state, { terminal, foldNames }),
    ...table,
    [],
    [span(lead, 'bold'), span(`${rest}, in ${took}`)],
  ];
}

/** What one types next: to run again what did not end well. `options` of this command line that the next one needs too. */
export function nextLines(state: BatchState, options: string): readonly Line[] {
  const failed = nodesToRerun(state, 'failed').length;
  const waiting = nodesToRerun(state, 'not-started').length;
  const verb = state.executions.every((each) => rerunClass(each) !== 'failed' || wasStopped(each))
    ? 'were stopped'
    : 'failed';
  const command = (which: string): string => `muster rerun ${shortId(state.id)} --${which}${options}`;
  return [
    ...(failed > 0 ? [[span(`Re-run the ${failed} that ${verb}:  `, 'muted'), span(command('failed'))]] : []),
    ...(waiting > 0
      ? [[span(`Run the ${waiting} that never started:  `, 'muted'), span(command('not-started'))]]
      : []),
  ];
}

/** Whether it ended because it, or what watched over it, was ended. */
function wasStopped({ status }: ExecutionState): boolean {
  return status === 'cancelled' || status === 'interrupted';
}

function tableOf(
  failures: readonly Reason[],
  terminal: Terminal,
  foldNames: (names: readonly string[]) => string,
): readonly Line[] {
  const widest = (texts: readonly string[], most: number): number =>
    Math.min(most, Math.max(...texts.map(textWidth)));
  const count = widest(
    failures.map(({ executions }) => String(executions.length)),
    5,
  );
  const rows = failures.map((each) => ({
    ...each,
    title: escapeLine(each.title),
    text: escapeLine(each.text),
  }));
  const title = widest(
    rows.map((each) => each.title),
    16,
  );
  const reason = widest(
    rows.map(({ text }) => text),
    60,
  );
  return rows.flatMap((failure): readonly Line[] => {
    const [first] = failure.executions;
    const names = escapeLine(foldNames(failure.executions.map(executionName)));
    const row = [
      span('  '),
      markOf(executionLook(first), terminal),
      span(`  ${String(failure.executions.length).padStart(count)}`),
      span(`  ${padText(failure.title, title)}  ${padText(failure.text, reason)}`),
    ];
    const whole = [...row, span(`  ${names}`)];
    return lineWidth(whole) < terminal.columns ? [whole] : [row, [span(`      ${names}`)]];
  });
}
