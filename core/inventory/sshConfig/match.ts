import type { Condition, UnsureCondition } from './statements.ts';

const withoutArgument: readonly string[] = ['all', 'canonical', 'final'];
const unsure: readonly string[] = ['exec', 'localnetwork', 'version', 'sessiontype', 'command'];
const withArgument: readonly string[] = ['host', 'originalhost', 'user', 'localuser', 'tagged', ...unsure];

/** Reads the conditions of a Match line; `name value` or `name=value`, `!` before one negates it. */
export function readConditions(
  words: readonly string[],
): { conditions: readonly Condition[] } | { message: string } {
  const conditions: Condition[] = [];
  if (words.length === 0) return { message: 'Match has no condition.' };
  for (let at = 0; at < words.length; at++) {
    const [head, attached] = divide(words[at] ?? '');
    const isNegated = head.startsWith('!');
    const name = (isNegated ? head.slice(1) : head).toLowerCase();
    if (!isCondition(name)) return { message: `Match has no condition "${name}".` };
    if (withoutArgument.includes(name)) {
      if (name === 'all' && isNegated) return { message: '"all" can not be negated.' };
      conditions.push({ name, isNegated, patterns: [] });
      continue;
    }
    const value = attached ?? words[++at];
    if (value === undefined || (value === '' && name !== 'tagged'))
      return { message: `Match "${name}" has no value.` };
    conditions.push({ name, isNegated, patterns: name === 'exec' ? [value] : value.split(',') });
  }
  if (allIsLast(conditions)) return { conditions };
  return { message: '"all" can not be combined with other conditions.' };
}

function divide(word: string): [string, string | undefined] {
  const equals = word.indexOf('=');
  return equals === -1 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

/** Whether only ssh itself could tell. */
export function isUnsure(name: Condition['name']): name is UnsureCondition {
  return unsure.includes(name);
}

function isCondition(name: string): name is Condition['name'] {
  return withoutArgument.includes(name) || withArgument.includes(name);
}

/** ssh lets one condition stand before `all`, and none after it. */
function allIsLast(conditions: readonly Condition[]): boolean {
  const at = conditions.findIndex(({ name }) => name === 'all');
  return at === -1 || (at === conditions.length - 1 && at <= 1);
}
