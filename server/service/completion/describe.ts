import { docsOfKeys } from '../../../core/schema/docs.ts';
import { slotAt } from '../../../core/schema/slot.ts';
import { describeCallable } from '../describe/callable.ts';
import { describeKey } from '../describe/key.ts';
import { describeGroup, describeNode, describeTag } from '../describe/names.ts';
import { describeRule } from '../describe/rule.ts';
import { schemaFor } from '../document.ts';
import type { Workspace } from '../workspace.ts';
import type { About } from './item.ts';

/** The docs of an offer, in Markdown; editors show its detail above them, so that they begin below what that says. */
export function describeAbout(about: About, { inventory }: Pick<Workspace, 'inventory'>): string | undefined {
  switch (about.type) {
    case 'key': {
      const schema = schemaFor(about.language);
      const docs =
        schema && docsOfKeys(slotAt(schema, about.path).shapes).find(({ key }) => key === about.key);
      return docs && below(describeKey(docs));
    }
    case 'node': {
      const node = inventory.nodes.get(about.name);
      return node && describeNode(node, inventory);
    }
    case 'group':
      return below(describeGroup(about.name, inventory));
    case 'tag':
      return below(describeTag(about.name, inventory));
    case 'rule':
      return describeRule(about.name);
    case 'filter':
    case 'test':
      return below(describeCallable(about.type, about.name), 2);
  }
}

/** The same without its first paragraphs; undefined where those are all. */
function below(text = '', paragraphs = 1): string | undefined {
  const rest = text.split('\n\n').slice(paragraphs);
  return rest.length === 0 ? undefined : rest.join('\n\n');
}
