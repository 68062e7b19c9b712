import type { Scope } from '../../playbook/template/evaluate.ts';
import { renderKnown, type RenderedBefore } from '../../playbook/template/render.ts';
import { laterOf, stars } from '../../playbook/template/later.ts';
import { textOf } from '../../playbook/template/values.ts';
import type { Value } from '../../schema/value.ts';
import type { Shell } from '../../util/quote.ts';
import { portFrom } from './port.ts';
import { type Said, told, valueFrom } from './scope.ts';

/** Fills in what is known of the texts of a step before it runs, and notes what is not. */
export type KnownTexts = {
  text(source: string): string;
  command(source: string, shell: Shell): string;
  value(data: Value): string;
  port(port: number | string): string;
  /** Notes what is wrong, whatever comes of other steps. */
  check(said: Said<unknown>): void;
  /** Whether nothing of what was asked for waits for the run. */
  isWhole(): boolean;
  /** The first that is wrong. */
  mistake(): string | undefined;
};

export function knownTexts(scope: Scope): KnownTexts {
  let isWhole = true;
  const mistakes: string[] = [];
  const take = (source: string, rendered: RenderedBefore): string => {
    if (rendered.ok) isWhole &&= rendered.isWhole;
    else mistakes.push(told(source, rendered.problem));
    return rendered.ok ? rendered.text : source;
  };
  return {
    text: (source) => take(source, renderKnown(source, scope)),
    command: (source, shell) => take(source, renderKnown(source, scope, shell)),
    value(data) {
      const said = valueFrom(data, scope);
      if ('message' in said) {
        mistakes.push(said.message);
        return textOf(data) ?? JSON.stringify(data);
      }
      const later = laterOf(said.value);
      isWhole &&= later !== 'unknown';
      if (later === undefined) return textOf(said.value) ?? JSON.stringify(said.value);
      return later === 'hidden' ? stars : (textOf(data) ?? JSON.stringify(data));
    },
    port(port) {
      const said = portFrom(port, scope);
      if ('message' in said && said.later === undefined) mistakes.push(said.message);
      return take(String(port), renderKnown(String(port), scope));
    },
    check(said) {
      if ('message' in said && said.later === undefined) mistakes.push(said.message);
    },
    isWhole: () => isWhole,
    mistake: () => mistakes[0],
  };
}
