import { formatProblem, sentenceOf } from '../../core/util/problem.ts';
import { visible } from '../../core/util/visible.ts';
import type { Reported } from './reported.ts';

/** Lines for people, and how many there are. */
export function asText(problems: readonly Reported[], files: number): string {
  const lines = problems.map(({ severity, code, ...problem }) => {
    const said = formatProblem({ ...problem, code, severity: 'info', related: undefined });
    return `${severity}: ${visible(said)} [${code}]`;
  });
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  lines.push(`${count} in ${files === 1 ? '1 file' : `${files} files`}`);
  return `${lines.join('\n')}\n`;
}

export function asJson(problems: readonly Reported[]): string {
  return `${JSON.stringify({ version: 1, problems })}\n`;
}

/**
 * Workflow commands of GitHub Actions, which it shows at the lines of a pull request
 * (docs.github.com, "Workflow commands": setting error, warning and notice messages).
 */
export function asGithub(problems: readonly Reported[]): string {
  return problems
    .map((problem) => {
      const { severity, code, file, range } = problem;
      const command = severity === 'error' || severity === 'warning' ? severity : 'notice';
      const properties = [
        ['file', file],
        ['line', range?.line],
        ['endLine', range?.endLine],
        ['col', range?.column],
        ['endColumn', range?.endLine === range?.line ? range?.endColumn : undefined],
        ['title', code],
      ].flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${property(String(value))}`]));
      return `::${command} ${properties.join(',')}::${data(visible(sentenceOf(problem)))}\n`;
    })
    .join('');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
