import type { Decision } from './verdict.ts';

/** What came with a request to start: a person's yes, and what they typed. */
export type Approval = { readonly confirmed?: boolean | undefined; readonly typed?: string | undefined };

/** Why a decision does not let something start yet; undefined when it does. */
export function unmet(decision: Decision, { confirmed, typed }: Approval): string | undefined {
  const isTyped = decision.expected !== undefined && typed?.trim() === decision.expected;
  switch (decision.verdict) {
    case 'allow':
      return undefined;
    case 'confirm':
      return confirmed === true ? undefined : said(decision, 'Somebody has to say yes.');
    case 'typed-confirm': {
      const found = typed === undefined ? '' : `, not ${JSON.stringify(typed.slice(0, 40))}`;
      return isTyped ? undefined : said(decision, `What has to be typed is ${decision.expected}${found}.`);
    }
    case 'deny':
      return said({ ...decision, reasons: decision.reasons.filter(({ verdict }) => verdict === 'deny') });
  }
}

function said({ reasons }: Decision, next?: string): string {
  return [...reasons.map(({ message }) => message), ...(next === undefined ? [] : [next])].join('\n');
}
