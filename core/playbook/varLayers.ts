import { isMap, type Value } from '../schema/value.ts';

/**
 * What gives variables their values, the weaker first: where two have one of a name, the later one wins. The only place
 * that says so; docs/playbooks.md tells people, and a test holds the two together.
 */
export const varLayers = [
  /** `vars` of configurations. */
  'configuration',
  'task',
  /** Groups, the outer before the inner, then the node. */
  'inventory',
  'playbook',
  /** Parameters that have a value. */
  'params',
  /** What steps have kept on the node. */
  'kept',
  'commandLine',
] as const;
export type VarLayer = (typeof varLayers)[number];

type Vars = Readonly<Record<string, Value>>;

/** The variables that templates see. */
export function mergeVars(layers: Readonly<Record<VarLayer, Vars>>): Vars {
  return Object.fromEntries(varLayers.flatMap((layer) => Object.entries(layers[layer])));
}

/** A parameter that is nothing hides no variable. */
export function varsOfParams(params: Value): Vars {
  if (!isMap(params)) return {};
  return Object.fromEntries(Object.entries(params).filter(([, value]) => value !== null));
}
