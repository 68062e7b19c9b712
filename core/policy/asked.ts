import type { InventoryIndex } from '../inventory/model.ts';
import { allSteps, type Doing } from '../playbook/plannedStep.ts';
import type { Action, ActionType } from '../run/action.ts';
import type { PlannedFile } from '../run/fileActions.ts';
import { loadedOf } from '../run/loadedPlaybook.ts';
import { executedTexts } from '../run/steps/preview.ts';
import { commandsOf } from '../run/itemAction.ts';
import { actionTexts } from '../run/actionText.ts';
import type { Plan, Target } from '../run/plan.ts';
import type { Capability } from '../schema/policy.ts';

/** A node that something is asked for, and where it would be connected to; a local one has no address. */
export type AskedNode = {
  readonly name: string;
  readonly tags: readonly string[];
  readonly host?: string;
  readonly port?: number;
};

/** What somebody wants to do, as far as rules care. */
export type Asked = {
  readonly capability: Capability;
  readonly nodes: readonly AskedNode[];
  /** What would run. */
  readonly action?: {
    readonly type: ActionType;
    /** What its steps are, as if each were asked for by itself. */
    readonly kinds?: readonly ActionType[];
    readonly texts: readonly string[];
  };
};

/** A plan as rules see it: the targets as they would be connected to, and every text that nodes would execute or paths that it is about. */
export function askedOf(plan: Plan): Asked {
  const { action, files = [], targets, delegates = [], strategy } = plan;
  const probe = strategy.probe === undefined ? [] : [strategy.probe.command];
  return {
    capability: 'run',
    nodes: allOf(targets, delegates).map(({ node, tags, options }) => ({
      name: node,
      tags,
      ...addressIn(options),
    })),
    action: {
      type: action.type,
      ...(action.type === 'playbook' && { kinds: kindsOf(action) }),
      texts: [...textsOf(plan), ...scripts(files, action), ...probe],
    },
  };
}

/** Targets, and whoever does something for them. */
function allOf(targets: readonly Target[], delegates: readonly Target[]): readonly Target[] {
  const names = new Set(targets.map(({ node }) => node));
  return [...targets, ...delegates.filter(({ node }) => !names.has(node))];
}

/** Kinds of action that the steps of a playbook are. */
function kindsOf(action: Action): readonly ActionType[] {
  const loaded = loadedOf(action);
  return loaded ? [...new Set([...allSteps(loaded)].flatMap(({ does }) => kindOf[does.type] ?? []))] : [];
}

const kindOf: { readonly [T in Doing['type']]?: ActionType } = {
  run: 'command',
  'wait-command': 'command',
  ansible: 'command',
  script: 'script',
  copy: 'copy',
  template: 'copy',
  fetch: 'fetch',
};

/** What scripts say; a text that is only put on a node is not executed. */
function scripts(files: readonly PlannedFile[], action: Action): readonly string[] {
  const loaded = loadedOf(action);
  const steps = loaded ? [...allSteps(loaded)].filter(({ does }) => does.type === 'script') : [];
  const paths = new Set(steps.map(({ path }) => path));
  return files.flatMap(({ text, step }) =>
    text !== undefined && (!step || paths.has(step.path)) ? [text] : [],
  );
}

/** Nodes of an inventory as rules see them; unknown names are left out. */
export function askedNodes(names: readonly string[], index: InventoryIndex): readonly AskedNode[] {
  return names.flatMap((name): AskedNode[] => {
    const node = index.nodes.get(name);
    if (!node) return [];
    const { transport, host, port } = node.connection;
    return [{ name, tags: node.tags, ...(transport !== 'local' && { host, port }) }];
  });
}

/** As they are written, and as they are on each node where that is known before they run. */
function textsOf(plan: Plan): readonly string[] {
  const commands = commandsOf(plan);
  const own = 'value' in commands ? commands.value : [];
  return [...new Set([...actionTexts(plan.action), ...own, ...executedTexts(plan)])];
}

function addressIn({ host, port }: Readonly<Record<string, unknown>>): { host?: string; port?: number } {
  if (typeof host !== 'string') return {};
  return { host, port: typeof port === 'number' ? port : 22 };
}
