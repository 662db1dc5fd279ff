import { Injectable, inject } from '@angular/core';
import { Observable, catchError, forkJoin, from, map, of, switchMap } from 'rxjs';
import { Api, ApiFnRequired } from '@api/api';
import {
  addWorkflowSigner,
  checkWorkflowModel,
  claimWorkflowTask,
  commentWorkflowTask,
  compareWorkflowVersions,
  completeWorkflowTask,
  completeWorkflowTaskBatch,
  copyWorkflowTask,
  countWorkflowTasks,
  createWorkflowDefinition,
  createWorkflowDelegation,
  decideWorkflowOverride,
  editWorkflowDefinition,
  endWorkflowDelegation,
  getUser,
  getWorkflowCatalogue,
  getWorkflowDefinition,
  getWorkflowIncidentStep,
  getWorkflowInstance,
  getWorkflowTask,
  getWorkflowVersion,
  listUsers,
  listWorkflowDefinitions,
  listWorkflowDelegates,
  listWorkflowDelegations,
  listWorkflowIncidents,
  listWorkflowInstanceFlows,
  listWorkflowInstances,
  listWorkflowMigrations,
  listWorkflowTaskFlows,
  listWorkflowTaskPeople,
  listWorkflowTasks,
  migrateWorkflow,
  monitorWorkflowVersion,
  openWorkflowDraft,
  previewWorkflowMigration,
  publishWorkflow,
  reassignWorkflowTask,
  releaseWorkflowTask,
  getWorkflowRetirement,
  retireWorkflowVersion,
  retryWorkflowIncident,
  saveWorkflowDraft,
  seeWorkflowTask,
  sendBackWorkflowTask,
  setWorkflowVariable,
  simulateWorkflow,
  skipWorkflowIncident,
  undoWorkflowMigration,
  urgeWorkflowTask,
  withdrawWorkflowTask,
} from '@api/functions';
import {
  BatchResultDto,
  CatalogueDto,
  ComparisonDto,
  DefinitionDto,
  DefinitionListItemDto,
  DelegationDto,
  InboxFlowDto,
  IncidentDto,
  IncidentStepDto,
  InstanceDto,
  MigrationBatchDto,
  MigrationListItemDto,
  MigrationPreviewDto,
  MonitorDto,
  RetirementDto,
  SimulationDto,
  SimulationStep,
  TaskCountsDto,
  TaskLight,
  VersionDto,
  WorkflowInstanceStatus,
} from '@api/models';
import { ApiProblem } from '@core';
import { TableQuery } from '@ui';
import {
  Definition,
  FieldValues,
  Finding,
  InboxBox,
  InboxRow,
  Page,
  PersonOption,
  Task,
  definitionOf,
  findingsOf,
  rowOfInstance,
  rowOfTask,
  taskOf,
} from './models';

/** How many people a search shows. */
const PEOPLE = 20;

/** Every request of the workflow pages, by the generated client; answers in the pages' own words. */
@Injectable({ providedIn: 'root' })
export class WorkflowsApi {
  private readonly api = inject(Api);

  inbox(box: InboxBox, query: TableQuery): Observable<Page<InboxRow>> {
    const { search, key, light, status } = query.filters;
    const page = {
      skipCount: query.skipCount,
      maxResultCount: query.maxResultCount,
      ...(query.sorting ? { sorting: query.sorting } : {}),
      ...(search ? { search } : {}),
      ...(key ? { key } : {}),
    };
    return box === 'Started'
      ? this.call(listWorkflowInstances, {
          ...page,
          startedByMe: true,
          ...(status ? { status: status as WorkflowInstanceStatus } : {}),
        }).pipe(map(({ totalCount, items }) => ({ totalCount, items: items.map(rowOfInstance) })))
      : this.call(listWorkflowTasks, { ...page, box, ...(light ? { light: light as TaskLight } : {}) }).pipe(
          map(({ totalCount, items }) => ({ totalCount, items: items.map(rowOfTask) })),
        );
  }

  /** The flows that occur in a box: what it can be narrowed to. */
  flowsIn(box: InboxBox): Observable<readonly InboxFlowDto[]> {
    return box === 'Started'
      ? this.call(listWorkflowInstanceFlows, {})
      : this.call(listWorkflowTaskFlows, { box });
  }

  counts(): Observable<TaskCountsDto> {
    return this.call(countWorkflowTasks, {});
  }

  task(id: string): Observable<Task> {
    return this.call(getWorkflowTask, { id }).pipe(map(taskOf));
  }

  /** The person has opened it: it is no longer new, and the step before cannot be withdrawn. */
  seen(id: string): Observable<Task> {
    return this.call(seeWorkflowTask, { id }).pipe(map(taskOf));
  }

  claim({ id, concurrencyStamp }: Stamped): Observable<Task> {
    return this.call(claimWorkflowTask, { id, body: { concurrencyStamp } }).pipe(map(taskOf));
  }

  release({ id, concurrencyStamp }: Stamped): Observable<Task> {
    return this.call(releaseWorkflowTask, { id, body: { concurrencyStamp } }).pipe(map(taskOf));
  }

  complete({ id, concurrencyStamp }: Stamped, values: FieldValues, comment: string): Observable<Task> {
    return this.call(completeWorkflowTask, {
      id,
      body: { values: { ...values }, comment: comment || null, concurrencyStamp },
    }).pipe(map(taskOf));
  }

  sendBack({ id, concurrencyStamp }: Stamped, toNodeId: string, reason: string): Observable<Task | null> {
    return this.then(
      this.call(sendBackWorkflowTask, { id, body: { toNodeId, reason, concurrencyStamp } }),
      id,
    );
  }

  withdraw({ id, concurrencyStamp }: Stamped): Observable<Task | null> {
    return this.then(this.call(withdrawWorkflowTask, { id, body: { concurrencyStamp } }), id);
  }

  reassign({ id, concurrencyStamp }: Stamped, userId: string, reason: string): Observable<Task | null> {
    return this.then(this.call(reassignWorkflowTask, { id, body: { userId, reason, concurrencyStamp } }), id);
  }

  addSigner(
    { id, concurrencyStamp }: Stamped,
    userId: string,
    position: 'Before' | 'After',
    reason: string,
  ): Observable<Task | null> {
    return this.then(
      this.call(addWorkflowSigner, { id, body: { userId, position, reason, concurrencyStamp } }),
      id,
    );
  }

  copy({ id }: Stamped, userIds: readonly string[]): Observable<Task | null> {
    return this.then(this.call(copyWorkflowTask, { id, body: { userIds: [...userIds] } }), id);
  }

  urge({ id }: Stamped, text: string): Observable<Task | null> {
    return this.then(this.call(urgeWorkflowTask, { id, body: { text: text || null } }), id);
  }

  comment({ id }: Stamped, text: string, fileIds: readonly string[]): Observable<Task> {
    return this.call(commentWorkflowTask, { id, body: { text, fileIds: [...fileIds] } }).pipe(map(taskOf));
  }

  completeBatch(
    taskIds: readonly string[],
    values: FieldValues,
    comment: string,
  ): Observable<readonly BatchResultDto[]> {
    return this.call(completeWorkflowTaskBatch, {
      body: { taskIds: [...taskIds], values: { ...values }, comment: comment || null },
    });
  }

  /** People to whom a task may be given or copied. */
  peopleOfTask(taskId: string, search: string): Observable<readonly PersonOption[]> {
    return this.call(listWorkflowTaskPeople, { id: taskId, ...(search ? { search } : {}) });
  }

  /** Colleagues who may stand in for the reader. */
  peopleToDelegateTo(search: string): Observable<readonly PersonOption[]> {
    return this.call(listWorkflowDelegates, search ? { search } : {});
  }

  /** Anybody of the region whom a flow may name. */
  peopleOfRegion(search: string): Observable<readonly PersonOption[]> {
    return this.call(listUsers, {
      isActive: true,
      maxResultCount: PEOPLE,
      ...(search ? { filter: search } : {}),
    }).pipe(
      map(({ items }) =>
        items.map((user) => ({ id: user.id, name: user.displayName, regionName: user.regionName })),
      ),
    );
  }

  person(id: string): Observable<PersonOption> {
    return this.call(getUser, { id }).pipe(map((user) => ({ id, name: user.displayName })));
  }

  delegations(): Observable<readonly DelegationDto[]> {
    return this.call(listWorkflowDelegations, {});
  }

  delegate(toUserId: string, first: string, last: string): Observable<DelegationDto> {
    return this.call(createWorkflowDelegation, { body: { toUserId, first, last } });
  }

  endDelegation(id: string): Observable<unknown> {
    return this.call(endWorkflowDelegation, { id });
  }

  /** The flows of one thing with their pictures, the newest first. */
  instancesOf(which: { subjectId?: string; partOf?: string }): Observable<readonly InstanceDto[]> {
    return this.call(listWorkflowInstances, { ...which, maxResultCount: PEOPLE }).pipe(
      switchMap(({ items }) =>
        items.length > 0 ? forkJoin(items.map((item) => this.instance(item.id))) : of([]),
      ),
    );
  }

  instance(id: string): Observable<InstanceDto> {
    return this.call(getWorkflowInstance, { id });
  }

  definitions(): Observable<readonly DefinitionListItemDto[]> {
    return this.call(listWorkflowDefinitions, { maxResultCount: 200 }).pipe(map(({ items }) => items));
  }

  /** A flow with its draft, or, without one, with the version in force. */
  definition(id: string): Observable<Definition> {
    return this.call(getWorkflowDefinition, { id }).pipe(
      switchMap((dto) => {
        const shown = dto.definition.draftId ?? dto.definition.currentVersionId ?? dto.versions[0]?.id ?? '';
        return this.version(shown).pipe(map((version) => definitionOf(dto, version)));
      }),
    );
  }

  version(id: string): Observable<VersionDto> {
    return this.call(getWorkflowVersion, { id });
  }

  /** A flow of one's own region; with the key of an inherited one it begins as its copy. */
  create(key: string, name: string, allowsOverride: boolean): Observable<VersionDto> {
    return this.call(createWorkflowDefinition, { body: { key, name, allowsOverride, xml: null } });
  }

  edit({ id, concurrencyStamp }: Stamped, name: string, allowsOverride: boolean): Observable<DefinitionDto> {
    return this.call(editWorkflowDefinition, { id, body: { name, allowsOverride, concurrencyStamp } });
  }

  /** Whether regions below may have their own of a flow; the stamp is of the region's rule so far, if there is one. */
  decideOverride(key: string, allows: boolean, concurrencyStamp: string | null): Observable<unknown> {
    return this.call(decideWorkflowOverride, { body: { key, allows, concurrencyStamp } });
  }

  /** A flow as the list has it. */
  definitionRow(id: string): Observable<DefinitionListItemDto> {
    return this.call(getWorkflowDefinition, { id }).pipe(map(({ definition }) => definition));
  }

  /** Begins a draft from the version in force, or answers the one there is. */
  beginDraft(definitionId: string): Observable<VersionDto> {
    return this.call(openWorkflowDraft, { id: definitionId });
  }

  saveDraft(definitionId: string, xml: string, concurrencyStamp: string): Observable<VersionDto> {
    return this.call(saveWorkflowDraft, { id: definitionId, body: { xml, concurrencyStamp } });
  }

  check(xml: string): Observable<readonly Finding[]> {
    return this.call(checkWorkflowModel, { body: { xml } }).pipe(map(findingsOf));
  }

  publish(definitionId: string, note: string, concurrencyStamp: string): Observable<VersionDto> {
    return this.call(publishWorkflow, { id: definitionId, body: { note, concurrencyStamp } });
  }

  /** Whom it concerns when a version is retired. */
  retirement(id: string): Observable<RetirementDto> {
    return this.call(getWorkflowRetirement, { id });
  }

  retire({ id, concurrencyStamp }: Stamped): Observable<unknown> {
    return this.call(retireWorkflowVersion, { id, body: { concurrencyStamp } });
  }

  compare(id: string, withId: string): Observable<ComparisonDto> {
    return this.call(compareWorkflowVersions, { id, with: withId });
  }

  /** Plays the steps from the beginning: the server keeps nothing. */
  simulate(xml: string, steps: readonly SimulationStep[]): Observable<SimulationDto> {
    return this.call(simulateWorkflow, { body: { xml, variables: null, steps: [...steps] } });
  }

  monitor(versionId: string): Observable<MonitorDto> {
    return this.call(monitorWorkflowVersion, { id: versionId });
  }

  catalogue(): Observable<CatalogueDto> {
    return this.call(getWorkflowCatalogue, {});
  }

  incidents(
    settled: boolean,
    skipCount: number,
    maxResultCount: number,
    key?: string,
  ): Observable<Page<IncidentDto>> {
    return this.call(listWorkflowIncidents, { settled, skipCount, maxResultCount, ...(key ? { key } : {}) });
  }

  /** What waits for an administrator in one flow. */
  incidentsOf(instanceId: string, maxResultCount: number): Observable<readonly IncidentDto[]> {
    return this.call(listWorkflowIncidents, { instanceId, settled: false, maxResultCount }).pipe(
      map(({ items }) => items),
    );
  }

  incidentStep(id: string): Observable<IncidentStepDto> {
    return this.call(getWorkflowIncidentStep, { id });
  }

  retry({ id, concurrencyStamp }: Stamped): Observable<unknown> {
    return this.call(retryWorkflowIncident, { id, body: { concurrencyStamp } });
  }

  /** `flowId`: the way on, where the flow could not choose it; `values`: what the step would have answered. */
  skip(
    { id, concurrencyStamp }: Stamped,
    reason: string,
    flowId: string | null,
    values: FieldValues | null,
  ): Observable<unknown> {
    return this.call(skipWorkflowIncident, {
      id,
      body: { reason, values: values && { ...values }, flowId, concurrencyStamp },
    });
  }

  setVariable(instanceId: string, name: string, value: unknown, reason: string): Observable<unknown> {
    return this.call(setWorkflowVariable, { id: instanceId, body: { name, value: value as object, reason } });
  }

  previewMigration(fromId: string, toVersionId: string, mapping: Mapping): Observable<MigrationPreviewDto> {
    return this.call(previewWorkflowMigration, {
      id: fromId,
      body: { toVersionId, mapping: { ...mapping }, instanceIds: null },
    });
  }

  migrate(fromId: string, toVersionId: string, mapping: Mapping): Observable<MigrationBatchDto> {
    return this.call(migrateWorkflow, {
      id: fromId,
      body: { toVersionId, mapping: { ...mapping }, instanceIds: null },
    });
  }

  migrations(versionId: string, query: TableQuery): Observable<Page<MigrationListItemDto>> {
    return this.call(listWorkflowMigrations, {
      id: versionId,
      skipCount: query.skipCount,
      maxResultCount: query.maxResultCount,
      ...(query.sorting ? { sorting: query.sorting } : {}),
    });
  }

  undoMigration(batchId: string): Observable<MigrationBatchDto> {
    return this.call(undoWorkflowMigration, { batchId });
  }

  /** Some verbs give the work away: null when the caller no longer sees the task. */
  private then(done: Observable<unknown>, taskId: string): Observable<Task | null> {
    return done.pipe(
      switchMap(() =>
        this.task(taskId).pipe(
          catchError((error: unknown) => {
            if ([403, 404].includes(ApiProblem.from(error).status)) {
              return of(null);
            }
            throw error;
          }),
        ),
      ),
    );
  }

  private call<P, R>(request: ApiFnRequired<P, R>, params: P): Observable<R> {
    return from(this.api.invoke(request, params));
  }
}

export type Mapping = Readonly<Record<string, string>>;

/** Anything whose state a verb changes: the stamp says what the person saw. */
export interface Stamped {
  readonly id: string;
  readonly concurrencyStamp: string;
}
