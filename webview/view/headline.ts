import { textOfValue } from '../../core/playbook/paramText.ts';
import { actionTitle } from '../../core/run/actionText.ts';
import { baseName } from '../../core/util/baseName.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import { orderText } from '../../core/run/waveText.ts';
import { plural, shortId } from '../../core/run/format.ts';
import type { BatchState } from '../../core/run/state.ts';
import { visible } from '../../core/util/visible.ts';

/** The upper two lines of the header. */
export type Headline = {
  /** First line of the command. */
  readonly command: string;
  /** `+4 lines`, or nothing. */
  readonly more: string;
  readonly full: string;
  readonly expression: string;
  readonly nodes: string;
  /** The file of a playbook, without its folder; nothing for other actions. */
  readonly file: string;
  /** `version=1.4.2 token (secret)`: parameters of a playbook. */
  readonly params: string;
  /** `parallel, 20 at once` · `stops after 60 s` · `started 14:02:11`. */
  readonly details: readonly string[];
};

export function headlineOf(state: BatchState, now: number): Headline {
  const full = actionTitle(state.plan.action);
  const lines = full.split('\n');
  return {
    command: visible(lines[0] ?? ''),
    more: lines.length > 1 ? `+${plural(lines.length - 1, 'line')}` : '',
    full: lines.map(visible).join('\n'),
    expression: visible(state.plan.request.selection),
    nodes: plural(state.executions.length, 'node'),
    ...playbookOf(state.plan.action),
    details: [...strategyOf(state), limitOf(state.plan.limits.timeoutMs), ...whenOf(state, now)],
  };
}

function playbookOf(action: BatchState['plan']['action']): Pick<Headline, 'file' | 'params'> {
  if (action.type !== 'playbook') return { file: '', params: '' };
  const { params, sensitive } = loadedOf(action) ?? { params: action.params, sensitive: action.withheld };
  const named = Object.entries(params).map(([name, value]) => `${name}=${textOfValue(value)}`);
  const secret = [...new Set([...sensitive, ...action.withheld])].map((name) => `${name} (secret)`);
  return { file: visible(baseName(action.file)), params: visible([...named, ...secret].join(' ')) };
}

/** Time of day of a moment, `14:02:53`. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString('en-GB');
}

/** As it is now: a person may have changed how many run at once. */
function strategyOf({ plan, executions, concurrency }: BatchState): readonly string[] {
  if (executions.length < 2) return [];
  const isWidened = plan.strategy.mode === 'sequential' && concurrency > 1;
  const how = isWidened ? `in order, ${concurrency} at once` : orderText({ ...plan.strategy, concurrency });
  return [plan.strategy.stopOnFailure ? `${how}, stops at the first failure` : how];
}

function limitOf(timeoutMs: number): string {
  const seconds = timeoutMs / 1000;
  const text = seconds > 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`;
  return `stops after ${text}`;
}

function whenOf(state: BatchState, now: number): readonly string[] {
  const time = clockTime(state.startedAt);
  if (state.status === 'running') return [`started ${time}`];
  return [`${dayOf(state.startedAt, now)} ${time}`, `batch ${shortId(state.id)}`];
}

function dayOf(at: number, now: number): string {
  const then = new Date(at);
  const today = new Date(now);
  if (then.toDateString() === today.toDateString()) return 'today';
  const sameYear = then.getFullYear() === today.getFullYear();
  const year = sameYear ? {} : ({ year: 'numeric' } as const);
  return then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', ...year });
}
