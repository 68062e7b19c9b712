import type { Operator } from '../../selection/calculator/scan.ts';
import { nearest } from '../../util/nearest.ts';
import { visible } from '../../util/visible.ts';
import { hostProblem } from '../address.ts';
import { didYouMean, type TextPlace } from '../../util/problem.ts';
import type { Declared, DeclaredGroup, GroupSource, Written } from './declared.ts';
import type { Term } from './terms.ts';
import { namesOf, readTerms } from './terms.ts';

/** What a group comes to. */
export type Evaluated = {
  readonly nodes: ReadonlySet<string>;
  /** Where all operands are united: the nodes that stand there themselves, and the groups beside them. */
  readonly parts?: { readonly nodes: readonly string[]; readonly groups: readonly GroupId[] };
};

/** A group by its source. */
export type GroupId = { readonly source: string; readonly name: string };

export type Evaluator = { group(source: GroupSource, group: DeclaredGroup): Evaluated };

/** Names that a configuration may make in all, those taken away again included. */
const mostNames = 1_000_000;
/** Groups inside groups inside groups. */
const deepest = 100;

type State = {
  readonly declared: Declared;
  readonly known: Map<DeclaredGroup, Evaluated>;
  /** Groups that are being evaluated, from the outermost. */
  readonly open: DeclaredGroup[];
  left: number;
};

const nothing: Evaluated = { nodes: new Set() };

/** Evaluates groups, each once. What can not be evaluated is a problem of the text where it stands. */
export function evaluatorOf(declared: Declared): Evaluator {
  const state: State = { declared, known: new Map(), open: [], left: mostNames };
  return { group: (source, group) => evaluate(source, group, state) };
}

function evaluate(source: GroupSource, group: DeclaredGroup, state: State): Evaluated {
  const known = state.known.get(group);
  if (known) return known;
  state.open.push(group);
  const evaluated = calculate(group.values.flatMap((value) => operandsOf(value, source, state)));
  state.open.pop();
  state.known.set(group, evaluated);
  return evaluated;
}

type Operand = Evaluated & { readonly operator: Operator };

/**
 * ClusterShell puts commas between the words of a value, and between the items of a list, before it reads it: an
 * operator takes everything before it, whatever words it stands in.
 */
function operandsOf(value: Written, source: GroupSource, state: State): Operand[] {
  const words = value.text.matchAll(/(?:[^\s[\]]|\[[^\]]*\]?|\])+/g);
  return [...words].flatMap(({ 0: word, index }) => {
    const at = (place: TextPlace): TextPlace => ({
      start: Math.min(value.start + index + place.start, value.end),
      end: Math.min(value.start + index + place.end, value.end),
    });
    return operandsOfWord(word, { value, source, at }, state);
  });
}

type Where = {
  readonly value: Written;
  readonly source: GroupSource;
  at(place: TextPlace): TextPlace;
};

function operandsOfWord(word: string, where: Where, state: State): Operand[] {
  const { terms, complaint } = readTerms(word);
  if (complaint) {
    const { place, message, fix } = complaint;
    where.value.source.report(where.at(place), { code: 'clustershell/nodeset', message, fix });
    return [];
  }
  return terms.map((term) => ({ ...operandOf(term, where, state), operator: term.operator }));
}

function calculate(operands: readonly Operand[]): Evaluated {
  if (operands.every(({ operator }) => operator === ',')) return unite(operands);
  return {
    nodes: operands.reduce((nodes, each) => combine(nodes, each.operator, each.nodes), new Set<string>()),
  };
}

function combine(nodes: Set<string>, operator: Operator, operand: ReadonlySet<string>): Set<string> {
  if (operator === '&') return new Set([...nodes].filter((name) => operand.has(name)));
  for (const name of operand) {
    if (operator === ',') nodes.add(name);
    else if (!nodes.delete(name) && operator === '^') nodes.add(name);
  }
  return nodes;
}

function operandOf(term: Term, where: Where, state: State): Evaluated {
  const refuse = (code: string, message: string, fix?: string): Evaluated => {
    where.value.source.report(where.at(term), { code: `clustershell/${code}`, message, fix });
    return nothing;
  };
  if (term.count > state.left) {
    const limit = mostNames.toLocaleString('en');
    return refuse('range', `The groups stand for more than ${limit} names.`, 'Write smaller ranges.');
  }
  state.left -= term.count;
  if (term.kind === 'nodes') {
    const names = namesOf(term);
    const [bad] = names.flatMap((name) => hostProblem(name) ?? []);
    return bad
      ? refuse('node', bad.message, bad.fix)
      : { nodes: new Set(names), parts: { nodes: names, groups: [] } };
  }
  const source = term.prefix === undefined ? where.source : state.declared.sources.get(term.prefix);
  if (!source) {
    const near = nearest(term.prefix ?? '', state.declared.sources.keys());
    const fix = near === undefined ? undefined : didYouMean(near);
    return refuse('unknown-source', `There is no group source "${visible(term.prefix ?? '')}".`, fix);
  }
  const names = term.kind === 'every' ? everyGroup(source) : namesOf(term);
  return unite(
    names.map((name) => {
      const group = source.groups.get(name);
      if (!group) return unknownGroup(name, source, refuse);
      const from = state.open.indexOf(group);
      if (from !== -1) {
        const path = [...state.open.slice(from), group].map((each) => each.name).join(' → ');
        return refuse('cycle', `Group "${name}" contains itself: ${path}.`, 'Take one of them out.');
      }
      if (state.open.length >= deepest)
        return refuse('depth', `More than ${deepest} groups inside each other.`, 'Name the nodes instead.');
      const { nodes } = evaluate(source, group, state);
      state.left -= nodes.size;
      return { nodes, parts: { nodes: [], groups: [{ source: source.name, name }] } };
    }),
  );
}

function unknownGroup(
  name: string,
  source: GroupSource,
  refuse: (code: string, message: string, fix?: string) => Evaluated,
): Evaluated {
  if (source.commands) {
    const message = `The groups of "${source.name}" come from commands, which are not executed.`;
    return refuse('upcall', message, 'Write the nodes, or put the groups into a YAML file.');
  }
  const near = nearest(name, source.groups.keys());
  const fix = near === undefined ? undefined : didYouMean(near);
  return refuse('unknown-group', `There is no group "${visible(name)}" in the source "${source.name}".`, fix);
}

/** What stands for all nodes of a source: its group `all`, or every group where it has none. */
function everyGroup({ groups }: GroupSource): string[] {
  return groups.has('all') ? ['all'] : [...groups.keys()];
}

function unite(all: readonly Evaluated[]): Evaluated {
  const [first, ...others] = all;
  if (first && others.length === 0) return first;
  const nodes = new Set(all.flatMap((each) => [...each.nodes]));
  if (all.some(({ parts }) => !parts)) return { nodes };
  const parts = all.flatMap((each) => each.parts ?? []);
  return {
    nodes,
    parts: {
      nodes: parts.flatMap((each) => each.nodes),
      groups: parts.flatMap((each) => each.groups),
    },
  };
}
