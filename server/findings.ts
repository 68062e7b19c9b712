import { type Told, told } from './service/diagnostics/diagnose.ts';
import type { Finding } from './service/diagnostics/finding.ts';
import { findingsOf } from './service/diagnostics/findings.ts';
import type { MusterDocument } from './service/document.ts';
import { configuredLevels, type RuleLevels } from './service/rules/levels.ts';
import type { Workspace } from './service/workspace.ts';

/** What is told of documents; each version is looked at once for each state of the workspace. */
export type Findings = {
  of(document: MusterDocument, workspace: Workspace): readonly Told[];
};

export function createFindings(deps: {
  /** Levels that the client's settings say; they win over those of the workspace. */
  readonly levels: () => RuleLevels;
  /** What other programs said of this very version. */
  readonly more: (document: MusterDocument) => readonly Finding[];
}): Findings {
  const known = new WeakMap<MusterDocument, { workspace: Workspace; found: readonly Finding[] }>();
  return {
    of(document, workspace) {
      const before = known.get(document);
      const found = before?.workspace === workspace ? before.found : findingsOf(document, workspace);
      known.set(document, { workspace, found });
      const levels = new Map([...configuredLevels(workspace), ...deps.levels()]);
      return told(document, [...found, ...deps.more(document)], levels);
    },
  };
}
