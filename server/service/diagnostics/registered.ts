import type { InventoryIndex } from '../../../core/inventory/model.ts';
import type { TemplateText } from '../../../core/playbook/read/texts.ts';
import { stepFields } from '../../../core/playbook/template/fields.ts';
import { nearest } from '../../../core/util/nearest.ts';
import { didYouMean } from '../../../core/util/problem.ts';
import { remembered } from '../../../core/util/remembered.ts';
import { keysOf } from '../edit/entries.ts';
import { rangeOf } from '../document.ts';
import type { FilledFile } from './filledFiles.ts';
import type { Finding } from './finding.ts';
import { includedIn, includersOf, variablesMadeIn } from './included.ts';
import { canonicalUri } from '../uris.ts';
import type { Subject } from './subject.ts';
import { toldOf } from './toldOf.ts';

/** What is looked up of a result that a step keeps as a variable, and that results do not have. */
export function* registeredFindings(subject: Subject): Iterable<Finding> {
  const results = registeredNames(subject);
  if (results.size === 0) return;
  const texts: readonly (TemplateText | FilledFile)[] = [...subject.texts, ...subject.filled.files];
  for (const text of texts)
    for (const { path, ...place } of text.written.lookUps) {
      const [top, name = '', field] = path;
      if (top !== 'vars' || field === undefined || !results.has(name)) continue;
      if (fields.has(field) || text.written.asked.has(path.join('.'))) continue;
      const near = nearest(field, stepFields);
      const fix = near === undefined ? `There are: ${stepFields.join(', ')}.` : didYouMean(near);
      const message = `There is no "${field}" in vars.${name}, which is the result of a step.`;
      const isFile = 'lines' in text;
      const range = isFile
        ? subject.range(text.path, 'value')
        : rangeOf(subject.document.document, text.rangeOf(place));
      const finding: Finding = { code: 'playbook/unknown-result', message, fix, range };
      const end = subject.document.document.getText(range);
      const repairs =
        near !== undefined && !isFile && end.endsWith(field)
          ? [
              {
                title: `Change to "${near}"`,
                edits: [{ range, newText: end.slice(0, -field.length) + near }],
              },
            ]
          : [];
      yield isFile ? toldOf(text, place, finding) : { ...finding, repairs };
    }
}

const fields: ReadonlySet<string> = new Set(stepFields);

/** Variables that are results of steps and nothing else. */
function registeredNames(subject: Subject): ReadonlySet<string> {
  const { steps, document, workspace } = subject;
  const names = new Set(steps.flatMap((step) => step.texts('register')));
  if (names.size === 0) return names;
  const { facts, isWhole } = includedIn(subject);
  if (!isWhole) return new Set();
  const others = [
    ...['vars', 'params'].flatMap((key) => keysOf(document.parsed.writtenAt([key]))),
    ...steps.flatMap((step) => keysOf(step.get('set'))),
    ...variablesMadeIn([...facts, ...includersOf(canonicalUri(document.document.uri), workspace)]),
  ];
  for (const name of others) names.delete(name);
  const ofNodes = variablesOfNodes(workspace.inventory);
  return new Set([...names].filter((name) => !ofNodes.has(name)));
}

/** Names of all variables of all nodes: the same inventory is asked with every letter. */
const variablesOfNodes = remembered(
  ({ nodes }: InventoryIndex): ReadonlySet<string> =>
    new Set([...nodes.values()].flatMap(({ vars }) => Object.keys(vars))),
);
