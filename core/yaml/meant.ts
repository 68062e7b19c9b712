import type { Shape } from '../schema/shape.ts';
import { wordFor } from '../schema/aliases.ts';
import { paramTypes } from '../schema/param.ts';
import { kindsWith, stepKinds } from '../schema/step.ts';
import { nearest } from '../util/nearest.ts';
import { clip } from './scalar.ts';

/** Keys that a message lists before it becomes too long to help. */
const mostListed = 15;
const fewListed = 8;

/** All keys that a map of these shapes may have. */
export function keysOf(shapes: readonly Shape[]): readonly string[] {
  return shapes.flatMap((shape) => (shape.kind === 'object' ? Object.keys(shape.keys) : []));
}

/** Keys that may stand in a map: those that are likely beside what is there, and where the others are to be found. */
export function knownHere(known: readonly string[], written: unknown): string {
  if (known.length <= mostListed) return `Known here: ${known.join(', ')}.`;
  const there = typeof written === 'object' && written !== null ? Object.keys(written) : [];
  const fitting = isStep(known) ? fittingIn(known, there) : known;
  const free = fitting.filter((key) => !there.includes(key));
  const listed = free.slice(0, fewListed);
  const others = known.length - listed.length;
  return `Likely here: ${listed.join(', ')}. The other ${others} are in docs/reference, and offered while you type.`;
}

function isStep(known: readonly string[]): boolean {
  return stepKinds.every((kind) => known.includes(kind));
}

/** What a step may do, where it does nothing yet; else how it does it. */
function fittingIn(known: readonly string[], there: readonly string[]): readonly string[] {
  const kind = stepKinds.find((each) => there.includes(each));
  if (kind === undefined) return stepKinds;
  const own = known.filter((key) => kindsWith(key)?.includes(kind));
  const common = ['name', 'when', 'needs', 'timeout'].filter((key) => known.includes(key));
  return [...common, ...own, ...known.filter((key) => !stepKinds.some((each) => each === key))].filter(
    (key, at, all) => all.indexOf(key) === at && (kindsWith(key)?.includes(kind) ?? true),
  );
}

/** What to write where a map has a short form in other tools: kinds of parameters, names of nodes, files with nodes. */
export function meantByWhole(
  path: readonly PropertyKey[],
  found: unknown,
  known: readonly string[],
): string | undefined {
  const isText = typeof found === 'string' && found !== '';
  if (isText && known.includes('sensitive') && known.includes('pattern')) {
    const type =
      wordFor(found, paramTypes) ?? (paramTypes.some((each) => each === found) ? found : undefined);
    return type === undefined ? `Write { default: ${clip(found)} }.` : `Write { type: ${type} }.`;
  }
  if (isText && path[0] === 'sources' && known.includes('ttl'))
    return `Write { type: ${sourceTypeOf(found)}, path: ${clip(found)} }, with the kind that it is.`;
  if (path.length === 1 && path[0] === 'nodes' && Array.isArray(found)) {
    const [first] = found.filter((each) => typeof each === 'string');
    return `Write each as a key: "${clip(first ?? 'web1')}:" instead of "- ${clip(first ?? 'web1')}".`;
  }
  if (path[0] === 'groups' && path.length === 1 && Array.isArray(found))
    return 'Write each as a key, with its nodes: "web: [web1, web2]".';
  return undefined;
}

/** By the name of a file. */
function sourceTypeOf(name: string): string {
  if (/\.csv$/i.test(name)) return 'csv';
  if (/\.inventory\.ya?ml$/i.test(name)) return 'muster';
  if (/ssh_config$|\.ssh\/config/.test(name)) return 'ssh-config';
  return 'ansible';
}

/** What to write where the form of a text, list or map says what was meant by it. */
export function meantByForm(expected: string, found: unknown, known: readonly string[]): string | undefined {
  if (typeof found === 'string' && known.length > 0) return meantByText(found, known);
  if (found === null && isStep(known))
    return 'Write what it does, such as "run: uptime", or take the "-" out.';
  if (expected !== 'array' || typeof found !== 'object' || found === null || Array.isArray(found))
    return undefined;
  const keys = found instanceof Map ? [...found.keys()].map(String) : Object.keys(found);
  return keys.some((key) => /^-\S/.test(key))
    ? 'Write a space behind each "-".'
    : 'Write "- " before each entry.';
}

/** A key without its value, one without the space behind its colon, or what a step is to run. */
function meantByText(text: string, known: readonly string[]): string | undefined {
  const [, key = '', rest = ''] = /^([\w-]+):(\S.*)$/s.exec(text) ?? [];
  if (known.includes(key)) return `Write "${key}: ${clip(rest)}", with a space behind the colon.`;
  const near = /\s/.test(text) ? undefined : (startOf(text, known) ?? nearest(text, known));
  if (near !== undefined) return `Write a key and its value, such as "${near}: …".`;
  return isStep(known) ? `Write "run: ${clip(text)}".` : undefined;
}

/** The first key that begins so. */
function startOf(text: string, known: readonly string[]): string | undefined {
  return text === '' ? undefined : known.find((key) => key.toLowerCase().startsWith(text.toLowerCase()));
}

/** Names that stand in a list where a selection is one text. */
export function meantAsList(found: unknown, shapes: readonly Shape[]): string | undefined {
  const isSelection = shapes.some((shape) => shape.kind === 'text' && shape.role === 'selection');
  if (!isSelection || !Array.isArray(found)) return undefined;
  const names = found.filter((each) => typeof each === 'string');
  return names.length === found.length && names.length > 0
    ? `Write them as one text: "${clip(names.join(','))}".`
    : undefined;
}
