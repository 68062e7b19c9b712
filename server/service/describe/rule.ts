import { code, plain } from '../markdown.ts';
import { ruleOf, rules } from '../rules/rules.ts';

/** What a rule of diagnostics is about, by its code; of a family which rules it has. */
export function describeRule(name: string): string | undefined {
  const rule = ruleOf(name);
  if (rule) return [`**${plain(rule.title)}**`, `${code(rule.code)} · ${rule.level}`, rule.text].join('\n\n');
  const family = rules.filter(({ code: each }) => each.startsWith(`${name}/`));
  const rows = family.map(({ code: each, title }) => `- ${code(each)}: ${plain(title)}`);
  return family.length === 0 ? undefined : [`**Rules of ${plain(name)}**`, rows.join('\n')].join('\n\n');
}
