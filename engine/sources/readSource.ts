import { userInfo } from 'node:os';
import { detectSource } from '../../core/inventory/detect.ts';
import type { InventoryPart } from '../../core/inventory/part.ts';
import type { SourceType } from '../../core/inventory/source.ts';
import { executedBySsh } from './sshConfigs.ts';
import { openDisk } from './diskFiles.ts';
import { parsers } from './parsers.ts';

export type ReadRequest = {
  type: Exclude<SourceType, 'command'> | undefined;
  path: string;
  home: string;
  /** Whether other sources are read with it. */
  isLinked: boolean;
};

/** A source as it was read. Plain data but for `settingsFor`, which a process boundary does not take. */
export type ReadSource = {
  readonly type: SourceType;
  readonly part: InventoryPart;
  /** What was looked at → what it was. */
  readonly stamps: ReadonlyMap<string, string>;
  readonly digest: string;
  /** What ssh would execute on this machine of the configurations that its nodes go by. */
  readonly sshExecutes: readonly string[];
};

/** Reads a source from disk, its kind found out where nobody says it. Never throws on what people write. */
export function readSource({ type: wanted, path, home, isLinked }: ReadRequest): ReadSource {
  const { files, looked } = openDisk();
  const found = wanted ?? detectSource(path, files);
  const type = found === 'command' ? 'muster' : found;
  const input = { path, files, home, user: userInfo().username, isLinked };
  const part = parsers[type](input);
  // Before the digest, which then covers the configurations too.
  const sshExecutes = executedBySsh(part, input);
  return { type, part, sshExecutes, stamps: looked.stamps, digest: looked.digest() };
}
