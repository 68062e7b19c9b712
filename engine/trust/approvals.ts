import { createHash } from 'node:crypto';
import type { Described, InventoryPart } from '../../core/inventory/part.ts';
import type { ApprovalRequest, SourceType } from '../../core/inventory/source.ts';
import { foldForDisplay } from '../../core/selection/nodeset.ts';

type Source = {
  readonly type: SourceType;
  readonly path: string;
  readonly part: InventoryPart;
  /** Digest of all files that it was read from. */
  readonly digest: string;
  /** What ssh would execute of the configurations that its nodes go by. */
  readonly sshExecutes: readonly string[];
};

/** Everything that a source would have act on this machine when its nodes are used. */
export function approvalsOf(source: Source): readonly ApprovalRequest[] {
  return [...proxyCommands(source), ...sshConfigs(source), ...localNodes(source)];
}

/** A digest over what would act: when any of it changes, a person is asked again. */
export function approvalId(kind: ApprovalRequest['kind'], ...parts: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([kind, ...parts]))
    .digest('hex');
}

function proxyCommands({ type, path, part, digest }: Source): ApprovalRequest[] {
  const commands = new Set<string>();
  for (const { settings } of everyDescription(part)) {
    if (settings.proxyCommand) commands.add(settings.proxyCommand.value);
  }
  // What patterns of an ssh_config say is known only once they are asked about a node.
  if (commands.size === 0 && !(type === 'ssh-config' && part.settingsFor)) return [];
  const what = commands.size === 0 ? 'ProxyCommand of a pattern' : whatActs([...commands]);
  return [{ id: approvalId('proxy-command', path, digest), kind: 'proxy-command', path, what }];
}

/** All that ssh executes of a configuration, for whichever node, waits for a yes together. */
function sshConfigs({ path, digest, sshExecutes }: Source): ApprovalRequest[] {
  if (sshExecutes.length === 0) return [];
  const what = whatActs([...new Set(sshExecutes)]);
  return [{ id: approvalId('ssh-config', path, digest), kind: 'ssh-config', path, what }];
}

/** The first of what would act, and how many more there are. */
export function whatActs([first = '', ...others]: readonly string[]): string {
  return others.length === 0 ? first : `${first} (and ${others.length} more)`;
}

function localNodes({ type, path, part, digest }: Source): ApprovalRequest[] {
  const byDefault = part.defaults.settings.transport?.value === 'local';
  const nodes = part.nodes.filter(
    ({ settings }) => (settings.transport?.value ?? (byDefault ? 'local' : '')) === 'local',
  );
  const isByGroup = part.groups.some(({ settings }) => settings.transport?.value === 'local');
  if (nodes.length === 0 && !isByGroup) return [];
  const what = nodes.length === 0 ? 'nodes of a group' : foldForDisplay(nodes.map(({ name }) => name));
  // Repositories come and go; the person trusts the folder that they are in.
  const id = type === 'folders' ? approvalId('local-nodes', path) : approvalId('local-nodes', path, digest);
  return [{ id, kind: 'local-nodes', path, what }];
}

function* everyDescription({ nodes, groups, defaults }: InventoryPart): Iterable<Described> {
  yield defaults;
  yield* groups;
  yield* nodes;
}
