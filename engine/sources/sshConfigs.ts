import type { Described, InventoryPart, ParseInput } from '../../core/inventory/part.ts';
import { executedBy } from '../../core/inventory/sshConfig/executes.ts';
import { mayNeedOpenssh } from '../../core/inventory/sshConfig/needs.ts';
import { readConfig } from '../../core/inventory/sshConfig/readConfig.ts';

/**
 * What ssh would execute of the configurations that a source's nodes go by: those that it names, and the person's own
 * where it asks for openssh without naming one. The system's own is its administrator's.
 */
export function executedBySsh(part: InventoryPart, input: ParseInput): readonly string[] {
  const configs = new Set<string>();
  for (const { settings } of [part.defaults, ...part.groups, ...part.nodes])
    addConfigs(configs, settings, input);
  const statements = [...configs].map((path) => readConfig({ ...input, path }).statements);
  // What patterns say is known only once they are asked: the file itself is the configuration then.
  const patterns = part.settingsFor && !configs.has(input.path) ? readConfig(input).statements : [];
  if (mayNeedOpenssh(patterns)) statements.push(patterns);
  return statements.flatMap(executedBy);
}

function addConfigs(
  configs: Set<string>,
  { transport, sshConfig }: Described['settings'],
  input: ParseInput,
): void {
  if (sshConfig) configs.add(sshConfig.value);
  if (transport?.value === 'openssh' && !sshConfig) configs.add(`${input.home}/.ssh/config`);
}
