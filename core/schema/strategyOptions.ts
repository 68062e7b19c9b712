import * as z from 'zod';
import { Allowance } from '../run/schedule/budget.ts';
import { AtOnce } from './atOnce.ts';

/** This and what follows: what a playbook says of its own batches, and a configuration of all. */
export const Concurrency = AtOnce.optional().meta({
  title: 'Concurrency',
  description: 'How many nodes at once. Default: 10.',
  examples: [20],
});

export const MaxFailures = Allowance.optional().meta({
  title: 'Failure budget',
  description:
    'Failures that a batch bears, as a number or a share of its nodes; one more and nothing further starts.',
  examples: ['5%'],
});

export const StopOnFailure = z
  .boolean()
  .optional()
  .meta({
    title: 'Stop at the first failure',
    description: 'The first failure stops the rest. Default: `false`.',
    examples: [true],
  });
