import { HttpClient } from '@angular/common/http';
import { Injectable, inject } from '@angular/core';
import { Observable, map } from 'rxjs';
import { ListAuditEntries$Params, listAuditEntries } from '@api/fn/audit/list-audit-entries';
import { exportAuditEntries } from '@api/fn/audit/export-audit-entries';
import { verifyAuditLog } from '@api/fn/audit/verify-audit-log';
import { listOffices } from '@api/fn/offices/list-offices';
import { listRegions } from '@api/fn/regions/list-regions';
import { createRole } from '@api/fn/roles/create-role';
import { editRole } from '@api/fn/roles/edit-role';
import { listPermissions } from '@api/fn/roles/list-permissions';
import { listRoles } from '@api/fn/roles/list-roles';
import { removeRole } from '@api/fn/roles/remove-role';
import { createToken } from '@api/fn/tokens/create-token';
import { ListOwnTokens$Params, listOwnTokens } from '@api/fn/tokens/list-own-tokens';
import { ListTokens$Params, listTokens } from '@api/fn/tokens/list-tokens';
import { revokeOwnToken } from '@api/fn/tokens/revoke-own-token';
import { revokeToken } from '@api/fn/tokens/revoke-token';
import { assignRoles } from '@api/fn/users/assign-roles';
import { createUser } from '@api/fn/users/create-user';
import { disableUser } from '@api/fn/users/disable-user';
import { editUser } from '@api/fn/users/edit-user';
import { enableUser } from '@api/fn/users/enable-user';
import { getUser } from '@api/fn/users/get-user';
import { ListUsers$Params, listUsers } from '@api/fn/users/list-users';
import { resetUserPassword } from '@api/fn/users/reset-user-password';
import { resetUserSecondFactor } from '@api/fn/users/reset-user-second-factor';
import { unlockUser } from '@api/fn/users/unlock-user';
import {
  AssignRolesDto,
  CreateRoleDto,
  CreateTokenDto,
  CreateUserDto,
  EditRoleDto,
  EditUserDto,
  RestoreRoleDto,
} from '@api/models';
import { StrictHttpResponse } from '@api/strict-http-response';
import { TableQuery, toHttpParams } from '@ui';

/** The generated calls of accounts, roles, tokens and the audit log, with their bodies. */
@Injectable({ providedIn: 'root' })
export class IdentityApi {
  private readonly http = inject(HttpClient);

  users(query: TableQuery) {
    // The names of a table's filters are those of the endpoint's parameters; the server checks their values.
    return body(listUsers(this.http, '', toHttpParams(query) as ListUsers$Params));
  }

  user(id: string) {
    return body(getUser(this.http, '', { id }));
  }

  createUser(user: CreateUserDto) {
    return body(createUser(this.http, '', { body: user }));
  }

  editUser(id: string, user: EditUserDto) {
    return body(editUser(this.http, '', { id, body: user }));
  }

  disableUser(id: string, concurrencyStamp: string) {
    return body(disableUser(this.http, '', { id, body: { concurrencyStamp } }));
  }

  enableUser(id: string, concurrencyStamp: string) {
    return body(enableUser(this.http, '', { id, body: { concurrencyStamp } }));
  }

  unlockUser(id: string, concurrencyStamp: string) {
    return body(unlockUser(this.http, '', { id, body: { concurrencyStamp } }));
  }

  resetPassword(id: string, concurrencyStamp: string) {
    return body(resetUserPassword(this.http, '', { id, body: { concurrencyStamp } }));
  }

  resetSecondFactor(id: string, concurrencyStamp: string) {
    return body(resetUserSecondFactor(this.http, '', { id, body: { concurrencyStamp } }));
  }

  assignRoles(id: string, roles: AssignRolesDto) {
    return body(assignRoles(this.http, '', { id, body: roles }));
  }

  regions() {
    return body(listRegions(this.http, ''));
  }

  offices(regionId: string) {
    return body(listOffices(this.http, '', { regionId }));
  }

  roles(regionId?: string) {
    return body(listRoles(this.http, '', { regionId }));
  }

  permissions() {
    return body(listPermissions(this.http, ''));
  }

  createRole(role: CreateRoleDto) {
    return body(createRole(this.http, '', { body: role }));
  }

  editRole(name: string, role: EditRoleDto) {
    return body(editRole(this.http, '', { name, body: role }));
  }

  removeRole(name: string, role: RestoreRoleDto) {
    return body(removeRole(this.http, '', { name, body: role }));
  }

  tokens(query: TableQuery) {
    return body(listTokens(this.http, '', toHttpParams(query) as ListTokens$Params));
  }

  ownTokens(query: TableQuery) {
    return body(listOwnTokens(this.http, '', toHttpParams(query) as ListOwnTokens$Params));
  }

  createToken(token: CreateTokenDto) {
    return body(createToken(this.http, '', { body: token }));
  }

  revokeToken(id: string) {
    return body(revokeToken(this.http, '', { id }));
  }

  revokeOwnToken(id: string) {
    return body(revokeOwnToken(this.http, '', { id }));
  }

  auditEntries(query: TableQuery) {
    return body(listAuditEntries(this.http, '', auditParams(query)));
  }

  verifyAudit() {
    return body(verifyAuditLog(this.http, ''));
  }

  /** The address of the export with the same filters: the browser downloads it, the page never holds it. */
  exportAddress(query: TableQuery): string {
    const values = Object.entries(auditParams(query)).flatMap(([key, value]) =>
      value === undefined || key === 'skipCount' || key === 'maxResultCount' ? [] : [[key, String(value)]],
    );
    return `${exportAuditEntries.PATH}?${new URLSearchParams(values).toString()}`;
  }
}

/** Days are China's; the server filters by instants, the last day included. */
export function auditParams(query: TableQuery): ListAuditEntries$Params {
  const { from, to, ...filters } = query.filters;
  return {
    ...toHttpParams({ ...query, filters }),
    ...(from ? { from: startOfDay(from) } : {}),
    ...(to ? { to: startOfDay(to, 1) } : {}),
  } as ListAuditEntries$Params;
}

function startOfDay(date: string, daysLater = 0): string {
  const [year = '', month = '', day = ''] =
    /^(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$/
      .exec(date.trim())
      ?.slice(1)
      .filter((part) => part) ?? [];
  const start = Date.parse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T00:00:00+08:00`);
  return Number.isNaN(start) ? date : new Date(start + daysLater * 86_400_000).toISOString();
}

function body<T>(answer: Observable<StrictHttpResponse<T>>): Observable<T> {
  return answer.pipe(map((response) => response.body));
}
