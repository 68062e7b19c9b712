import { InvalidArgumentError } from 'commander';
import { type Retries, retryable } from '../../core/run/schedule/backoff.ts';
import { type Allowance, parseAllowance } from '../../core/run/schedule/budget.ts';
import { parseRate, type Rate, rateForm } from '../../core/run/schedule/rate.ts';
import { parseShare, type Share } from '../../core/run/schedule/waves.ts';
import { TransportName } from '../../core/schema/transportName.ts';
import { connectPhases, type PhaseTimeouts } from '../../core/run/strategy.ts';
import { duration } from '../arguments.ts';
import { mostAtOnce } from '../../core/run/mostAtOnce.ts';

/** Values of the options that say when what runs. Each throws what commander shows with the option's name. */

/** `1,10%,50%`. */
export function waves(text: string): readonly Share[] {
  return items(text).map(
    (item) => parseShare(item.text) ?? refuse(item, 'Write a number of nodes from 1 or a share such as 10%.'),
  );
}

/** `3`, `5%`. */
export function allowance(text: string): Allowance {
  const parsed = parseAllowance(text);
  if (parsed !== undefined) return parsed;
  throw new InvalidArgumentError('Write a number of failures, or a share of the nodes such as 5%.');
}

/** `N`, `N/s`, `N/m`, `N/h`, and how many may start at once after a quiet time: `2/s,10`. */
export function rate(text: string): Rate {
  const parsed = parseRate(text);
  if (parsed) return parsed;
  throw new InvalidArgumentError(rateForm);
}

/** `ssh=20,local=4`. */
export function perTransport(text: string): Readonly<Record<string, number>> {
  return Object.fromEntries(
    items(text).map((item) => {
      const [, name = '', count = ''] = /^([a-z][a-z0-9-]*)=(\d{1,3})$/.exec(item.text) ?? [];
      const isCount = Number(count) >= 1 && Number(count) <= mostAtOnce;
      if (!isCount) return refuse(item, `Write ssh=20: a transport and 1 to ${mostAtOnce}.`);
      if (!TransportName.options.some((each) => each === name))
        return refuse(
          item,
          `There is no transport "${name}". It is one of ${TransportName.options.join(', ')}.`,
        );
      return [name, Number(count)];
    }),
  );
}

/** `unreachable,failed`. */
export function retryOn(text: string): Retries['on'] {
  return items(text).map((item) => {
    const kind = retryable.find((each) => each === item.text);
    return kind ?? refuse(item, `It must be one of ${retryable.join(', ')}.`);
  });
}

/** `auth=10s,tcp=5s`. */
export function phaseTimeouts(text: string): PhaseTimeouts {
  return Object.fromEntries(
    items(text).map((item) => {
      const [name = '', time = ''] = item.text.split('=', 2);
      const phase = connectPhases.find((each) => each === name);
      if (!phase) return refuse(item, `Write auth=10s; the phases are ${connectPhases.join(', ')}.`);
      try {
        return [phase, duration(time)];
      } catch (error) {
        return refuse(item, error instanceof InvalidArgumentError ? error.message : '');
      }
    }),
  );
}

type Item = { readonly text: string; readonly column: number };

/** Parts between commas, with the column, from 1, at which each begins. */
function items(text: string): readonly Item[] {
  let column = 1;
  return text.split(',').map((part) => {
    const item = { text: part.trim(), column: column + part.length - part.trimStart().length };
    column += part.length + 1;
    return item;
  });
}

function refuse({ text, column }: Item, what: string): never {
  throw new InvalidArgumentError(`Column ${column}, "${text}": ${what}`);
}
