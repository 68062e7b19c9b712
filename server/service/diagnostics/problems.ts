import type { Range } from 'vscode-languageserver-types';
import type { Problem } from '../../../core/util/problem.ts';
import type { MusterDocument } from '../document.ts';
import { rangeOf } from '../document.ts';
import { canonicalUri } from '../uris.ts';
import { withConfigured } from './configured.ts';
import type { Finding, Repair } from './finding.ts';
import { repairsOf } from './repairs.ts';

/** What the engine itself says about a document, as findings with what mends them; `secrets` are those of configurations. */
export function problemFindings({
  document,
  secrets,
}: {
  readonly document: MusterDocument;
  readonly secrets: readonly string[];
}): readonly Finding[] {
  return withConfigured(document.problems, secrets).map((problem) => findingOf(problem, document));
}

export function findingOf(problem: Problem, document: MusterDocument): Finding {
  const { code, severity, message: what, fix, related } = problem;
  const range = rangeOf(document.document, problem.range);
  const repairs = [...meantRepair(problem, document, range), ...repairsOf(problem, document)];
  return {
    code,
    level: severity,
    message: what,
    ...(fix !== undefined && { fix }),
    range,
    ...(related && {
      related: related.map(({ message, file, range: place }) => ({
        message,
        uri: file === undefined ? document.document.uri : canonicalUri(file),
        range: rangeOf(document.document, place),
      })),
    }),
    ...(repairs.length > 0 && { repairs }),
  };
}

/** The word that was meant, in the place of the one that is there. */
function meantRepair(problem: Problem, { document }: MusterDocument, range: Range): readonly Repair[] {
  const { meant } = problem;
  if (meant === undefined || !problem.range) return [];
  const written = document.getText(range);
  const quote = /^["'](?=.*["']$)/s.exec(written)?.[0] ?? '';
  const bare = quote === '' ? written : written.slice(1, -1);
  // A name in an expression is a part of what is marked: `vars.prot`.
  const { name = bare } = problem;
  const mended = bare.includes(name) ? bare.replace(name, () => meant) : meant;
  const newText = quote + mended + quote;
  // Which machine is meant is for people to say.
  const isSure = problem.code !== 'inventory/unknown-node';
  return [{ title: `Change to "${meant}"`, edits: [{ range, newText }], isSure }];
}
