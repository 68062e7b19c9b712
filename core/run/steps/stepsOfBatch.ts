import type { Transport } from '../../plugin/transport.ts';
import { loadedOf } from '../loadedPlaybook.ts';
import type { ExecutionContext } from '../executionContext.ts';
import type { Plan } from '../plan.ts';
import type { Secrets } from '../redact.ts';
import { createServiceGates, type ServiceGates } from '../schedule/serviceGates.ts';
import type { Clock } from '../../util/clock.ts';
import type { AnsibleEnd, AnsibleMember } from './ansibleEvent.ts';
import { createGather } from './gather.ts';
import type { Outside } from './context.ts';
import type { Lockstep } from './lockstep.ts';
import { runPlaybook } from './runPlaybook.ts';
import { createSharedSteps } from './shared.ts';

/** Goes through the steps of a plan on one node. */
type RunSteps = ExecutionContext['run'];

export type StepsDeps = {
  readonly batch: string;
  readonly user: string;
  readonly transports: ReadonlyMap<string, Transport>;
  readonly lockstep?: Lockstep | undefined;
  readonly outside?: Outside;
  readonly secretValues?: ReadonlyMap<string, string>;
  readonly secrets: Secrets;
  readonly clock: Clock;
  /** Those that batches have in common. */
  readonly services?: ServiceGates;
};

/** How executions of a plan go through its steps; undefined where it has none. */
export function stepsOfBatch(plan: Plan, deps: StepsDeps): RunSteps | undefined {
  const { action } = plan;
  const loaded = loadedOf(action);
  if (action.type !== 'playbook' || !loaded) return undefined;
  const { vars = {} } = action;
  const { batch, user, outside = nothingOutside, secretValues = new Map<string, string>(), secrets } = deps;
  for (const secret of secretValues.values()) secrets.add(secret);
  const { transports, lockstep, services = createServiceGates(deps.clock) } = deps;
  const gather = lockstep && createGather<AnsibleMember, AnsibleEnd>(lockstep);
  const beside = {
    gather,
    outside,
    secrets: secretValues,
    vars,
    batch,
    user,
    transports,
    lockstep,
    services,
  };
  const steps = { loaded, shared: createSharedSteps(), ...beside };
  return (context) => runPlaybook(context, steps);
}

const nothingOutside: Outside = {
  request: async () => ({ message: 'requests are not possible here' }),
  isOpen: async () => false,
  resolve: (_file, path) => path,
  ansible: async () => 'Ansible is not run here',
  measure: (text) => ({ bytes: text.length, sha256: '' }),
};
