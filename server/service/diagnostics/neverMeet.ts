import { conditionOf, excludeEachOther, fittingNodes, isFalse } from './conditions.ts';
import type { Finding } from './finding.ts';
import type { WrittenStep } from './steps.ts';
import type { Subject } from './subject.ts';

/** Steps that no node comes to, by what their conditions ask for, and steps that need one that is skipped wherever they run. */
export function* neverMeetFindings(subject: Subject): Iterable<Finding> {
  const fitting = fittingNodes(subject);
  const nodesOf: NodesOf = ({ written }) => fitting(written);
  for (const steps of subject.lists) {
    if (!steps.some((step) => step.has('when'))) continue;
    const byId = new Map(steps.toReversed().map((step) => [step.text('id'), step]));
    for (const step of steps) {
      if (nodesOf(step)?.size === 0) yield onNoNode(step, subject);
      for (const [at, id] of step.texts('needs').entries()) {
        const needed = byId.get(id);
        if (needed && needed !== step && neverMeet(step, needed, nodesOf))
          yield told({ step, needed, at, id }, subject);
      }
    }
  }
}

type NodesOf = (step: WrittenStep) => ReadonlySet<string> | undefined;

function neverMeet(step: WrittenStep, needed: WrittenStep, nodesOf: NodesOf): boolean {
  const [own, other] = [conditionOf(step.written), conditionOf(needed.written)];
  if (other?.type === 'literal' && isFalse(other.value)) return true;
  if (own && other && excludeEachOther(own, other)) return true;
  const [here, there] = [nodesOf(step), nodesOf(needed)];
  if (!here || !there || here.size === 0 || there.size === 0) return false;
  return [...here].every((node) => !there.has(node));
}

function onNoNode(step: WrittenStep, subject: Subject): Finding {
  return {
    code: 'steps/never-runs',
    level: 'info',
    message: `None of the nodes that "targets" stands for fits this, so the step is skipped on each of them.`,
    range: subject.range([...step.path, 'when'], 'value'),
    related: [
      {
        message: 'The nodes that are meant.',
        uri: subject.document.document.uri,
        range: subject.range(['targets'], 'value'),
      },
    ],
  };
}

type Needing = {
  readonly step: WrittenStep;
  readonly needed: WrittenStep;
  /** Place among what the step needs, from 0. */
  readonly at: number;
  readonly id: string;
};

function told({ step, needed, at, id }: Needing, subject: Subject): Finding {
  const isList = Array.isArray(step.get('needs'));
  return {
    code: 'steps/never-meet',
    message: `"${id}" is skipped wherever this step runs: its condition is ${needed.text('when') ?? ''}.`,
    range: subject.range(isList ? [...step.path, 'needs', at] : [...step.path, 'needs'], 'value'),
    related: [
      {
        message: 'The condition of the step that is needed.',
        uri: subject.document.document.uri,
        range: subject.range([...needed.path, 'when'], 'value'),
      },
    ],
  };
}
