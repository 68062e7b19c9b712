import type { RunEvent } from '../../core/run/events.ts';

/** The node that a question is about, and where its events go. */
export type Asker = { node: string; note: (event: RunEvent) => void };
