import { unknownNames } from '../../../core/playbook/read/check.ts';
import { salvage } from '../../../core/playbook/read/salvage.ts';
import type { Problem, TextPlace } from '../../../core/util/problem.ts';
import { configuredSecrets, withConfigured } from './configured.ts';
import type { FilledFile } from './filledFiles.ts';
import { rangeIn } from './filledFiles.ts';
import type { Finding, Repair } from './finding.ts';
import type { Subject } from './subject.ts';
import { toldOf } from './toldOf.ts';

/** What is wrong in files that steps fill in: the engine says it when the playbook is planned. */
export function* templateFindings(subject: Subject): Iterable<Finding> {
  const { files } = subject.filled;
  if (files.length === 0) return;
  const { declared } = salvage(subject.document.parsed, undefined);
  const secrets = configuredSecrets(subject.workspace);
  const names = (file: FilledFile): readonly Problem[] =>
    withConfigured(unknownNames([file], declared), secrets);
  for (const file of files) {
    const range = subject.range(file.path, 'value');
    const say = (place: TextPlace, { code, severity, ...problem }: Omit<Problem, 'range'>): Finding => {
      const { message, fix } = problem;
      const found: Finding = { code, level: severity, message, ...(fix !== undefined && { fix }), range };
      const repairs = meantRepair(file, place, problem);
      return toldOf(file, place, repairs.length > 0 ? { ...found, repairs } : found);
    };
    const form = file.written.problems.map((problem) => ({
      ...problem,
      severity: 'error' as const,
      range: problem,
    }));
    for (const { range: place, ...problem } of [...form, ...names(file)].toSorted(byStart))
      if (place) yield say(place, problem);
  }
}

type Placed = { readonly range?: TextPlace | undefined };

function byStart(a: Placed, b: Placed): number {
  return (a.range?.start ?? 0) - (b.range?.start ?? 0);
}

/** The word that was meant, in the file itself. */
function meantRepair(
  file: FilledFile,
  place: TextPlace,
  { meant, name: unknown }: Pick<Problem, 'meant' | 'name'>,
): readonly Repair[] {
  if (meant === undefined) return [];
  const written = file.text.slice(place.start, place.end);
  const name = unknown ?? written;
  const newText = written.includes(name) ? written.replace(name, () => meant) : meant;
  const edit = { range: rangeIn(file, place), newText };
  return [{ title: `Change to "${meant}"`, edits: [], elsewhere: { [file.uri]: [edit] } }];
}
