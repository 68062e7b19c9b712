import type { Range } from 'vscode-languageserver-types';
import { type GivenMistake, givenMistakes } from '../../../core/playbook/given.ts';
import { Params } from '../../../core/schema/param.ts';
import { options } from '../../../core/schema/stepOptions.ts';
import { canonicalUri, nameOf, resolveUri } from '../uris.ts';
import type { Workspace } from '../workspace.ts';
import type { Finding, Repair } from './finding.ts';
import type { WrittenStep } from './steps.ts';
import type { Subject } from './subject.ts';

/** Steps with a task or playbook that the engine would not take: circles, and `with` that does not fit. */
export function* inclusionFindings(subject: Subject): Iterable<Finding> {
  const { steps, workspace, document } = subject;
  const own = canonicalUri(document.document.uri);
  for (const step of steps)
    for (const key of ['task', 'playbook'] as const) {
      const name = step.text(key);
      const uri = name === undefined ? undefined : resolveUri(own, name);
      if (uri === undefined) continue;
      const way = wayBack(uri, own, workspace);
      if (way) {
        const files = [own, ...way].map(nameOf).join(' → ');
        yield {
          code: 'playbook/file-cycle',
          message: `These files are part of themselves: ${files}. Take one of the steps out.`,
          range: subject.range([...step.path, key], 'value'),
        };
      } else yield* givenFindings(step, { key, uri }, subject);
    }
}

/** The files from one to another that it uses, all the way down; undefined where it does not come to it. */
function wayBack(from: string, to: string, workspace: Workspace): readonly string[] | undefined {
  const seen = new Set<string>();
  const visit = (uri: string): readonly string[] | undefined => {
    if (uri === to) return [uri];
    if (seen.has(uri)) return undefined;
    seen.add(uri);
    for (const inner of filesOfSteps(uri, workspace)) {
      const rest = visit(inner);
      if (rest) return [uri, ...rest];
    }
    return undefined;
  };
  return visit(from);
}

/** Tasks and playbooks that stand in steps of a file. */
function filesOfSteps(uri: string, workspace: Workspace): readonly string[] {
  const { occurrences = [] } = workspace.facts(uri) ?? {};
  return occurrences.flatMap(({ kinds, name, path, role }) => {
    const key = path.at(-1);
    const isStep = typeof path.at(-2) === 'number' && (key === 'task' || key === 'playbook');
    return isStep && role === 'reference' && kinds.includes('file') ? [name] : [];
  });
}

type Used = { readonly key: 'task' | 'playbook'; readonly uri: string };

function* givenFindings(step: WrittenStep, { key, uri }: Used, subject: Subject): Iterable<Finding> {
  const used = subject.workspace.document(uri);
  const params = Params.safeParse(used?.parsed.writtenAt(['params']));
  const given = options.with.safeParse(step.get('with'));
  if (!used || !params.success || !given.success) return;
  for (const mistake of givenMistakes(params.data ?? new Map(), given.data ?? new Map())) {
    const { name, message, isMissing } = mistake;
    const place = [...step.path, 'with', name];
    const range = isMissing ? subject.range([...step.path, key], 'value') : subject.range(place, 'key');
    yield {
      code: 'playbook/param',
      message: `${message}${isMissing ? ' Write it under "with".' : ''} (${nameOf(uri)})`,
      range,
      ...renamed(mistake, range),
    };
  }
}

/** Sets of parameters that the playbook would not take; what one of them lacks may be given at the start. */
export function* batchFindings(subject: Subject): Iterable<Finding> {
  const { parsed, document } = subject.document;
  const sets = parsed.writtenAt(['batch']);
  const params = Params.safeParse(parsed.writtenAt(['params']));
  if (document.languageId !== 'muster-playbook' || !Array.isArray(sets) || !params.success) return;
  for (const [at, set] of sets.entries()) {
    const given = options.with.safeParse(set);
    const mistakes = given.success ? givenMistakes(params.data ?? new Map(), given.data ?? new Map()) : [];
    for (const mistake of mistakes) {
      const { name, message, isMissing } = mistake;
      const range = subject.range(['batch', at, name], 'key');
      if (!isMissing) yield { code: 'playbook/param', message, range, ...renamed(mistake, range) };
    }
  }
}

/** The parameter that was meant, in the place of the name that is there. */
function renamed({ near }: GivenMistake, range: Range): { repairs?: readonly Repair[] } {
  if (near === undefined) return {};
  const edits = [{ range, newText: near }];
  return { repairs: [{ title: `Change to "${near}"`, edits, isSure: true }] };
}
