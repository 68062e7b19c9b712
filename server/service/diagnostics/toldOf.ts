import type { TextPlace } from '../../../core/util/problem.ts';
import { type FilledFile, rangeIn } from './filledFiles.ts';
import type { Finding } from './finding.ts';

/** What is said of a place in a file that a step fills in: told where the step names the file, with the place itself beside it. */
export function toldOf(file: FilledFile, place: TextPlace, finding: Finding): Finding {
  const range = rangeIn(file, place);
  const where = `${file.name}:${range.start.line + 1}:${range.start.character + 1}`;
  const here = { message: 'It stands here.', uri: file.uri, range };
  return {
    ...finding,
    message: `${where} ${finding.message}`,
    related: [here, ...(finding.related ?? [])],
  };
}
