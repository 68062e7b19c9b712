import type { PlannedService } from '../../playbook/plannedStep.ts';
import type { Said } from './scope.ts';

/** Refuses an address that no request can be sent to; `written` is what people know it by. */
export function strangeUrl(url: string, written = url): Said<string> {
  const port = /^https?:\/\/[^/?#]*:(\d+)(?=[/?#]|$)/i.exec(url)?.[1];
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
    return { message: `${JSON.stringify(written)} has a port that there is not. Write one from 1 to 65535.` };
  if (/^https?:\/\/[^/?#\s]/i.test(url)) return { value: url };
  return {
    message: `${JSON.stringify(written)} is no address for a request. Begin with https:// or http://, or name a service.`,
  };
}

/** Requests of a service go nowhere else: its headers may have secrets. */
export function urlBelow({ baseUrl }: PlannedService, url: string): Said<string> {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(url))
    return { value: url === '' ? baseUrl : `${baseUrl}/${url.replace(/^\/+/, '')}` };
  const isBelow = url === baseUrl || ['/', '?'].some((next) => url.startsWith(baseUrl + next));
  if (isBelow) return { value: url };
  return {
    message: `${url} is not below ${baseUrl}, the address of the service. Leave "service" out, or write a path.`,
  };
}
