import assert from 'node:assert/strict';
import {
  calculate,
  countCalculation,
  readCalculation,
  type Calculated,
  type Operation,
} from '../../../../core/selection/calculator/calculate.ts';
import { foldSet, type FoldOptions } from '../../../../core/selection/calculator/fold.ts';
import type { GroupResolver } from '../../../../core/selection/calculator/groups.ts';
import type { NodeSet } from '../../../../core/selection/calculator/nodeSet.ts';
import { namesInOrder } from '../../../../core/selection/calculator/order.ts';
import type { Refusal, Result } from '../../../../core/util/errors.ts';

export function united(...texts: readonly string[]): Operation[] {
  return [{ operator: ',', texts }];
}

export function calculated(operations: readonly Operation[], groups?: GroupResolver): Result<Calculated> {
  const read = readCalculation(operations);
  return read.ok ? calculate(read.value, groups) : read;
}

export function setOf(...texts: readonly string[]): NodeSet {
  return valueOf(calculated(united(...texts))).set;
}

export function fold(text: string, options?: FoldOptions): string {
  return foldSet(setOf(text), options);
}

export function expand(...texts: readonly string[]): string[] {
  return [...namesInOrder(setOf(...texts))];
}

export function count(...texts: readonly string[]): bigint {
  return valueOf(countCalculation(valueOf(readCalculation(united(...texts)))));
}

export function refusalOf(operations: readonly Operation[], groups?: GroupResolver): Refusal {
  const result = calculated(operations, groups);
  assert.ok(!result.ok, 'not refused');
  return result.error;
}

export function valueOf<T>(result: Result<T>): T {
  assert.ok(result.ok, result.ok ? '' : result.error.message);
  return result.value;
}
