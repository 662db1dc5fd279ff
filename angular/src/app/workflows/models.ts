/** What the workflow API says, as the pages use it. Enums are texts on the wire. */

export type FieldKind = 'Text' | 'LongText' | 'Number' | 'Boolean' | 'Date' | 'Choice';

export interface FormOption {
  readonly value: string;
  readonly label: string;
}

export interface FormFieldDto {
  readonly name: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly required: boolean;
  readonly options: readonly FormOption[];
}

export interface PersonRef {
  readonly id: string;
  readonly name: string;
}

export interface PersonOption extends PersonRef {
  readonly officeName?: string | null;
}

export interface Page<T> {
  readonly totalCount: number;
  readonly items: readonly T[];
}

export type InboxBox = 'Todo' | 'Done' | 'Started' | 'Copied';
export const BOXES: readonly InboxBox[] = ['Todo', 'Done', 'Started', 'Copied'];

export interface WorkflowTaskListItem {
  readonly id: string;
  readonly instanceId: string;
  readonly nodeId: string;
  readonly name: string;
  readonly title: string;
  readonly regionId: string;
  readonly regionName: string;
  readonly definitionKey: string;
  readonly definitionName: string;
  readonly dueOn: string | null;
  readonly light: string;
  readonly offeredTo: string;
  readonly assignee: PersonRef | null;
  readonly claimedByMe: boolean;
  readonly createdAt: string;
  readonly completedAt: string | null;
  readonly completedByName: string | null;
  readonly outcome: string | null;
  readonly urgedTimes: number;
  readonly allowsBatch: boolean;
  readonly isUnread: boolean;
  readonly link: string;
}

export interface WorkflowComment {
  readonly author: string;
  readonly at: string;
  readonly text: string;
  readonly files: readonly { readonly id: string; readonly name: string; readonly size: number }[];
}

export type FieldValue = string | number | boolean | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;

export interface WorkflowTaskDto extends WorkflowTaskListItem {
  readonly form: readonly FormFieldDto[];
  readonly values: FieldValues;
  readonly canClaim: boolean;
  readonly canRelease: boolean;
  readonly canComplete: boolean;
  readonly canSendBack: boolean;
  readonly canWithdraw: boolean;
  readonly canReassign: boolean;
  readonly canDelegate: boolean;
  readonly canAddSigner: boolean;
  readonly canCopy: boolean;
  readonly canUrge: boolean;
  readonly sendBackTargets: readonly { readonly nodeId: string; readonly name: string }[];
  readonly comments: readonly WorkflowComment[];
  readonly concurrencyStamp: string;
}

export interface BatchResult {
  readonly completedIds: readonly string[];
  readonly failed: readonly { readonly taskId: string; readonly title: string }[];
}

export interface WorkflowCounts {
  readonly todo: number;
  readonly overdue: number;
  readonly copiedUnread: number;
  /** The flows that one has tasks of: the choices of the filter. */
  readonly definitions: readonly { readonly key: string; readonly name: string }[];
}

export interface Delegation {
  readonly id: string;
  readonly toUser: PersonRef;
  readonly from: string;
  readonly until: string;
  readonly endedAt: string | null;
}

export interface LiveNode {
  readonly nodeId: string;
  readonly name: string;
  readonly since: string;
  readonly who: readonly string[];
  readonly dueOn: string | null;
  readonly light: string;
}

export interface FlowEvent {
  readonly at: string;
  readonly nodeId: string;
  readonly name: string;
  readonly kind: string;
  readonly actorName: string | null;
  readonly note: string | null;
}

export interface FlowState {
  readonly live: readonly LiveNode[];
  readonly doneNodeIds: readonly string[];
  readonly takenFlowIds: readonly string[];
  readonly expected: readonly { readonly nodeId: string; readonly name: string; readonly certain: boolean }[];
}

export type InstanceStatus = 'Running' | 'Completed' | 'Terminated' | 'Incident';

export interface WorkflowInstanceDto {
  readonly id: string;
  readonly status: InstanceStatus;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly definition: {
    readonly id: string;
    readonly key: string;
    readonly name: string;
    readonly version: number;
    readonly xml: string;
  };
  readonly state: FlowState;
  readonly history: readonly FlowEvent[];
}

export type VersionStatus = 'Draft' | 'Published' | 'Retired';

export interface DefinitionListItem {
  /** The version that opens: the draft if there is one, else the published one. */
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly regionName: string;
  readonly inherited: boolean;
  readonly overriddenHere: boolean;
  readonly canOverride: boolean;
  readonly publishedId: string | null;
  readonly publishedVersion: number | null;
  readonly publishedAt: string | null;
  readonly draftId: string | null;
  readonly runningInstances: number;
  readonly openIncidents: number;
}

export interface DefinitionVersion {
  readonly id: string;
  readonly version: number;
  readonly status: VersionStatus;
  readonly publishedAt: string | null;
  readonly publishedByName: string | null;
  readonly note: string | null;
}

export interface DefinitionDto {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly regionName: string;
  readonly version: number;
  readonly status: VersionStatus;
  readonly canEdit: boolean;
  readonly xml: string;
  readonly versions: readonly DefinitionVersion[];
  readonly concurrencyStamp: string;
}

export type Severity = 'Error' | 'Warning';

export interface Finding {
  readonly code: string;
  readonly elementId: string | null;
  readonly severity: Severity;
  readonly values: Readonly<Record<string, string>>;
  /** The finding in words, in the reader's language. */
  readonly text: string;
}

export type ChangeKind = 'Added' | 'Removed' | 'Changed' | 'Moved';

export interface ComparisonDto {
  readonly before: { readonly name: string; readonly version: number; readonly xml: string };
  readonly after: { readonly name: string; readonly version: number; readonly xml: string };
  readonly changes: readonly {
    readonly elementId: string;
    readonly kind: ChangeKind;
    readonly name: string;
    readonly type: string;
    readonly details: readonly {
      readonly property: string;
      readonly before: string | null;
      readonly after: string | null;
    }[];
  }[];
}

export type SimulationKind =
  'Start' | 'Complete' | 'Error' | 'Timer' | 'Message' | 'Skip' | 'Retry' | 'SendBack';

/** Something that was done in a simulation. */
export interface SimulationStep {
  readonly kind: SimulationKind;
  /** The execution or wait; 0 for a start. */
  readonly id: number;
  readonly option: string | null;
  readonly answers: FieldValues | null;
}

/** Something that can be done now. */
export interface SimulationChoice {
  readonly kind: SimulationKind;
  readonly id: number;
  readonly nodeId: string;
  readonly name: string;
  readonly loopCounter: number | null;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly form: readonly FormFieldDto[];
}

export interface SimulationDto {
  readonly choices: readonly SimulationChoice[];
  readonly liveNodeIds: readonly string[];
  readonly doneNodeIds: readonly string[];
  readonly takenFlowIds: readonly string[];
  readonly log: readonly { readonly nodeId: string; readonly name: string; readonly text: string }[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly ended: boolean;
  readonly problem: string | null;
}

export interface MonitorDto {
  readonly definition: {
    readonly id: string;
    readonly name: string;
    readonly version: number;
    readonly xml: string;
  };
  readonly running: number;
  readonly nodes: readonly {
    readonly nodeId: string;
    readonly name: string;
    readonly count: number;
    readonly overdue: number;
    readonly oldestSince: string | null;
    readonly averageDays: number;
    readonly incidents: number;
  }[];
}

export interface IncidentDto {
  readonly id: string;
  readonly instanceId: string;
  readonly definitionName: string;
  readonly version: number;
  readonly nodeId: string;
  readonly nodeName: string;
  readonly title: string;
  readonly regionName: string;
  readonly link: string;
  readonly error: string;
  readonly attempts: number;
  readonly raisedAt: string;
  readonly settledAt: string | null;
  readonly settledByName: string | null;
  readonly settledHow: string | null;
  readonly variables: readonly {
    readonly name: string;
    readonly label: string;
    readonly type: VariableType;
    readonly value: string | null;
  }[];
  readonly concurrencyStamp: string;
}

export type VariableType = 'Text' | 'Number' | 'Boolean' | 'Date' | 'DateTime' | 'List';
export const VARIABLE_TYPES: readonly VariableType[] = [
  'Text',
  'Number',
  'Boolean',
  'Date',
  'DateTime',
  'List',
];

export interface CatalogueEntry {
  readonly name: string;
  readonly label: string;
}

export interface CatalogueDto {
  readonly handlers: readonly CatalogueEntry[];
  readonly events: readonly CatalogueEntry[];
  readonly roles: readonly CatalogueEntry[];
  readonly offices: readonly CatalogueEntry[];
  readonly calledKeys: readonly CatalogueEntry[];
}

export interface NodeMapping {
  readonly fromNodeId: string;
  readonly toNodeId: string;
}

export interface MigrationPreview {
  readonly instances: readonly {
    readonly instanceId: string;
    readonly title: string;
    readonly regionName: string;
    readonly at: readonly string[];
    readonly fits: boolean;
    readonly problem: string | null;
  }[];
  readonly problems: readonly string[];
}

export interface MigrationDto {
  readonly id: string;
  readonly at: string;
  readonly byName: string;
  readonly fromVersion: number;
  readonly toVersion: number;
  readonly moved: number;
  readonly canUndo: boolean;
  readonly undoneAt: string | null;
}
