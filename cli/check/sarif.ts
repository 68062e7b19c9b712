import { sentenceOf } from '../../core/util/problem.ts';
import type { Rule } from '../../server/check.ts';
import { ruleOf } from '../../server/check.ts';
import type { Reported, ReportedRange } from './reported.ts';

/** The report in the form of code scanners: SARIF 2.1.0 (OASIS), one run. */
export function asSarif(problems: readonly Reported[], version: string): string {
  const codes = [...new Set(problems.map(({ code }) => code))].toSorted();
  const sarif = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'muster', version, rules: codes.map(descriptor) } },
        columnKind: 'utf16CodeUnits',
        results: problems.map((problem) => result(problem, codes)),
      },
    ],
  };
  return `${JSON.stringify(sarif, null, 2)}\n`;
}

function descriptor(code: string) {
  const rule = ruleOf(code);
  if (!rule) return { id: code };
  return {
    id: code,
    shortDescription: { text: rule.title },
    help: { text: rule.text, markdown: rule.text },
    defaultConfiguration: { level: levelOf(rule.level) },
  };
}

function result(problem: Reported, codes: readonly string[]) {
  const { code, severity, file, range, related = [] } = problem;
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levelOf(severity),
    message: { text: sentenceOf(problem) },
    ...(file !== undefined && { locations: [location(file, range)] }),
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        message: { text: place.message },
        ...location(place.file, place.range),
      })),
    }),
  };
}

function levelOf(level: Rule['level']): 'error' | 'warning' | 'note' {
  return level === 'error' || level === 'warning' ? level : 'note';
}

function location(file: string, range: ReportedRange | undefined) {
  const uri = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  const region = range && {
    region: {
      startLine: range.line,
      startColumn: range.column,
      ...(range.endLine !== undefined && { endLine: range.endLine, endColumn: range.endColumn }),
    },
  };
  return {
    physicalLocation: { artifactLocation: { uri: file.startsWith('/') ? `file://${uri}` : uri }, ...region },
  };
}
