import type { ConfigVar } from '../../config/config.ts';
import type { Provenance } from '../../inventory/detail.ts';
import type { Origin } from '../../inventory/model.ts';
import { isTaskFile } from '../../playbook/kindOfFile.ts';
import type { LoadedPlaybook } from '../../playbook/plannedStep.ts';
import { type VarLayer, varLayers, varsOfParams } from '../../playbook/varLayers.ts';
import type { Value } from '../../schema/value.ts';
import type { Target } from '../plan.ts';
import type { Frame } from './context.ts';
import { foresee } from './foresee.ts';
import { scopeOf, valueFrom } from './scope.ts';

/** A value that a variable has somewhere. */
export type SaidVar = {
  readonly value: Value;
  /** Whose it is: `workspace`, `group:web`, `node`, `playbook`, `parameter`, `--var`. */
  readonly from: string;
  /** The file that says so, with a line where that is known. */
  readonly origin: string;
};

/** A variable of a node with its value, and the values that it hides, the strongest first. */
export type ExplainedVar = SaidVar & { readonly name: string; readonly hides: readonly SaidVar[] };

/** A playbook or task for which the variables are asked for. */
export type ForPlaybook = {
  readonly file: string;
  readonly loaded: LoadedPlaybook;
  /** Of the command line. */
  readonly vars: Readonly<Record<string, Value>>;
};

type Asked = {
  readonly target: Target;
  readonly config: readonly ConfigVar[];
  readonly inventory: readonly Provenance[];
  readonly playbook?: ForPlaybook | undefined;
};

type Layer = readonly (readonly [name: string, said: SaidVar])[];

/** Every variable that templates can look up on a node before anything runs, by name; each with where it is from. */
export function explainVars({ target, config, inventory, playbook }: Asked): readonly ExplainedVar[] {
  const layers: Readonly<Record<VarLayer, Layer>> = {
    configuration: config.map(({ name, value, level, file }) => [name, { value, from: level, origin: file }]),
    inventory: inventory.flatMap(weakestFirst),
    ...(playbook ? layersOf(target, playbook) : noLayers),
    kept: [],
  };
  const known = new Map<string, SaidVar[]>();
  for (const [name, said] of varLayers.flatMap((layer) => layers[layer]))
    known.set(name, [said, ...(known.get(name) ?? [])]);
  return [...known]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, [first, ...hides]]) => (first ? [{ name, ...first, hides }] : []));
}

const noLayers = { task: [], playbook: [], params: [], commandLine: [] };

function weakestFirst({ key, value, from, origin, instead }: Provenance): Layer {
  const all = [{ value, from, origin }, ...instead].toReversed();
  return all.map((each) => [key, { ...each, origin: placeOf(each.origin) }]);
}

function placeOf({ source, range }: Origin): string {
  return range ? `${source}:${range.line}` : source;
}

/** What a playbook, or a task by itself, adds; what it makes of values that are known later is shown as it is written. */
function layersOf(target: Target, { file, loaded, vars }: ForPlaybook): Record<keyof typeof noLayers, Layer> {
  const { context, frame } = foresee(target, loaded, { vars, open: loaded.params });
  const [step] = loaded.steps;
  const isTask = isTaskFile(file) && step?.does.type === 'task';
  const inner = isTask && step.does.type === 'task' ? step.does : undefined;
  const given = inner ? { ...usualOf(inner.params), ...known(inner.with, frame, context) } : frame.params;
  const inside: Frame = { ...frame, params: given };
  const said = (values: Readonly<Record<string, Value>>, from: string): Layer =>
    Object.entries(values).map(([name, value]) => [name, { value, from, origin: file }]);
  return {
    task: said(known(inner?.own ?? {}, inside, context), 'task'),
    playbook: said(known(loaded.vars, inside, context), 'playbook'),
    params: said(varsOfParams(given), 'parameter'),
    commandLine: Object.entries(vars).map(([name, value]) => [
      name,
      { value, from: '--var', origin: 'command line' },
    ]),
  };
}

function usualOf(
  params: Readonly<Record<string, { readonly default?: Value | undefined }>>,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(params).map(([name, param]) => [name, param.default ?? null]));
}

/** Each may look up those before it. */
function known(
  values: Readonly<Record<string, Value>>,
  frame: Frame,
  context: Parameters<typeof scopeOf>[0],
): Record<string, Value> {
  const found: Record<string, Value> = {};
  for (const [name, data] of Object.entries(values)) {
    const said = valueFrom(data, scopeOf(context, { ...frame, vars: { ...frame.vars, ...found } }));
    found[name] = 'value' in said ? said.value : data;
  }
  return found;
}
