import type { Ended } from '../../run/executionState.ts';
import { executionLook, formatBytes, formatDuration } from '../../run/format.ts';
import { endMessage } from '../../run/statuses.ts';
import type { ExportInput } from '../input.ts';
import { connectionResult } from '../result.ts';
import { fact, html, type Markup } from './markup.ts';
import { executionName } from '../../run/executionName.ts';

export const nodesHead = html`<div class="head">
  <span></span><span>Node</span><span>Outcome</span><span class="number">Time</span><span>Message</span>
</div>`;

/** A row that opens to everything that is known about an execution; `answer`: the number of what it said. */
export function nodeRow(execution: Ended, input: ExportInput, answer: number | undefined): Markup {
  const { status, startedAt, endedAt, lastLine } = execution;
  const look = executionLook(execution);
  const took = startedAt === undefined ? '' : formatDuration((endedAt ?? startedAt) - startedAt);
  return html`<details>
    <summary>
      <span>${executionName(execution)}</span>
      <span><span class="${look.family}">${look.mark}</span> ${look.word}</span>
      <span class="number">${took}</span>
      <span>${status === 'ok' ? lastLine : endMessage(execution)}</span>
    </summary>
    <dl class="facts">${factsOf(execution, input, answer)}</dl>
  </details> `;
}

function factsOf(
  execution: Ended,
  { targets, time }: ExportInput,
  answer: number | undefined,
): readonly Markup[] {
  const { transport, host, port, user, via } = connectionResult(execution, targets.get(execution.node));
  const { auth, hostKey } = execution.connection ?? {};
  const { startedAt, exitCode, attempts, stdoutBytes, stderrBytes, notes } = execution;
  const address = [user === null ? '' : `${user}@`, host ?? '', port === null ? '' : `:${port}`].join('');
  const said = `${formatBytes(stdoutBytes)} on stdout, ${formatBytes(stderrBytes)} on stderr`;
  return [
    fact('Reached', [transport, address].filter(Boolean).join(' ')),
    ...(via.length > 0 ? [fact('Through', via.map((hop) => `${hop.host}:${hop.port}`).join(', then '))] : []),
    ...(auth === undefined ? [] : [fact('Login', auth)]),
    ...(hostKey === undefined ? [] : [fact('Host key', hostKey)]),
    ...(startedAt === undefined ? [] : [fact('Started', time(startedAt))]),
    ...(exitCode === null ? [] : [fact('Exit code', String(exitCode))]),
    ...(attempts > 1 ? [fact('Attempts', String(attempts))] : []),
    ...(answer === undefined
      ? []
      : [fact('Said', html`${said}: <a href="#answer-${answer}">its answer</a>`)]),
    ...notes.map((note) => fact('Note', note)),
  ];
}
