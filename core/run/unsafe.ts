import * as z from 'zod';
import { type Finding, hostProblem, userProblem } from '../inventory/address.ts';
import { localOptions } from '../plugin/options.ts';
import { type Problem, sentenceOf } from '../util/problem.ts';
import { visible } from '../util/visible.ts';
import { byReason } from './byReason.ts';
import type { Target } from './plan.ts';

/** What every transport that goes over a network has, whatever else it has. */
const endpoint = z.object({
  host: z.string().min(1),
  port: z.number().int().min(1).max(65_535),
  user: z.string().optional(),
  hostKeyAlias: z.string().optional(),
  identityFiles: z.array(z.string().min(1)).optional(),
  knownHosts: z.array(z.string().min(1)).optional(),
});
type Endpoint = z.infer<typeof endpoint>;
const way = endpoint.extend({
  // An ssh_config may say it instead.
  port: endpoint.shape.port.optional(),
  via: z.array(endpoint).optional(),
});

/**
 * Connection settings that could become an option, a command or another file on their way to a node, of any source. They
 * are looked for before anything starts; transports refuse them once more.
 */
export function unsafeProblem(targets: readonly Target[]): Problem | undefined {
  const lines = byReason(
    targets.flatMap((target) => {
      const finding = findingIn(target);
      return finding ? [{ node: target.node, reason: sentenceOf(finding) }] : [];
    }),
  );
  if (lines.length === 0) return undefined;
  return { code: 'inventory/unsafe', severity: 'error', message: lines.join('\n') };
}

/** Refuses an endpoint whose names, port or paths can not be what they should be. */
export function endpointProblem({
  host,
  user,
  hostKeyAlias,
}: Pick<Endpoint, 'host' | 'user' | 'hostKeyAlias'>): Finding | undefined {
  return (
    hostProblem(host) ??
    (user === undefined ? undefined : userProblem(user)) ??
    (hostKeyAlias === undefined ? undefined : hostProblem(hostKeyAlias))
  );
}

function findingIn({ transport, options }: Target): Finding | undefined {
  if (transport === 'local') {
    const local = localOptions.safeParse(options);
    return local.success
      ? pathProblem(local.data.cwd)
      : { message: 'The folder is missing.', fix: 'Set "cwd".' };
  }
  const remote = way.safeParse(options);
  if (!remote.success) return shapeProblem(remote.error.issues[0]?.path ?? []);
  return [...(remote.data.via ?? []), remote.data]
    .map(wholeEndpoint)
    .find((finding) => finding !== undefined);
}

function wholeEndpoint(hop: Omit<Endpoint, 'port'>): Finding | undefined {
  const paths = [...(hop.identityFiles ?? []), ...(hop.knownHosts ?? [])];
  return endpointProblem(hop) ?? paths.map(pathProblem).find((finding) => finding !== undefined);
}

function shapeProblem(path: readonly PropertyKey[]): Finding {
  const key = path.map(String).join('.');
  return { message: `The connection setting "${key}" is not valid.`, fix: 'Mend it in the inventory.' };
}

/** A path that a program could take for an option, or that holds what no path has. */
function pathProblem(path: string): Finding | undefined {
  const isOdd = path.startsWith('-') || /\p{Cc}/u.test(path);
  if (!isOdd) return undefined;
  return {
    message: `The path "${visible(path).slice(0, 60)}" can not be used.`,
    fix: 'Write an absolute path.',
  };
}
