import { expandNames } from '../core/selection/nodeset.ts';
import { refuse, type Result } from '../core/util/errors.ts';

const mostNodes = 5000;

/** Names of nodes, such as `web[01-20],db1`. Refused with SELECTION_SYNTAX where they are none, or more than 5000. */
export function readNodeNames(text: string): Result<string[]> {
  const { names, problems } = expandNames(text, mostNodes);
  const [problem] = problems;
  return problem ? refuse('SELECTION_SYNTAX', problem.message) : { ok: true, value: [...names] };
}
