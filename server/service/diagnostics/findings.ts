import type { MusterDocument } from '../document.ts';
import { isTrusted } from '../repaired.ts';
import type { Workspace } from '../workspace.ts';
import { commandSecretFindings } from './commandSecrets.ts';
import { delegateFindings } from './delegates.ts';
import { emptyFindings } from './empty.ts';
import { fileFindings } from './files.ts';
import type { Check, Finding } from './finding.ts';
import { flowFindings } from './flow.ts';
import { batchFindings, inclusionFindings } from './inclusions.ts';
import { loopFindings } from './loops.ts';
import { neverMeetFindings } from './neverMeet.ts';
import { nodeFindings } from './nodes.ts';
import { problemFindings } from './problems.ts';
import { registeredFindings } from './registered.ts';
import { configuredSecrets } from './configured.ts';
import { safetyFindings } from './safety.ts';
import { secretFindings } from './secrets.ts';
import { serviceFindings } from './services.ts';
import { policyFindings, ruleFindings } from './settings.ts';
import { shellFindings } from './shell.ts';
import { strategyFindings } from './strategy.ts';
import { subjectOf } from './subject.ts';
import { targetFindings } from './targets.ts';
import { templateFindings } from './templates.ts';
import { shadowingFindings } from './shadowing.ts';
import { unusedFindings } from './unused.ts';
import { valueFindings } from './values.ts';
import { variableFindings } from './variables.ts';

/** What only the editor and `muster check` look for. */
const checks: readonly Check[] = [
  targetFindings,
  delegateFindings,
  strategyFindings,
  inclusionFindings,
  serviceFindings,
  emptyFindings,
  templateFindings,
  variableFindings,
  registeredFindings,
  shadowingFindings,
  unusedFindings,
  flowFindings,
  neverMeetFindings,
  valueFindings,
  fileFindings,
  safetyFindings,
  secretFindings,
  commandSecretFindings,
  loopFindings,
  batchFindings,
  shellFindings,
  nodeFindings,
  policyFindings,
  ruleFindings,
];

/** Everything that can be said of a document: what the engine would refuse or warn about, and advice. In its order. */
export function findingsOf(document: MusterDocument, workspace: Workspace): readonly Finding[] {
  const said = problemFindings({ document, secrets: configuredSecrets(workspace) });
  const subject = subjectOf(document, workspace);
  const known = new Set(said.map(placeOf));
  const advice = checks
    .flatMap((check) => [...check(subject)])
    .filter((finding) =>
      isTrusted({ code: finding.code, range: offsetsOf(finding, document) }, document.damage),
    )
    // What is wrong by itself needs no advice.
    .filter((finding) => !known.has(placeOf(finding)));
  return [...said, ...advice].toSorted(byPlace);
}

function offsetsOf({ range }: Finding, { document }: MusterDocument) {
  return { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
}

function placeOf({ range: { start } }: Finding): string {
  return `${start.line}:${start.character}`;
}

/** Order of findings of one file: from its beginning to its end. */
export function byPlace({ range: { start: a } }: Finding, { range: { start: b } }: Finding): number {
  return a.line - b.line || a.character - b.character;
}
