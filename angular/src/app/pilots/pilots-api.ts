import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, map } from 'rxjs';
import { addPilotNote } from '@api/fn/pilot-plans/add-pilot-note';
import { completePilotTask } from '@api/fn/pilot-plans/complete-pilot-task';
import { getPilotPlanDraft } from '@api/fn/pilot-plans/get-pilot-plan-draft';
import { reopenPilotTask } from '@api/fn/pilot-plans/reopen-pilot-task';
import { savePilotPlanDraft } from '@api/fn/pilot-plans/save-pilot-plan-draft';
import { submitPilotPlan } from '@api/fn/pilot-plans/submit-pilot-plan';
import { beginPilotPlanning } from '@api/fn/pilots/begin-pilot-planning';
import { getPilot } from '@api/fn/pilots/get-pilot';
import { getPilotCounts } from '@api/fn/pilots/get-pilot-counts';
import { ListPilots$Params, listPilots } from '@api/fn/pilots/list-pilots';
import { resumePilot } from '@api/fn/pilots/resume-pilot';
import { startPilot } from '@api/fn/pilots/start-pilot';
import { suspendPilot } from '@api/fn/pilots/suspend-pilot';
import { listRegions } from '@api/fn/regions/list-regions';
import { getDeliverable } from '@api/fn/deliverables/get-deliverable';
import { saveSubmissionDraft } from '@api/fn/deliverables/save-submission-draft';
import {
  ListSubmissionsToReview$Params,
  listSubmissionsToReview,
} from '@api/fn/review/list-submissions-to-review';
import { acceptSubmission } from '@api/fn/submissions/accept-submission';
import { compareSubmission } from '@api/fn/submissions/compare-submission';
import { getSubmission } from '@api/fn/submissions/get-submission';
import { returnSubmission } from '@api/fn/submissions/return-submission';
import { submitSubmission } from '@api/fn/submissions/submit-submission';
import {
  AcceptSubmissionDto,
  AddProgressNoteDto,
  CompleteTaskDto,
  ReturnSubmissionDto,
  SavePlanDraftDto,
  SaveSubmissionDraftDto,
} from '@api/models';
import { StrictHttpResponse } from '@api/strict-http-response';
import { TableQuery, toHttpParams } from '@ui';

/** The generated calls of pilots, plans, deliverables and review, with their bodies. */
@Injectable({ providedIn: 'root' })
export class PilotsApi {
  private readonly http = inject(HttpClient);

  list(query: TableQuery) {
    return body(listPilots(this.http, '', toListParams<ListPilots$Params>(query)));
  }

  counts() {
    return body(getPilotCounts(this.http, ''));
  }

  regions() {
    return body(listRegions(this.http, ''));
  }

  get(id: string) {
    return body(getPilot(this.http, '', { id }));
  }

  beginPlanning(id: string, concurrencyStamp: string) {
    return body(beginPilotPlanning(this.http, '', { id, body: { concurrencyStamp } }));
  }

  start(id: string, concurrencyStamp: string) {
    return body(startPilot(this.http, '', { id, body: { concurrencyStamp } }));
  }

  suspend(id: string, concurrencyStamp: string, reason: string) {
    return body(suspendPilot(this.http, '', { id, body: { concurrencyStamp, reason } }));
  }

  resume(id: string, concurrencyStamp: string) {
    return body(resumePilot(this.http, '', { id, body: { concurrencyStamp } }));
  }

  planDraft(id: string) {
    return body(getPilotPlanDraft(this.http, '', { id }));
  }

  savePlanDraft(id: string, draft: SavePlanDraftDto) {
    return body(savePilotPlanDraft(this.http, '', { id, body: draft }));
  }

  submitPlan(id: string, concurrencyStamp: string) {
    return body(submitPilotPlan(this.http, '', { id, body: { concurrencyStamp } }));
  }

  completeTask(id: string, taskId: string, input: CompleteTaskDto) {
    return body(completePilotTask(this.http, '', { id, taskId, body: input }));
  }

  reopenTask(id: string, taskId: string, concurrencyStamp: string) {
    return body(reopenPilotTask(this.http, '', { id, taskId, body: { concurrencyStamp } }));
  }

  addNote(id: string, note: AddProgressNoteDto) {
    return body(addPilotNote(this.http, '', { id, body: note }));
  }

  deliverable(id: string) {
    return body(getDeliverable(this.http, '', { id }));
  }

  saveSubmissionDraft(deliverableId: string, draft: SaveSubmissionDraftDto) {
    return body(saveSubmissionDraft(this.http, '', { id: deliverableId, body: draft }));
  }

  submission(id: string) {
    return body(getSubmission(this.http, '', { id }));
  }

  comparison(id: string) {
    return body(compareSubmission(this.http, '', { id }));
  }

  submit(id: string, concurrencyStamp: string) {
    return body(submitSubmission(this.http, '', { id, body: { concurrencyStamp } }));
  }

  queue(query: TableQuery) {
    return body(listSubmissionsToReview(this.http, '', toListParams<ListSubmissionsToReview$Params>(query)));
  }

  accept(id: string, input: AcceptSubmissionDto) {
    return body(acceptSubmission(this.http, '', { id, body: input }));
  }

  return(id: string, input: ReturnSubmissionDto) {
    return body(returnSubmission(this.http, '', { id, body: input }));
  }
}

function body<T>(answer: Observable<StrictHttpResponse<T>>): Observable<T> {
  return answer.pipe(map((response) => response.body));
}

/**
 * A table's question as the generated calls name it: they write parameters with a capital, tables without.
 * A filter that the endpoint does not know is not sent; the server checks the values.
 */
export function toListParams<T>(query: TableQuery): T {
  const named = Object.entries(toHttpParams(query)).map(([key, value]) => [
    key.charAt(0).toUpperCase() + key.slice(1),
    value,
  ]);
  return Object.fromEntries(named) as T;
}
