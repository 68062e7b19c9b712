import * as z from 'zod';
import { mostAtOnce } from '../run/mostAtOnce.ts';

/** How many of something at once. */
export const AtOnce = z.int(`Expected a number from 1 to ${mostAtOnce}.`).min(1).max(mostAtOnce);
