import type { PlannedStep } from '../../playbook/plannedStep.ts';
import { redactedOutput } from '../redactedOutput.ts';
import type { AnsibleEnd, AnsibleEvent } from './ansibleEvent.ts';
import type { StepsContext } from './context.ts';
import { failedEnd, okEnd, type StepEnd } from './stepEnd.ts';

type Task = Extract<AnsibleEvent, { type: 'task' }>;

/** Makes steps of what Ansible does on a node, and an end of how it ended there. */
export function ansibleSteps(step: PlannedStep, context: StepsContext) {
  const { id, progress, secrets, sink } = context;
  const encoder = new TextEncoder();
  let count = 0;
  let title = '';
  let lastFailure: string | undefined;
  let last: Extract<AnsibleEvent, { type: 'end' }> | undefined;
  const output = redactedOutput(secrets, (stream, bytes) => {
    progress.add(stream, bytes);
    return sink.write(id, stream, bytes);
  });
  const place = () => ({ execution: id, step: `${step.path}/${count}`, title: secrets.redact(title) });
  const start = (name: string): void => {
    count++;
    title = name;
    const { stdoutBytes, stderrBytes } = progress.counters();
    context.note({ ...place(), type: 'stepStarted', attempt: 1, from: stdoutBytes + stderrBytes });
  };
  const finish = (task: Task): void => {
    // Facts that are gathered aside begin unsaid.
    if (task.name !== title) start(task.name);
    const said = textsOf(task);
    if (said.stdout !== '') void output.add('stdout', encoder.encode(`${said.stdout}\n`));
    if (said.stderr !== '') void output.add('stderr', encoder.encode(`${said.stderr}\n`));
    if (isFailed(task)) lastFailure = `${task.name}: ${task.message}`;
    context.note({ ...place(), ...progress.counters(), ...finished(task, secrets.redact) });
  };
  return {
    hear(event: AnsibleEvent): void {
      if (event.type === 'start') start(event.name);
      else if (event.type === 'task') finish(event);
      else last = event;
    },
    end(why: AnsibleEnd): StepEnd {
      output.end();
      if (!last && why !== undefined) return failedEnd(step, why);
      if (!last) return { ...okEnd, status: 'skipped', message: 'no play of it is for this node' };
      const changed = last.changed > 0;
      if (last.failures === 0 && last.unreachable === 0) return { ...okEnd, changed };
      return { ...failedEnd(step, lastFailure ?? why ?? 'Ansible failed'), changed };
    },
  };
}

function isFailed({ status }: Task): boolean {
  return status === 'failed' || status === 'unreachable';
}

/** What a module printed, else what it says of itself. */
function textsOf({ stdout, stderr, message, status }: Task): { stdout: string; stderr: string } {
  return { stdout: stdout === '' && status !== 'skipped' ? message : stdout, stderr };
}

function finished(task: Task, redact: (text: string) => string) {
  const { code, changed, message, ignored, status } = task;
  return {
    type: 'stepFinished' as const,
    exitCode: code,
    signal: null,
    extents: [],
    status: status === 'unreachable' ? ('failed' as const) : status,
    changed,
    ...(message !== '' && status !== 'ok' && { message: redact(message) }),
    ...(ignored && { ignored }),
    attempt: 1,
  };
}
