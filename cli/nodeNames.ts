import { expandNames } from '../core/selection/nodeset.ts';
import { refuse, type Result } from '../core/util/errors.ts';

const mostNodes = 5000;

/** What begins an expression: it stands for other nodes tomorrow, and here names are wanted. */
const expression = /(?:^|[\s,])(?:@|tag:|group:|fact:|!)|[*?&]/;

/** Names of nodes, such as `web[01-20],db1`. Refused with SELECTION_SYNTAX where they are none, or more than 5000. */
export function readNodeNames(text: string): Result<string[]> {
  if (expression.test(text)) {
    const message = `“${text}” is an expression. Write names here: web01, or web[01-20],db1. "muster nodes --on EXPR" lists them.`;
    return refuse('SELECTION_SYNTAX', message);
  }
  const { names, problems } = expandNames(text, mostNodes);
  const [problem] = problems;
  return problem ? refuse('SELECTION_SYNTAX', problem.message) : { ok: true, value: [...names] };
}
