import type { Diagnostic } from 'vscode-languageserver-types';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver-types';
import { sentenceOf } from '../../../core/util/problem.ts';
import type { MusterDocument } from '../document.ts';
import { levelOf, type RuleLevels } from '../rules/levels.ts';
import type { Level } from '../rules/rule.ts';
import { linkOf } from '../rules/rules.ts';
import type { Finding } from './finding.ts';
import { isSuppressed, suppressionsIn } from './suppress.ts';

/** Editors become slow with more, and nobody reads them. */
const most = 1000;

export type DiagnosticPages = {
  /** Folder of the pages about rules, as a URI that ends with a slash; none where nobody can open them. */
  readonly pages?: string | undefined;
};

/** A finding that is told, and how loud. */
export type Told = { readonly finding: Finding; readonly level: Exclude<Level, 'off'> };

/** What is told of a document: what no setting switches off and no comment silences. */
export function told(
  document: MusterDocument,
  findings: readonly Finding[],
  levels: RuleLevels,
): readonly Told[] {
  const suppressions = suppressionsIn(document.document.getText());
  return findings.flatMap((finding): Told[] => {
    const level = levelOf(finding, levels);
    const isQuiet = isSuppressed({ code: finding.code, line: finding.range.start.line }, suppressions);
    return level === 'off' || isQuiet ? [] : [{ finding, level }];
  });
}

/** The diagnostics of a document, as editors show them. */
export function diagnosticsOf(all: readonly Told[], { pages }: DiagnosticPages): Diagnostic[] {
  return all.slice(0, most).map(({ finding, level }) => {
    const { code, range, related, isUnnecessary } = finding;
    // What is stored is a secret, and no part of what is told.
    const repairs = (finding.repairs ?? []).filter(({ stores }) => !stores);
    const href = pages === undefined ? undefined : linkOf(code, pages);
    return {
      range,
      severity: severities[level],
      code,
      source: 'muster',
      message: sentenceOf(finding),
      ...(href !== undefined && { codeDescription: { href } }),
      ...(isUnnecessary && { tags: [DiagnosticTag.Unnecessary] }),
      ...(related && {
        relatedInformation: related.map(({ message: what, uri, range: place }) => ({
          message: what,
          location: { uri, range: place },
        })),
      }),
      ...(repairs.length > 0 && { data: { repairs } }),
    };
  });
}

const severities = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
} as const;
