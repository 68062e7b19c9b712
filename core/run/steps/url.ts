import type { Said } from './scope.ts';

/** Refuses an address that no request can be sent to; `written` is what people know it by. */
export function strangeUrl(url: string, written = url): Said<string> {
  if (/^https?:\/\/[^/?#\s]/i.test(url)) return { value: url };
  return {
    message: `${JSON.stringify(written)} is no address for a request. Begin with https:// or http://, or name a service.`,
  };
}
