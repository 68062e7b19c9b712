import { parseAnsible } from '../../core/inventory/ansible/parseAnsible.ts';
import { parseBolt } from '../../core/inventory/bolt/parseBolt.ts';
import { parseClusterShell } from '../../core/inventory/clustershell/parseClusterShell.ts';
import { parseCsv } from '../../core/inventory/csv/parseCsv.ts';
import { parseFolders } from '../../core/inventory/folders/parseFolders.ts';
import { parseHosts } from '../../core/inventory/hosts/parseHosts.ts';
import { parseMuster } from '../../core/inventory/muster/parseMuster.ts';
import { emptyPart, type InventoryPart, type ParseInput } from '../../core/inventory/part.ts';
import { resolvePath } from '../../core/inventory/paths.ts';
import type { SourceType } from '../../core/inventory/source.ts';
import { readSourceText } from '../../core/inventory/sourceText.ts';
import { parseSshConfig } from '../../core/inventory/sshConfig/parseSshConfig.ts';
import { hasErrors } from '../../core/util/problem.ts';

/** Kinds of source that are read from files. */
export type FileSourceType = Exclude<SourceType, 'command'>;

/** The parser of every kind of source that is read from files. */
export const parsers: Readonly<Record<FileSourceType, (input: ParseInput) => InventoryPart>> = {
  muster: parseMusterFile,
  ansible: parseAnsible,
  bolt: parseBolt,
  'ssh-config': parseSshConfig,
  clustershell: parseClusterShell,
  hosts: parseHosts,
  csv: parseCsv,
  folders: parseFolders,
};

function parseMusterFile(input: ParseInput): InventoryPart {
  const source = readSourceText(input, 'inventory');
  if (hasErrors(source.problems)) {
    return { ...emptyPart, problems: source.problems };
  }
  const context = {
    source: input.path,
    resolvePath: (path: string) => resolvePath(path, input),
    isLinked: input.isLinked === true,
  };
  return parseMuster(source.text, context).part;
}
