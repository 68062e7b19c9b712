import { nearest } from '../../../core/util/nearest.ts';
import { didYouMean, sentenceOf } from '../../../core/util/problem.ts';
import { keysOf } from '../edit/entries.ts';
import { rangeInside } from '../facts/place.ts';
import { isRule } from '../rules/levels.ts';
import { rules } from '../rules/rules.ts';
import { chosenBy } from './chosen.ts';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';
import { suppressionsIn } from './suppress.ts';

/** Rules that are named and that there are not, in comments and in configurations. */
export function* ruleFindings(subject: Subject): Iterable<Finding> {
  const { document, parsed } = subject.document;
  for (const { codes } of suppressionsIn(document.getText())) {
    const unknown = codes.filter(({ code }) => !isRule(code, rules));
    const [first] = unknown;
    const last = unknown.at(-1);
    if (!first || !last) continue;
    const range = { start: document.positionAt(first.start), end: document.positionAt(last.end) };
    const isProse = unknown.length > 1 && unknown.every(({ code }) => !code.includes('/'));
    if (isProse) yield proseFor(range, document.getText(range));
    else
      for (const { code, start, end } of unknown)
        yield unknownRule(code, { start: document.positionAt(start), end: document.positionAt(end) });
  }
  if (document.languageId !== 'muster-config') return;
  for (const code of keysOf(parsed.writtenAt(['rules'])))
    if (!isRule(code, rules)) yield unknownRule(code, subject.range(['rules', code], 'key'));
}

/** A reason that stands where codes are meant. */
function proseFor(range: Finding['range'], text: string): Finding {
  return {
    code: 'muster/unknown-rule',
    message: `"${text}" names no rules. A reason stands behind " -- ".`,
    range,
    repairs: [
      {
        title: 'Write " -- " before the reason',
        edits: [{ range: { start: range.start, end: range.start }, newText: '-- ' }],
      },
    ],
  };
}

function unknownRule(code: string, range: Finding['range']): Finding {
  const near = nearest(
    code,
    rules.map((rule) => rule.code),
  );
  return {
    code: 'muster/unknown-rule',
    message: `There is no rule "${code}". ${near === undefined ? 'The codes are in docs/rules.' : didYouMean(near)}`,
    range,
    ...(near !== undefined && {
      repairs: [{ title: `Change to "${near}"`, edits: [{ range, newText: near }], isSure: true }],
    }),
  };
}

/** Names in a policy that no inventory of the workspace has: the rule is for none of its nodes. */
export function* policyFindings(subject: Subject): Iterable<Finding> {
  const { document, workspace } = subject;
  if (document.document.languageId !== 'muster-policy' || !workspace.isClosed) return;
  yield* unknownTags(subject);
  const rulesWritten = document.parsed.writtenAt(['rules']);
  if (!Array.isArray(rulesWritten)) return;
  for (const at of rulesWritten.keys()) {
    const path = ['rules', at, 'targets'];
    const text = document.parsed.writtenAt(path);
    if (typeof text !== 'string') continue;
    for (const problem of chosenBy(text, workspace).problems) {
      if (problem.code !== 'SELECTION_UNKNOWN' || !problem.range) continue;
      const range = rangeInside(document, { path, part: 'value', value: text }, problem.range);
      yield {
        code: problem.code,
        level: 'info',
        message: `${sentenceOf(problem)} The rule is for none of these.`,
        range,
      };
    }
  }
}

/** Tags in lists of a policy. `protected` counts wherever nothing is said, so that it may be there before its nodes. */
function* unknownTags({ occurrences, workspace }: Subject): Iterable<Finding> {
  const known = workspace.inventory.tags;
  for (const { kinds, name, path, range, within } of occurrences) {
    if (!kinds.includes('tag') || within !== 'text' || known.has(name) || name === 'protected') continue;
    const near = nearest(name, [...known.keys()]);
    const what = path[0] === 'rules' ? 'The rule is for none of them.' : 'It protects nothing.';
    yield {
      code: 'SELECTION_UNKNOWN',
      level: 'info',
      message: `No node has the tag "${name}". ${near === undefined ? what : didYouMean(near)}`,
      range,
      ...(near !== undefined && {
        repairs: [{ title: `Change to "${near}"`, edits: [{ range, newText: near }] }],
      }),
    };
  }
}
