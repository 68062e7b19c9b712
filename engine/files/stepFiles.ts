import { dirname, resolve } from 'node:path';
import { allSteps, type LoadedPlaybook } from '../../core/playbook/plannedStep.ts';
import { loadedOf } from '../../core/run/loadedPlaybook.ts';
import type { Plan } from '../../core/run/plan.ts';
import { type Files, type PlanDisk, plannedFiles } from '../../core/run/steps/plannedFiles.ts';
import { refuse, type Result } from '../../core/util/errors.ts';
import { ansibleMissing } from '../playbook/ansible/runAnsible.ts';
import { readScript, scan } from './scan.ts';

/** The files of this machine that steps of a playbook use, as they are now. */
export async function stepFiles(plan: Plan): Promise<Result<Files>> {
  const loaded = loadedOf(plan.action);
  const missing = loaded && runsAnsible(loaded) ? ansibleMissing() : undefined;
  if (missing !== undefined) return refuse('INPUT_MISSING', missing);
  return plannedFiles(plan, disk);
}

const disk: PlanDisk = { read: readScript, scan, resolve: (from, path) => resolve(dirname(from), path) };

function runsAnsible(loaded: LoadedPlaybook): boolean {
  return [...allSteps(loaded)].some(({ does }) => does.type === 'ansible');
}
