import { code, plain } from '../markdown.ts';
import { ruleOf } from '../rules/rules.ts';

/** What a rule of diagnostics is about, by its code. */
export function describeRule(name: string): string | undefined {
  const rule = ruleOf(name);
  return rule && [`**${plain(rule.title)}**`, `${code(rule.code)} · ${rule.level}`, rule.text].join('\n\n');
}
