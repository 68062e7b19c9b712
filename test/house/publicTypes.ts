import type { SourceRef } from '../../core/inventory/source.ts';
import type * as plugin from '../../core/plugin/transport.ts';
import type { Action, RunAs } from '../../core/run/action.ts';
import type { ConnectionInfo, LoggedEvent, UnknownHostKey } from '../../core/run/events.ts';
import type { Outcome, Phase, RemoteFate, UnreachableKind } from '../../core/run/outcome.ts';
import type { Plan, PlanRequest, Target } from '../../core/run/plan.ts';
import type { Barrier, Limits, Strategy } from '../../core/run/strategy.ts';
import type * as muster from '../../types/muster.d.ts';

/** Each can stand for the other; otherwise this does not compile. */
type Same<A extends B, B extends C, C = A> = [A, B, C];

/** What the published types say is what the code has: checked by the compiler, there is nothing to run. */
export type Checked = [
  Same<muster.Target, Target>,
  Same<muster.Plan, Plan>,
  Same<muster.PlanRequest, PlanRequest>,
  Same<muster.Action, Action>,
  Same<muster.RunAs, RunAs>,
  Same<muster.SourceRef, SourceRef>,
  Same<muster.Strategy, Strategy>,
  Same<muster.Limits, Limits>,
  Same<muster.Barrier, Barrier>,
  Same<muster.Outcome, Outcome>,
  Same<muster.Phase, Phase>,
  Same<muster.RemoteFate, RemoteFate>,
  Same<muster.UnreachableKind, UnreachableKind>,
  Same<muster.ConnectionInfo, ConnectionInfo>,
  Same<muster.UnknownHostKey, UnknownHostKey>,
  Same<muster.LoggedEvent, LoggedEvent>,
  Same<muster.Transport<string>, plugin.Transport<string>>,
  Same<muster.Session, plugin.Session>,
  Same<muster.Connected, plugin.Connected>,
  Same<muster.Exit, plugin.Exit>,
];
