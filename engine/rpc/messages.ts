import type { EngineMethod } from '../../core/protocol/engine.ts';

/** What the engine process tells a client that has said hello. */
export type Welcome = { pid: number; version: string };

/** JSON-RPC error code for a message that its schema refuses (JSON-RPC 2.0, invalid params). */
export const invalidParams = -32602;
/** Our code for a client that has not shown the token. */
export const notAuthenticated = -32001;

/** Names on the wire, so that they can not be mistaken for another protocol's. */
export function wireName(method: EngineMethod): string {
  return `muster/${method}`;
}

/** What the engine tells without being asked. */
export function announced(what: 'events' | 'log'): string {
  return `muster/announced/${what}`;
}
