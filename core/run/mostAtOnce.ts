/** Most of anything that is under way at once: executions of a batch, requests to a service, users of a jump host. */
export const mostAtOnce = 256;
