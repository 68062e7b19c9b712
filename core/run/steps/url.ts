import type { Said } from './scope.ts';

/** Refuses an address that no request can be sent to. */
export function strangeUrl(url: string): Said<string> {
  if (/^https?:\/\/[^/?#\s]/i.test(url)) return { value: url };
  return {
    message: `${JSON.stringify(url)} is no address for a request. Begin with https:// or http://, or name a service.`,
  };
}
