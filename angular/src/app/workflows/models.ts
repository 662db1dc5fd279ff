import {
  CheckResultDto,
  DefinitionDto,
  FieldKind,
  FormOption,
  InstanceListItemDto,
  TaskAbilitiesDto,
  TaskCommentDto,
  TaskDto,
  TaskFieldDto,
  TaskListItemDto,
  TaskStepDto,
  VersionDto,
  VersionListItemDto,
  WorkflowInstanceStatus,
} from '@api/models';

/** What the API says, as the pages use it. */

export type { FieldKind, FormOption };

export type VariableType = 'Text' | 'Number' | 'Boolean' | 'Date' | 'DateTime' | 'List';

export const VARIABLE_TYPES: readonly VariableType[] = [
  'Text',
  'Number',
  'Boolean',
  'Date',
  'DateTime',
  'List',
];

export interface Page<T> {
  readonly totalCount: number;
  readonly items: readonly T[];
}

export interface PersonOption {
  readonly id: string;
  readonly name: string;
  readonly regionName?: string;
}

/** A list: the values of several options. */
export type FieldValue = string | number | boolean | readonly string[] | null;
export type FieldValues = Readonly<Record<string, FieldValue>>;

export type InboxBox = 'Todo' | 'Done' | 'Started' | 'Copied';
export const BOXES: readonly InboxBox[] = ['Todo', 'Done', 'Started', 'Copied'];

/** One line of the inbox: a task, or a flow that the person started. */
export interface InboxRow {
  readonly id: string;
  readonly page: readonly string[];
  readonly title: string;
  readonly step: string;
  readonly nodeId: string;
  readonly key: string;
  readonly regionName: string;
  readonly dueOn: string | null;
  readonly light: string | null;
  readonly who: string;
  readonly onBehalfOf: string | null;
  readonly since: string;
  readonly endedAt: string | null;
  readonly status: WorkflowInstanceStatus | null;
  readonly urgedTimes: number;
  readonly allowsBatch: boolean;
  readonly isUnread: boolean;
}

export function rowOfTask(task: TaskListItemDto): InboxRow {
  return {
    id: task.id,
    page: ['/workflows/tasks', task.id],
    title: task.title,
    step: task.name,
    nodeId: task.nodeId,
    key: task.key,
    regionName: task.regionName,
    dueOn: task.dueOn,
    light: task.light,
    who: task.assignee?.name ?? '',
    onBehalfOf: task.onBehalfOf,
    since: task.openedAt,
    endedAt: task.completedAt,
    status: null,
    urgedTimes: task.urgedTimes,
    allowsBatch: task.allowsBatch,
    isUnread: task.isUnread,
  };
}

export function rowOfInstance(instance: InstanceListItemDto): InboxRow {
  return {
    id: instance.id,
    page: ['/workflows/instances', instance.id],
    title: instance.title,
    step: instance.definitionName,
    nodeId: '',
    key: instance.key,
    regionName: instance.regionName,
    dueOn: null,
    light: null,
    who: '',
    onBehalfOf: null,
    since: instance.startedAt,
    endedAt: instance.endedAt,
    status: instance.status,
    urgedTimes: 0,
    allowsBatch: false,
    isUnread: false,
  };
}

export interface Task extends TaskListItemDto {
  readonly fields: readonly TaskFieldDto[];
  readonly values: FieldValues;
  readonly comment: string;
  readonly may: TaskAbilitiesDto;
  readonly sendBackTargets: readonly TaskStepDto[];
  readonly comments: readonly TaskCommentDto[];
  readonly dueIsProvisional: boolean;
  /** `Before` or `After` for whoever was added as a signer. */
  readonly addedAs: string | null;
}

export function taskOf(dto: TaskDto): Task {
  const { task, fields, values, comment, may, sendBackTargets, comments, dueIsProvisional, addedAs } = dto;
  return {
    ...task,
    fields,
    values: (values as FieldValues | null) ?? {},
    comment,
    may,
    sendBackTargets,
    comments,
    dueIsProvisional,
    addedAs,
  };
}

/** What a running flow says for its picture. */
export interface FlowState {
  readonly live: readonly {
    readonly nodeId: string;
    readonly name: string;
    readonly since: string | null;
    readonly who: readonly string[];
    readonly dueOn: string | null;
    readonly light: string | null;
  }[];
  readonly doneNodes: readonly string[];
  readonly takenFlows: readonly string[];
  readonly expected: readonly { readonly nodeId: string; readonly name: string; readonly certain: boolean }[];
}

/** A flow with the version that is shown: its draft, else the one in force. */
export interface Definition {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly regionName: string;
  readonly isOwn: boolean;
  readonly currentVersionId: string | null;
  readonly version: VersionDto;
  readonly versions: readonly VersionListItemDto[];
}

export function definitionOf(dto: DefinitionDto, version: VersionDto): Definition {
  const { id, key, name, regionName, isOwn, currentVersionId } = dto.definition;
  return { id, key, name, regionName, isOwn, currentVersionId, version, versions: dto.versions };
}

export type Severity = 'Error' | 'Warning';

export interface Finding {
  readonly code: string;
  readonly elementId: string | null;
  readonly severity: Severity;
  readonly values: Readonly<Record<string, string>>;
  /** The server's words; empty for what the editor found itself. */
  readonly text: string;
}

/** What is refused stands first: nothing else is looked at until it is gone. */
export function findingsOf(result: CheckResultDto): readonly Finding[] {
  return [
    ...result.refusals.map((refusal) => ({
      code: 'refused',
      // “-” is the file as a whole.
      elementId: refusal.elementId === '-' ? null : refusal.elementId || null,
      severity: 'Error' as const,
      values: { type: refusal.elementType, reason: refusal.reason, line: String(refusal.line) },
      text: '',
    })),
    ...result.findings.map((finding) => ({
      code: finding.code,
      elementId: finding.elementId || null,
      severity: finding.severity,
      values: {},
      text: finding.text,
    })),
  ];
}
