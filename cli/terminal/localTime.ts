/** `2026-11-21 14:02:00` on the clock here, of milliseconds since the epoch: as `--since` takes it. */
export function localTime(ms: number): string {
  const at = new Date(ms);
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${clockTime(ms)}`;
}

/** `14:02:00` on the clock here, of milliseconds since the epoch. */
export function clockTime(ms: number): string {
  const at = new Date(ms);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
