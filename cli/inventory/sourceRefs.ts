import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type SourceRef, sourceRefOf, SourceType } from '../../core/inventory/source.ts';
import { usualFiles } from '../../core/inventory/usualFiles.ts';
import type { Result } from '../../core/util/errors.ts';
import { openDisk } from '../../engine/sources/diskFiles.ts';

/** Sources of a command line, and whether a person named them. */
export type Chosen = { readonly sources: readonly SourceRef[]; readonly isNamed: boolean };

const emptyName = 'An inventory is named by nothing: is a variable behind -i empty? Write [TYPE:]PATH.';

/** The sources named with -i, or those that the folder, or one above it, usually has. */
export function chooseSources(named: readonly string[], cwd: string): Result<Chosen> {
  if (named.some((text) => text.trim() === ''))
    return { ok: false, error: { code: 'USAGE', message: emptyName } };
  const odd = named.map((text) => unknownType(text, cwd)).find((type) => type !== undefined);
  if (odd !== undefined) {
    const message = `There is no file of that name, and no type "${odd}" of inventories. Types are ${SourceType.options.join(', ')}.`;
    return { ok: false, error: { code: 'USAGE', message } };
  }
  if (named.length > 0)
    return { ok: true, value: { sources: named.map((text) => readSourceRef(text, cwd)), isNamed: true } };
  const { files } = openDisk();
  for (let folder = cwd; ; folder = dirname(folder)) {
    // Only Muster's own files are looked for above: a `hosts` in a home folder means nothing here.
    const own = existsSync(join(folder, '.muster', 'inventory.yaml'));
    const found = folder === cwd || own ? usualFiles(folder, files) : [];
    if (found.length > 0) return { ok: true, value: { sources: found, isNamed: false } };
    if (folder === dirname(folder)) break;
  }
  const message =
    `No inventory: there is no .muster/inventory.yaml in ${cwd} or above it, and no other inventory in it. ` +
    'Name one with -i.';
  return { ok: false, error: { code: 'INPUT_MISSING', message } };
}

/** What needs no nodes needs no inventory either: one that is there is used all the same. */
export function sourcesIfAny(named: readonly string[], cwd: string): Result<Chosen> {
  const chosen = chooseSources(named, cwd);
  if (chosen.ok || chosen.error.code !== 'INPUT_MISSING') return chosen;
  return { ok: true, value: { sources: [], isNamed: false } };
}

/** What stands before a colon and is no type; one letter is a drive. */
function unknownType(text: string, cwd: string): string | undefined {
  const [, type] = /^([a-z][a-z-]+):/i.exec(text) ?? [];
  if (type === undefined || SourceType.safeParse(type).success) return undefined;
  return existsSync(resolve(cwd, text)) ? undefined : type;
}

/** `[TYPE:]PATH`; a path that exists as it is written is one, whatever stands before its colon. */
export function readSourceRef(text: string, cwd: string): SourceRef {
  if (existsSync(resolve(cwd, text))) return { path: absolute(text, cwd) };
  return sourceRefOf(text, { folder: cwd, absolute: (path) => absolute(path, cwd) });
}

function absolute(path: string, cwd: string): string {
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
  return resolve(cwd, path);
}
