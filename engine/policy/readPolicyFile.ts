import {
  closeSync,
  constants,
  type Stats,
  fstatSync,
  lstatSync,
  openSync,
  readFileSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { brokenReason, type Policy, type PolicyLevel, readPolicy } from '../../core/policy/policy.ts';
import type { Reason } from '../../core/policy/verdict.ts';
import { messageOf } from '../../core/util/errors.ts';

/** What became of one policy file. Only one that is not there says nothing; every other trouble denies. */
export type PolicyRead =
  | { readonly status: 'none' }
  | { readonly status: 'ok'; readonly policy: Policy }
  | { readonly status: 'broken'; readonly reason: Reason };

/** Bytes; a policy is written by people. */
const mostBytes = 256 * 1024;

/** Reads a policy file anew: rules hold from the moment they are saved. */
export function readPolicyFile({ level, file }: { level: PolicyLevel; file: string }): PolicyRead {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const trouble = troubleOf(fstatSync(descriptor), level) ?? folderTrouble(dirname(file));
      if (trouble !== undefined) return refused(file, trouble);
      const { policy, problems } = readPolicy(readFileSync(descriptor, 'utf8'), { file, level });
      return policy ? { status: 'ok', policy } : { status: 'broken', reason: brokenReason(file, problems) };
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if ((code === 'ENOENT' || code === 'ENOTDIR') && !isLink(file)) return { status: 'none' };
    return refused(file, `it can not be read: ${messageOf(error)}. Make it readable`);
  }
}

/** A file that others can change is not the person's word. The permission bits mean nothing on Windows. */
function troubleOf({ mode, size, uid }: Stats, level: PolicyLevel): string | undefined {
  if ((mode & constants.S_IFMT) !== constants.S_IFREG) return 'it is not a regular file. Put a file there';
  if (size > mostBytes) return `it has more than ${mostBytes / 1024} KiB. Make it shorter`;
  if (process.platform === 'win32') return undefined;
  if ((mode & 0o002) !== 0) return 'everybody can write to it. Run "chmod o-w" on it';
  const own = process.getuid?.() ?? uid;
  if (level !== 'workspace' && uid !== 0 && uid !== own) return `it belongs to user ${uid}. Make it yours`;
  return undefined;
}

function folderTrouble(folder: string): string | undefined {
  if (process.platform === 'win32') return undefined;
  const { mode } = statSync(folder);
  const isOpen = (mode & 0o002) !== 0 && (mode & 0o1000) === 0;
  return isOpen ? 'everybody can write to its folder. Run "chmod o-w" on the folder' : undefined;
}

/** A link to nowhere was meant to be a file. */
function isLink(file: string): boolean {
  try {
    return lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}

function refused(file: string, trouble: string): PolicyRead {
  const message = `The policy file ${file} is not used: ${trouble}. Nothing starts until then.`;
  return { status: 'broken', reason: { verdict: 'deny', message, place: { file } } };
}
