/** Every kind of node that the engine executes; palette, menus and table offer these and no others. */
export type KindKey =
  | 'start'
  | 'timerStart'
  | 'messageStart'
  | 'userTask'
  | 'serviceTask'
  | 'sendTask'
  | 'manualTask'
  | 'callActivity'
  | 'subProcess'
  | 'exclusiveGateway'
  | 'parallelGateway'
  | 'inclusiveGateway'
  | 'eventBasedGateway'
  | 'timerCatch'
  | 'messageCatch'
  | 'timerBoundary'
  | 'errorBoundary'
  | 'end'
  | 'terminateEnd'
  | 'errorEnd';

export interface NodeKind {
  readonly key: KindKey;
  readonly type: string;
  readonly definition?: string;
  readonly boundary?: true;
  /** Class of the mark in bpmn-js's font. */
  readonly icon: string;
  readonly group: 'event' | 'activity' | 'gateway';
}

const TIMER = 'bpmn:TimerEventDefinition';
const MESSAGE = 'bpmn:MessageEventDefinition';
const ERROR = 'bpmn:ErrorEventDefinition';

export const NODE_KINDS: readonly NodeKind[] = [
  { key: 'start', type: 'bpmn:StartEvent', icon: 'start-event-none', group: 'event' },
  {
    key: 'timerStart',
    type: 'bpmn:StartEvent',
    definition: TIMER,
    icon: 'start-event-timer',
    group: 'event',
  },
  {
    key: 'messageStart',
    type: 'bpmn:StartEvent',
    definition: MESSAGE,
    icon: 'start-event-message',
    group: 'event',
  },
  {
    key: 'timerCatch',
    type: 'bpmn:IntermediateCatchEvent',
    definition: TIMER,
    icon: 'intermediate-event-catch-timer',
    group: 'event',
  },
  {
    key: 'messageCatch',
    type: 'bpmn:IntermediateCatchEvent',
    definition: MESSAGE,
    icon: 'intermediate-event-catch-message',
    group: 'event',
  },
  {
    key: 'timerBoundary',
    type: 'bpmn:BoundaryEvent',
    definition: TIMER,
    boundary: true,
    icon: 'intermediate-event-catch-non-interrupting-timer',
    group: 'event',
  },
  {
    key: 'errorBoundary',
    type: 'bpmn:BoundaryEvent',
    definition: ERROR,
    boundary: true,
    icon: 'intermediate-event-catch-error',
    group: 'event',
  },
  { key: 'end', type: 'bpmn:EndEvent', icon: 'end-event-none', group: 'event' },
  {
    key: 'terminateEnd',
    type: 'bpmn:EndEvent',
    definition: 'bpmn:TerminateEventDefinition',
    icon: 'end-event-terminate',
    group: 'event',
  },
  { key: 'errorEnd', type: 'bpmn:EndEvent', definition: ERROR, icon: 'end-event-error', group: 'event' },
  { key: 'userTask', type: 'bpmn:UserTask', icon: 'user-task', group: 'activity' },
  { key: 'serviceTask', type: 'bpmn:ServiceTask', icon: 'service-task', group: 'activity' },
  { key: 'sendTask', type: 'bpmn:SendTask', icon: 'send-task', group: 'activity' },
  { key: 'manualTask', type: 'bpmn:ManualTask', icon: 'manual-task', group: 'activity' },
  { key: 'callActivity', type: 'bpmn:CallActivity', icon: 'call-activity', group: 'activity' },
  { key: 'subProcess', type: 'bpmn:SubProcess', icon: 'subprocess-expanded', group: 'activity' },
  { key: 'exclusiveGateway', type: 'bpmn:ExclusiveGateway', icon: 'gateway-xor', group: 'gateway' },
  { key: 'parallelGateway', type: 'bpmn:ParallelGateway', icon: 'gateway-parallel', group: 'gateway' },
  { key: 'inclusiveGateway', type: 'bpmn:InclusiveGateway', icon: 'gateway-or', group: 'gateway' },
  { key: 'eventBasedGateway', type: 'bpmn:EventBasedGateway', icon: 'gateway-eventbased', group: 'gateway' },
];

/** The replace menu's entries that lead to something that is executed. */
export const REPLACEMENTS: ReadonlySet<string> = new Set([
  'replace-with-none-start',
  'replace-with-timer-start',
  'replace-with-message-start',
  'replace-with-none-end',
  'replace-with-terminate-end',
  'replace-with-error-end',
  'replace-with-timer-intermediate-catch',
  'replace-with-message-intermediate-catch',
  'replace-with-timer-boundary',
  'replace-with-non-interrupting-timer-boundary',
  'replace-with-error-boundary',
  'replace-with-task',
  'replace-with-user-task',
  'replace-with-service-task',
  'replace-with-send-task',
  'replace-with-manual-task',
  'replace-with-call-activity',
  'replace-with-collapsed-subprocess',
  'replace-with-expanded-subprocess',
  'replace-with-subprocess',
  'replace-with-exclusive-gateway',
  'replace-with-parallel-gateway',
  'replace-with-inclusive-gateway',
  'replace-with-event-based-gateway',
  'replace-with-sequence-flow',
  'replace-with-default-flow',
  'replace-with-conditional-flow',
  'replace-with-expanded-pool',
]);

/** The same for the marks on top of that menu: no standard loop, no ad-hoc, no collections. */
export const TOGGLES: ReadonlySet<string> = new Set([
  'toggle-parallel-mi',
  'toggle-sequential-mi',
  'toggle-non-interrupting',
]);

/** Context pad entries that are kept; those that append are our own. */
export const PAD_ENTRIES: ReadonlySet<string> = new Set([
  'delete',
  'replace',
  'connect',
  'append.text-annotation',
  'lane-insert-above',
  'lane-insert-below',
  'lane-divide-two',
  'lane-divide-three',
  'append.timer-intermediate-event',
  'append.message-intermediate-event',
]);

/** What one usually appends. */
export const APPENDED: readonly KindKey[] = [
  'userTask',
  'serviceTask',
  'exclusiveGateway',
  'parallelGateway',
  'timerCatch',
  'end',
];

export const PALETTE_TOOLS: ReadonlySet<string> = new Set([
  'hand-tool',
  'lasso-tool',
  'space-tool',
  'global-connect-tool',
  'tool-separator',
  'create.participant-expanded',
]);

/** Attributes from which bpmn-js makes a shape of a kind. */
export function attributesOf(kind: NodeKind): Record<string, unknown> {
  return {
    type: kind.type,
    ...(kind.definition ? { eventDefinitionType: kind.definition } : {}),
    ...(kind.key === 'subProcess' ? { isExpanded: true } : {}),
    ...(kind.key === 'timerBoundary' ? { cancelActivity: false } : {}),
  };
}
