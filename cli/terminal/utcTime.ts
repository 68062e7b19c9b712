/** `2026-11-21 14:02:00Z`, of milliseconds since the epoch. */
export function utcTime(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;
}
