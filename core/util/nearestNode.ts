import { nearest } from './nearest.ts';

/**
 * The node that was meant by a mistyped name: the one that is called so in front of its domain, else the closest one with
 * the same numbers, as another number is another machine.
 */
export function nearestNode(name: string, nodes: Iterable<string>): string | undefined {
  const wanted = name.toLowerCase();
  const numbers = numbersOf(wanted);
  const byLetters = new Map<string, string>();
  for (const node of nodes) {
    const known = node.toLowerCase();
    if (known === wanted || known.startsWith(`${wanted}.`)) return node;
    if (numbers !== '' && numbersOf(known) !== numbers) continue;
    const letters = numbers === '' ? known : lettersOf(known);
    if (!byLetters.has(letters)) byLetters.set(letters, node);
  }
  const found = nearest(numbers === '' ? wanted : lettersOf(wanted), byLetters.keys());
  return found === undefined ? undefined : byLetters.get(found);
}

/** `web07.rack2` has 7 and 2, as has `web7.rack02`. */
function numbersOf(name: string): string {
  return (name.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, '')).join(',');
}

function lettersOf(name: string): string {
  return name.replaceAll(/\d+/g, '');
}
