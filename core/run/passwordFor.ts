import type { AskSecret, GivenPassword, Session } from '../plugin/transport.ts';
import type { Deadline } from './guard.ts';
import type { Passwords } from './passwords.ts';
import type { Target } from './plan.ts';
import type { RunAs } from './runAs.ts';

export type PasswordContext = {
  readonly session: Session;
  readonly target: Target;
  readonly passwords: Passwords;
  readonly askSecret: AskSecret;
};

/** The password of whoever has to give one: for su that is the user to become. Time stands still meanwhile. */
export async function passwordFor(
  { session, target, passwords, askSecret }: PasswordContext,
  runAs: RunAs | undefined,
  timer: Deadline,
): Promise<GivenPassword | undefined> {
  if (!runAs) return undefined;
  const account = runAs.method === 'su' ? runAs.user : (session.info.user ?? 'the login user');
  const label = `${runAs.method} password of ${account}`;
  return whilePaused(timer, () =>
    passwords.give({
      account,
      node: target.node,
      ask: (refusedOn) => askSecret(refusedOn === undefined ? label : `${label}, refused on ${refusedOn}`),
    }),
  );
}

/** Time stands still for a deadline while somebody is asked. */
export async function whilePaused<T>(
  deadline: Pick<Deadline, 'pause' | 'resume'>,
  ask: () => Promise<T>,
): Promise<T> {
  deadline.pause();
  try {
    return await ask();
  } finally {
    deadline.resume();
  }
}
