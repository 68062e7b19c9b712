import type { Branch, Tree } from './tree.ts';
import { pluginOf, shown } from './tree.ts';
import { kindOf } from '../../util/kindOf.ts';

/** Why a name is refused, as Bolt does. */
export function nameFinding(what: string, name: unknown): { message: string; fix: string } {
  if (typeof name !== 'string') {
    return { message: `The name of the ${what} is ${kindOf(name)}.`, fix: 'Put it in quotes.' };
  }
  const message =
    name === '' ? `The name of the ${what} is empty.` : `The name "${shown(name)}" has spaces or commas.`;
  return { message, fix: 'Write a name without spaces and commas.' };
}

/** What a plugin would list is not known: the inventory is not whole without it. */
export function refusePlugin({ path, value }: Branch, tree: Tree): boolean {
  const plugin = pluginOf(value);
  if (plugin === undefined) return false;
  tree.refuse(path, {
    code: 'bolt/plugin',
    message: `This inventory needs Bolt's plugin "${plugin}": what it would list here is not known.`,
    fix: 'Muster executes no plugins. List the targets here, or print them with a command source.',
  });
  return true;
}
