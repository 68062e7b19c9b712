import type { LoadedPlaybook } from '../../playbook/plannedStep.ts';
import type { ForeseenStep } from './foreseeSteps.ts';
import { textFrom, textsFrom } from './scope.ts';
import { urlBelow } from './url.ts';

/** What is wrong before it runs with how a step uses a service: its address, or the headers that the service adds. */
export function serviceMistake(
  { step: { does }, scope }: ForeseenStep,
  { services }: Pick<LoadedPlaybook, 'services'>,
): string | undefined {
  const service = does.type === 'http' ? services[does.request.service ?? ''] : undefined;
  if (!service || does.type !== 'http') return undefined;
  const url = textFrom(does.request.url, scope);
  const found = [textsFrom(service.headers, scope), 'value' in url ? urlBelow(service, url.value) : url];
  const wrong = found.find((said) => 'message' in said && said.later === undefined);
  return wrong && 'message' in wrong ? wrong.message : undefined;
}
