const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `14:02`, in the local time zone. */
export function clockTime(at: number): string {
  const date = new Date(at);
  return `${String(date.getHours()).padStart(2, '0')}:${String(date.getMinutes()).padStart(2, '0')}`;
}

/** `14:02` today, `Thu` within six days, `12 Nov` this year, else `12 Nov 2025`. */
export function shortDate(at: number, now: number): string {
  const date = new Date(at);
  const today = new Date(now);
  if (date.toDateString() === today.toDateString()) return clockTime(at);
  if (Math.abs(now - at) < 6 * day) return date.toLocaleDateString('en', { weekday: 'short' });
  const dayAndMonth = `${date.getDate()} ${date.toLocaleDateString('en', { month: 'short' })}`;
  return date.getFullYear() === today.getFullYear() ? dayAndMonth : `${dayAndMonth} ${date.getFullYear()}`;
}

/** `just now`, `2 min ago`, `1 h ago`, `3 d ago`. */
export function ago(at: number, now: number): string {
  const passed = now - at;
  if (passed < minute) return 'just now';
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`;
  if (passed < day) return `${Math.floor(passed / hour)} h ago`;
  return `${Math.floor(passed / day)} d ago`;
}

/** `Today`, `Yesterday`, `Thursday` within six days, `12 November`, in another year `12 November 2025`. */
export function dayLabel(at: number, now: number): string {
  const date = new Date(at);
  if (date.toDateString() === new Date(now).toDateString()) return 'Today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (date.toDateString() === yesterday.toDateString()) return 'Yesterday';
  if (now - at > 0 && now - at < 6 * day) return date.toLocaleDateString('en', { weekday: 'long' });
  const dayAndMonth = `${date.getDate()} ${date.toLocaleDateString('en', { month: 'long' })}`;
  return date.getFullYear() === new Date(now).getFullYear()
    ? dayAndMonth
    : `${dayAndMonth} ${date.getFullYear()}`;
}
