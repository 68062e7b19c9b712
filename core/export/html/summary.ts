import { actionFacts, actionTitle } from '../../run/actionText.ts';
import type { Ended } from '../../run/executionState.ts';
import { batchLook, formatDuration, plural, sentenceOf, shortId } from '../../run/format.ts';
import type { BatchState } from '../../run/state.ts';
import { foldForDisplay } from '../../selection/nodeset.ts';
import { type ExportInput } from '../input.ts';
import { fact, html, type Markup } from './markup.ts';
import { executionName } from '../../run/executionName.ts';

/** What somebody reads who reads nothing else. */
export function summary({ state, time }: ExportInput, executions: readonly Ended[]): Markup {
  const look = batchLook[state.status];
  const { lead, rest } = sentenceOf(state);
  return html`<header>
    <p class="kicker">Batch ${shortId(state.id)} · ${time(state.startedAt)} · run by ${state.user}</p>
    <h1>${actionTitle(state.plan.action)}</h1>
    <p class="lead">
      <span class="pill ${look.family}">${look.mark} ${look.word}</span>
      <span>${lead.replace(/^\w+: /, '')}${rest}</span>
    </p>
    <dl class="figures">${figures(state, executions)}</dl>
    <dl class="facts">${facts({ state, time }, executions)}</dl>
  </header>`;
}

function figures(state: BatchState, executions: readonly Ended[]): readonly Markup[] {
  const total = executions.length;
  const ok = executions.filter(({ status }) => status === 'ok').length;
  const fine = executions.filter(({ status }) => status === 'ok' || status === 'skipped').length;
  const timed = executions
    .flatMap((each) =>
      each.startedAt === undefined || each.endedAt === undefined
        ? []
        : [{ node: executionName(each), took: each.endedAt - each.startedAt }],
    )
    .toSorted((a, b) => a.took - b.took);
  const median = timed[Math.floor((timed.length - 1) / 2)];
  const slowest = timed.at(-1);
  const share = total === 0 ? '' : `${Math.floor((ok / total) * 1000) / 10} %`;
  return [
    figure('Nodes', String(total)),
    figure('Ok', String(ok), share),
    figure('Not ok', String(total - fine)),
    ...(state.endedAt === undefined ? [] : [figure('Took', formatDuration(state.endedAt - state.startedAt))]),
    ...(median ? [figure('Median', formatDuration(median.took))] : []),
    ...(slowest && timed.length > 1 ? [figure('Slowest', formatDuration(slowest.took), slowest.node)] : []),
  ];
}

function figure(title: string, value: string, beside = ''): Markup {
  return html`<div>
    <dt>${title}</dt>
    <dd>${value}${beside ? html`<small>${beside}</small>` : html``}</dd>
  </div>`;
}

function facts(
  { state, time }: Pick<ExportInput, 'state' | 'time'>,
  executions: readonly Ended[],
): readonly Markup[] {
  const { request, action, strategy } = state.plan;
  const left = state.executions.length - executions.length;
  const groups = (request.groups ?? []).map((group) => `@${group}`);
  return [
    fact('Command', html`<code>${actionTitle(action)}</code>`),
    ...actionFacts(action).map((text) => fact('', text)),
    fact('Chosen by', html`<code>${[request.selection, ...groups].filter(Boolean).join(' , ')}</code>`),
    fact('Nodes', foldForDisplay(executions.map(executionName))),
    fact('How', `${strategy.mode}, ${strategy.concurrency} at once`),
    fact('Started', time(state.startedAt)),
    fact('Ended', state.endedAt === undefined ? 'still running when this was written' : time(state.endedAt)),
    fact('Batch', html`<code>${state.id}</code>`),
    ...(left > 0 ? [fact('Left out', `${plural(left, 'node')} of this batch are not in this report`)] : []),
    ...state.notes.map((note) => fact('Note', note)),
  ];
}
