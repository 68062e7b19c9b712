import { messageOf } from '../../util/errors.ts';

/** Longest pattern of a person's. */
const patternLength = 200;

/** What is written for a group that only holds together. */
const plainGroup = '(?:…) for (…)';

/**
 * Why a person's pattern can not be a mask; undefined where it can. It may not take more time than its line is long: no
 * group that repeats is repeated, and nothing refers back. `instead` says what to write for a group that is remembered.
 */
export function patternProblem(pattern: string, instead = plainGroup): string | undefined {
  if (pattern === '') return 'The pattern is empty.';
  if (pattern.length > patternLength)
    return `The pattern has ${pattern.length} characters, ${patternLength} are allowed.`;
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'u');
  } catch (error) {
    return `The pattern is no regular expression: ${messageOf(error)}`;
  }
  if (expression.test('')) return 'The pattern matches nothing at all, and so everywhere.';
  if (/\\[1-9k]/.test(pattern)) return 'The pattern refers back to a group, which masks can not.';
  if (/\((?!\?)/.test(pattern.replace(/\\./g, '').replace(/\[[^\]]*\]/g, '')))
    return `The pattern has a group that is remembered: write ${instead}.`;
  if (/[*+}]\??\)(?:[*+]|\{\d+,)/.test(pattern.replace(/\\./g, '')))
    return 'The pattern repeats a group that repeats: on some lines it would take for ever.';
  return undefined;
}
