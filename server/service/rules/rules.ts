import {
  flowRules,
  nodeRules,
  ruleRules,
  safetyRules,
  shellRules,
  targetRules,
  valueRules,
  variableRules,
} from './advice.ts';
import { configRules, foreignRules } from './files.ts';
import { inventoryRules, selectionRules } from './inventory.ts';
import { playbookRules, templateRules } from './playbook.ts';
import type { Rule } from './rule.ts';
import { schemaRules } from './schema.ts';
import { yamlRules } from './yaml.ts';

/** Every rule, in the order of the pages. */
export const rules: readonly Rule[] = [
  ...yamlRules,
  ...schemaRules,
  ...playbookRules,
  ...templateRules,
  ...selectionRules,
  ...targetRules,
  ...variableRules,
  ...flowRules,
  ...valueRules,
  ...safetyRules,
  ...shellRules,
  ...inventoryRules,
  ...nodeRules,
  ...configRules,
  ...foreignRules,
  ...ruleRules,
];

const byCode: ReadonlyMap<string, Rule> = new Map(rules.map((rule) => [rule.code, rule]));

/** The rule of a code; one page serves all codes of a foreign format: `ansible/range` is under `ansible`. */
export function ruleOf(code: string): Rule | undefined {
  return byCode.get(code) ?? byCode.get(code.slice(0, Math.max(0, code.indexOf('/'))));
}

/** Where a code is explained: codes of ShellCheck in its own pages, all others in ours, whose folder is `pages`. */
export function linkOf(code: string, pages: string): string | undefined {
  const [, foreign] = /^shellcheck\/(SC\d+)$/.exec(code) ?? [];
  if (foreign !== undefined) return `https://www.shellcheck.net/wiki/${foreign}`;
  const rule = ruleOf(code);
  return rule && pages + pageOf(rule);
}

/** Name of the page of a rule, without its folder: `schema-unknown-key.md`. */
export function pageOf({ code }: Rule): string {
  return `${code.toLowerCase().replaceAll(/[/_]/g, '-')}.md`;
}
