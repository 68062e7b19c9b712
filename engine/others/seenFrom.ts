import type { LoggedEvent } from '../../core/run/events.ts';
import { type Owner, ownerText } from '../history/owner.ts';

/** The events of a batch as another process sees them: its questions are told, not asked a second time. */
export function seenFromElsewhere(owner: Owner): (events: readonly LoggedEvent[]) => LoggedEvent[] {
  const message = `Asks in ${ownerText(owner)}, to which this batch belongs: answer there.`;
  return (events) =>
    events.flatMap((event): LoggedEvent[] => {
      const { seq, at } = event;
      if (event.type === 'promptAnswered') return [];
      if (event.type !== 'promptRaised') return [event];
      return [{ seq, at, type: 'note', message }];
    });
}
