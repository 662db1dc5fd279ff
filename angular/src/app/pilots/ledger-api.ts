import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, map } from 'rxjs';
import { clearSlot } from '@api/fn/ledger/clear-slot';
import { confirmSlot } from '@api/fn/ledger/confirm-slot';
import { confirmSlots } from '@api/fn/ledger/confirm-slots';
import { exportLedger } from '@api/fn/ledger/export-ledger';
import { GetLedger$Params, getLedger } from '@api/fn/ledger/get-ledger';
import { getLedgerSlot } from '@api/fn/ledger/get-ledger-slot';
import { handInSlot } from '@api/fn/ledger/hand-in-slot';
import { handInSlots } from '@api/fn/ledger/hand-in-slots';
import { matchLedgerFiles } from '@api/fn/ledger/match-ledger-files';
import { placeLedgerFiles } from '@api/fn/ledger/place-ledger-files';
import { returnSlot } from '@api/fn/ledger/return-slot';
import { returnSlots } from '@api/fn/ledger/return-slots';
import { saveSlotDraft } from '@api/fn/ledger/save-slot-draft';
import { PlaceFileDto, SaveSlotDraftDto, SlotStampDto } from '@api/models';
import { StrictHttpResponse } from '@api/strict-http-response';

/** The generated calls of the ledger, with their bodies. */
@Injectable({ providedIn: 'root' })
export class LedgerApi {
  private readonly http = inject(HttpClient);

  get(params: GetLedger$Params) {
    return body(getLedger(this.http, '', params));
  }

  /** Where the workbook is downloaded from; the server logs it. */
  exportAddress(id: string, filters: { office?: string; state?: string; search?: string }): string {
    const given = Object.entries(filters).filter(([, value]) => value);
    const query = new URLSearchParams(given).toString();
    return exportLedger.PATH.replace('{id}', id) + (query ? `?${query}` : '');
  }

  slot(id: string) {
    return body(getLedgerSlot(this.http, '', { id }));
  }

  save(id: string, draft: SaveSlotDraftDto) {
    return body(saveSlotDraft(this.http, '', { id, body: draft }));
  }

  clear(id: string, concurrencyStamp: string) {
    return body(clearSlot(this.http, '', { id, body: { concurrencyStamp } }));
  }

  handIn(id: string, concurrencyStamp: string) {
    return body(handInSlot(this.http, '', { id, body: { concurrencyStamp } }));
  }

  confirm(id: string, concurrencyStamp: string) {
    return body(confirmSlot(this.http, '', { id, body: { concurrencyStamp } }));
  }

  return(id: string, concurrencyStamp: string, reason: string) {
    return body(returnSlot(this.http, '', { id, body: { concurrencyStamp, reason } }));
  }

  handInMany(id: string, slots: SlotStampDto[]) {
    return body(handInSlots(this.http, '', { id, body: { slots } }));
  }

  confirmMany(id: string, slots: SlotStampDto[]) {
    return body(confirmSlots(this.http, '', { id, body: { slots } }));
  }

  returnMany(id: string, slots: SlotStampDto[], reason: string) {
    return body(returnSlots(this.http, '', { id, body: { slots, reason } }));
  }

  match(id: string, names: string[]) {
    return body(matchLedgerFiles(this.http, '', { id, body: { names } }));
  }

  place(id: string, files: PlaceFileDto[]) {
    return body(placeLedgerFiles(this.http, '', { id, body: { files } }));
  }
}

function body<T>(answer: Observable<StrictHttpResponse<T>>): Observable<T> {
  return answer.pipe(map((response) => response.body));
}
