import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable } from 'rxjs';
import { TableQuery, toHttpParams } from '@ui';
import {
  BatchResult,
  CatalogueDto,
  ComparisonDto,
  DefinitionDto,
  DefinitionListItem,
  Delegation,
  FieldValues,
  Finding,
  IncidentDto,
  InboxBox,
  MigrationDto,
  MigrationPreview,
  MonitorDto,
  NodeMapping,
  Page,
  PersonOption,
  SimulationDto,
  SimulationStep,
  WorkflowCounts,
  WorkflowInstanceDto,
  WorkflowTaskDto,
  WorkflowTaskListItem,
} from './models';

const TASKS = '/api/workflow-tasks';
const DEFINITIONS = '/api/workflow-definitions';

/** Every request of the workflow pages. */
@Injectable({ providedIn: 'root' })
export class WorkflowsApi {
  private readonly http = inject(HttpClient);

  tasks(box: InboxBox, query: TableQuery): Observable<Page<WorkflowTaskListItem>> {
    return this.http.get<Page<WorkflowTaskListItem>>(TASKS, { params: { box, ...toHttpParams(query) } });
  }

  counts(): Observable<WorkflowCounts> {
    return this.http.get<WorkflowCounts>(`${TASKS}/counts`);
  }

  task(id: string): Observable<WorkflowTaskDto> {
    return this.http.get<WorkflowTaskDto>(`${TASKS}/${id}`);
  }

  claim(task: Stamped): Observable<WorkflowTaskDto> {
    return this.act(task, 'claim');
  }

  release(task: Stamped): Observable<WorkflowTaskDto> {
    return this.act(task, 'release');
  }

  complete(task: Stamped, values: FieldValues, comment: string): Observable<WorkflowTaskDto> {
    return this.act(task, 'complete', { values, comment });
  }

  sendBack(task: Stamped, toNodeId: string, reason: string): Observable<WorkflowTaskDto> {
    return this.act(task, 'send-back', { toNodeId, reason });
  }

  withdraw(task: Stamped): Observable<WorkflowTaskDto> {
    return this.act(task, 'withdraw');
  }

  reassign(task: Stamped, userId: string, reason: string): Observable<WorkflowTaskDto> {
    return this.act(task, 'reassign', { userId, reason });
  }

  addSigner(
    task: Stamped,
    userId: string,
    position: 'Before' | 'After',
    reason: string,
  ): Observable<WorkflowTaskDto> {
    return this.act(task, 'add-signer', { userId, position, reason });
  }

  copy(task: Stamped, userIds: readonly string[]): Observable<WorkflowTaskDto> {
    return this.act(task, 'copy', { userIds });
  }

  urge(task: Stamped, text: string): Observable<WorkflowTaskDto> {
    return this.act(task, 'urge', { text });
  }

  comment(task: Stamped, text: string, fileIds: readonly string[]): Observable<WorkflowTaskDto> {
    return this.act(task, 'comment', { text, fileIds });
  }

  completeBatch(taskIds: readonly string[], values: FieldValues, comment: string): Observable<BatchResult> {
    return this.http.post<BatchResult>(`${TASKS}/complete-batch`, { taskIds, values, comment });
  }

  /** People who may be given a task, or, without one, stand in for the reader. */
  people(search: string, taskId: string | null): Observable<readonly PersonOption[]> {
    return this.http.get<PersonOption[]>('/api/workflow-people', {
      params: taskId ? { search, taskId } : { search },
    });
  }

  /** The one person of an id, or nobody. */
  person(id: string): Observable<readonly PersonOption[]> {
    return this.http.get<PersonOption[]>('/api/workflow-people', { params: { id } });
  }

  delegations(): Observable<readonly Delegation[]> {
    return this.http.get<Delegation[]>('/api/workflow-delegations');
  }

  delegate(toUserId: string, from: string, until: string): Observable<Delegation> {
    return this.http.post<Delegation>('/api/workflow-delegations', { toUserId, from, until });
  }

  endDelegation(id: string): Observable<unknown> {
    return this.http.post(`/api/workflow-delegations/${id}/end`, {});
  }

  instancesOf(subjectId: string): Observable<readonly WorkflowInstanceDto[]> {
    return this.http.get<WorkflowInstanceDto[]>('/api/workflow-instances', { params: { subjectId } });
  }

  instance(id: string): Observable<WorkflowInstanceDto> {
    return this.http.get<WorkflowInstanceDto>(`/api/workflow-instances/${id}`);
  }

  definitions(): Observable<readonly DefinitionListItem[]> {
    return this.http.get<DefinitionListItem[]>(DEFINITIONS);
  }

  definition(id: string): Observable<DefinitionDto> {
    return this.http.get<DefinitionDto>(`${DEFINITIONS}/${id}`);
  }

  create(key: string, name: string): Observable<DefinitionDto> {
    return this.http.post<DefinitionDto>(DEFINITIONS, { key, name });
  }

  /** A copy of an inherited flow for one's own region. */
  override(id: string): Observable<DefinitionDto> {
    return this.http.post<DefinitionDto>(`${DEFINITIONS}/${id}/override`, {});
  }

  /** Begins a draft from the published version, or answers the one there is. */
  beginDraft(id: string): Observable<DefinitionDto> {
    return this.http.post<DefinitionDto>(`${DEFINITIONS}/${id}/draft`, {});
  }

  saveDraft(id: string, xml: string, concurrencyStamp: string): Observable<DefinitionDto> {
    return this.http.put<DefinitionDto>(`${DEFINITIONS}/${id}/draft`, { xml, concurrencyStamp });
  }

  check(id: string, xml: string): Observable<readonly Finding[]> {
    return this.http.post<Finding[]>(`${DEFINITIONS}/${id}/check`, { xml });
  }

  publish(definition: Stamped, note: string): Observable<DefinitionDto> {
    return this.http.post<DefinitionDto>(`${DEFINITIONS}/${definition.id}/publish`, {
      note,
      concurrencyStamp: definition.concurrencyStamp,
    });
  }

  retire(definition: Stamped): Observable<DefinitionDto> {
    return this.http.post<DefinitionDto>(`${DEFINITIONS}/${definition.id}/retire`, {
      concurrencyStamp: definition.concurrencyStamp,
    });
  }

  compare(id: string, withId: string): Observable<ComparisonDto> {
    return this.http.get<ComparisonDto>(`${DEFINITIONS}/${id}/compare`, { params: { with: withId } });
  }

  simulate(
    xml: string,
    variables: Readonly<Record<string, unknown>>,
    steps: readonly SimulationStep[],
  ): Observable<SimulationDto> {
    return this.http.post<SimulationDto>(`${DEFINITIONS}/simulate`, { xml, variables, steps });
  }

  monitor(id: string): Observable<MonitorDto> {
    return this.http.get<MonitorDto>(`${DEFINITIONS}/${id}/monitor`);
  }

  catalogue(): Observable<CatalogueDto> {
    return this.http.get<CatalogueDto>('/api/workflow-catalogue');
  }

  incidents(query: TableQuery): Observable<Page<IncidentDto>> {
    return this.http.get<Page<IncidentDto>>('/api/workflow-incidents', { params: toHttpParams(query) });
  }

  retry(incident: Stamped): Observable<unknown> {
    return this.settle(incident, 'retry');
  }

  skip(incident: Stamped, reason: string): Observable<unknown> {
    return this.settle(incident, 'skip', { reason });
  }

  setVariable(incident: Stamped, name: string, value: string | null, reason: string): Observable<unknown> {
    return this.settle(incident, 'set-variable', { name, value, reason });
  }

  migrations(definitionId: string): Observable<readonly MigrationDto[]> {
    return this.http.get<MigrationDto[]>('/api/workflow-migrations', { params: { definitionId } });
  }

  previewMigration(migration: MigrationInput): Observable<MigrationPreview> {
    return this.http.post<MigrationPreview>('/api/workflow-migrations/preview', migration);
  }

  applyMigration(migration: MigrationInput): Observable<MigrationDto> {
    return this.http.post<MigrationDto>('/api/workflow-migrations', migration);
  }

  undoMigration(id: string): Observable<MigrationDto> {
    return this.http.post<MigrationDto>(`/api/workflow-migrations/${id}/undo`, {});
  }

  private act(task: Stamped, verb: string, body: object = {}): Observable<WorkflowTaskDto> {
    return this.http.post<WorkflowTaskDto>(`${TASKS}/${task.id}/${verb}`, {
      ...body,
      concurrencyStamp: task.concurrencyStamp,
    });
  }

  private settle(incident: Stamped, verb: string, body: object = {}): Observable<unknown> {
    return this.http.post(`/api/workflow-incidents/${incident.id}/${verb}`, {
      ...body,
      concurrencyStamp: incident.concurrencyStamp,
    });
  }
}

/** Anything whose state a verb changes: the stamp says what the person saw. */
export interface Stamped {
  readonly id: string;
  readonly concurrencyStamp: string;
}

export interface MigrationInput {
  readonly fromDefinitionId: string;
  readonly toDefinitionId: string;
  readonly mappings: readonly NodeMapping[];
  readonly instanceIds: readonly string[];
}
