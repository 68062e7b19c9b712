import type { Assertion, RegexNode } from './syntax.ts';

/** One state of the automaton; `next` are indexes into the program. */
export type Instruction =
  | { readonly type: 'character'; readonly test: (char: string) => boolean; readonly next: number }
  | { readonly type: 'assertion'; readonly assertion: Assertion; readonly next: number }
  | { readonly type: 'split'; readonly next: readonly number[] }
  | { readonly type: 'match' };

export type Program = { readonly instructions: readonly Instruction[]; readonly start: number };

/** How many instructions the expression takes, counted repeats written out. */
export function sizeOf(node: RegexNode): number {
  switch (node.type) {
    case 'character':
    case 'assertion':
      return 1;
    case 'sequence':
    case 'choice':
      return node.items.reduce((sum, item) => sum + sizeOf(item), 1);
    case 'repeat':
      return (sizeOf(node.item) + 1) * (node.most === Infinity ? node.least + 1 : node.most) + 1;
  }
}

/** Compiles from the end to the beginning: each piece knows where to go on. */
export function compileProgram(node: RegexNode): Program {
  const instructions: Instruction[] = [{ type: 'match' }];
  const start = emit(instructions, node, 0);
  return { instructions, start };
}

/**
 * Whether the program matches anywhere in the text. All states advance together, one character at a time
 * (Thompson, "Regular Expression Search Algorithm", 1968): time grows with program size times length, never faster.
 */
export function runProgram({ instructions, start }: Program, text: string): boolean {
  const characters = Array.from(text);
  const seen = new Uint8Array(instructions.length);
  let waiting: number[] = [start];
  for (let at = 0; at <= characters.length; at += 1) {
    seen.fill(0);
    const next: number[] = [start];
    for (let state = waiting.pop(); state !== undefined; state = waiting.pop()) {
      const instruction = instructions[state];
      if (!instruction || seen[state] === 1) continue;
      seen[state] = 1;
      if (instruction.type === 'match') return true;
      if (instruction.type === 'split') waiting.push(...instruction.next);
      else if (instruction.type === 'assertion') {
        if (holds(instruction.assertion, characters, at)) waiting.push(instruction.next);
      } else if (at < characters.length && instruction.test(characters[at] ?? ''))
        next.push(instruction.next);
    }
    waiting = next;
  }
  return false;
}

/** Adds the instructions of a node that goes on at `next`; gives its first instruction. */
function emit(instructions: Instruction[], node: RegexNode, next: number): number {
  switch (node.type) {
    case 'character':
      return instructions.push({ type: 'character', test: characterTest(node.source), next }) - 1;
    case 'assertion':
      return instructions.push({ type: 'assertion', assertion: node.assertion, next }) - 1;
    case 'sequence':
      return node.items.reduceRight((after, item) => emit(instructions, item, after), next);
    case 'choice':
      return (
        instructions.push({ type: 'split', next: node.items.map((item) => emit(instructions, item, next)) }) -
        1
      );
    case 'repeat':
      return emitRepeat(instructions, node, next);
  }
}

function emitRepeat(instructions: Instruction[], node: RegexNode & { type: 'repeat' }, next: number): number {
  let start = next;
  if (node.most === Infinity) {
    start = instructions.push({ type: 'split', next: [] }) - 1;
    instructions[start] = { type: 'split', next: [emit(instructions, node.item, start), next] };
  } else {
    for (let copy = node.least; copy < node.most; copy += 1) {
      start = instructions.push({ type: 'split', next: [emit(instructions, node.item, start), next] }) - 1;
    }
  }
  for (let copy = 0; copy < node.least; copy += 1) start = emit(instructions, node.item, start);
  return start;
}

function characterTest(source: string): (char: string) => boolean {
  const regex = new RegExp(`^(?:${source})$`, 'u');
  const known = new Map<string, boolean>();
  return (char) => {
    const found = known.get(char) ?? regex.test(char);
    known.set(char, found);
    return found;
  };
}

function holds(assertion: Assertion, characters: readonly string[], at: number): boolean {
  switch (assertion) {
    case 'start':
      return at === 0;
    case 'end':
      return at === characters.length;
    case 'boundary':
      return isWord(characters[at - 1]) !== isWord(characters[at]);
    case 'no-boundary':
      return isWord(characters[at - 1]) === isWord(characters[at]);
  }
}

function isWord(char: string | undefined): boolean {
  return char !== undefined && /^\w$/.test(char);
}
