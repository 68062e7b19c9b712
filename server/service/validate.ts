import type { Diagnostic } from 'vscode-languageserver-types';
import { DiagnosticSeverity } from 'vscode-languageserver-types';
import type { Problem } from '../../core/util/problem.ts';
import type { MusterDocument } from './document.ts';
import { rangeOf } from './document.ts';

/** Editors become slow with more, and nobody reads them. */
const most = 1000;

/** Everything that the engine would refuse or warn about, at its place. */
export function validate({ document, problems }: MusterDocument): Diagnostic[] {
  return problems.slice(0, most).map((problem) => ({
    range: rangeOf(document, problem.range),
    severity: severityOf(problem),
    code: problem.code,
    source: 'muster',
    message: problem.fix === undefined ? problem.message : `${problem.message} ${problem.fix}`,
  }));
}

function severityOf({ severity }: Problem): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'info':
      return DiagnosticSeverity.Information;
  }
}
