import { allSteps, type Doing } from '../../playbook/plannedStep.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import { textsOf } from './files.ts';
import { foreseeAll, type PlanOfSteps } from './foresee.ts';
import { foreseeSteps } from './foreseeSteps.ts';

/** Kinds of steps that use files of this machine. */
const localKinds = ['script', 'copy', 'template', 'ansible'] as const satisfies Doing['type'][];

/** A file of this machine that a step of a playbook uses. */
export type LocalFile = {
  readonly type: (typeof localKinds)[number];
  /** Of the step. */
  readonly path: string;
  /** The file that names it. */
  readonly file: string;
  /** As it is named. */
  readonly from: string;
  /** How many are named beside it, itself included, and where they go as it is written. */
  readonly count: number;
  readonly to?: string;
};

/** Every file of this machine that steps of a plan use on any node, each once; or why that can not be told. */
export function localFiles(
  plan: PlanOfSteps,
): { readonly files: readonly LocalFile[] } | { readonly message: string } {
  const loaded = loadedOf(plan.action);
  const found = new Map<string, LocalFile>();
  const usesFiles = loaded ? [...allSteps(loaded)].some(({ does }) => isLocal(does)) : false;
  if (!loaded || !usesFiles) return { files: [] };
  for (const node of foreseeAll(plan, loaded)) {
    for (const { step, scope, runs } of foreseeSteps(loaded, node)) {
      if (runs === 'no') continue;
      const { does, path } = step;
      if (!isLocal(does)) continue;
      const names = textsOf([does.from].flat(), scope);
      if ('message' in names)
        return {
          message: `${path}: which file of this machine it uses has to be known before the run. ${names.message}`,
        };
      for (const from of names.value)
        found.set(`${path}\n${from}`, {
          type: does.type,
          path,
          file: does.file,
          from,
          count: names.value.length,
          ...('to' in does && { to: does.to }),
        });
    }
  }
  return { files: [...found.values()] };
}

type Local = Extract<Doing, { type: LocalFile['type'] }>;

function isLocal(does: Doing): does is Local {
  return localKinds.some((kind) => kind === does.type);
}
