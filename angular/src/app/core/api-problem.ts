import { HttpErrorResponse } from '@angular/common/http';

/** RFC 9457 problem as the server sends it; screens switch on `code`, never on `title`. */
export interface ApiProblemDetails {
  readonly type?: string;
  readonly title: string;
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
  readonly traceId?: string;
}

/** Code of a problem that never reached the server: no network, or the connection was cut. */
export const UNREACHABLE = 'Client:Unreachable';

/** The one error that requests throw: the interceptor makes it from every failed answer. */
export class ApiProblem extends Error implements ApiProblemDetails {
  readonly type?: string;
  readonly title: string;
  readonly status: number;
  readonly code?: string;
  readonly detail?: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: Readonly<Record<string, readonly string[]>>;
  readonly traceId?: string;

  constructor(details: ApiProblemDetails) {
    super(details.title);
    this.name = 'ApiProblem';
    this.type = details.type;
    this.title = details.title;
    this.status = details.status;
    this.code = details.code;
    this.detail = details.detail;
    this.data = details.data ?? {};
    this.errors = details.errors ?? {};
    this.traceId = details.traceId;
  }

  /** A rule was broken, a transition is illegal or the stamp is stale. */
  get isConflict(): boolean {
    return this.status === 409;
  }

  /** Somebody else saved in between: offer both versions. */
  get isStale(): boolean {
    return this.status === 409 && /:(Stale|ConcurrencyConflict)/i.test(this.code ?? '');
  }

  get isUnreachable(): boolean {
    return this.status === 0;
  }

  get hasFieldErrors(): boolean {
    return Object.keys(this.errors).length > 0;
  }

  static from(error: unknown): ApiProblem {
    if (error instanceof ApiProblem) {
      return error;
    }
    if (error instanceof HttpErrorResponse) {
      return ApiProblem.fromBody(error.error, error.status);
    }
    return new ApiProblem({ title: error instanceof Error ? error.message : String(error), status: -1 });
  }

  /** The body may be a parsed object, a JSON string (uploads) or something a proxy wrote. */
  static fromBody(body: unknown, status: number): ApiProblem {
    if (status === 0) {
      return new ApiProblem({ title: '', status: 0, code: UNREACHABLE });
    }
    const parsed = typeof body === 'string' ? parseJson(body) : body;
    if (!isRecord(parsed)) {
      return new ApiProblem({ title: '', status });
    }
    return new ApiProblem({
      type: text(parsed['type']),
      title: text(parsed['title']) ?? '',
      status: typeof parsed['status'] === 'number' ? parsed['status'] : status,
      code: text(parsed['code']),
      detail: text(parsed['detail']),
      data: isRecord(parsed['data']) ? parsed['data'] : {},
      errors: fieldErrors(parsed['errors']),
      traceId: text(parsed['traceId']),
    });
  }
}

function fieldErrors(value: unknown): Record<string, string[]> {
  if (!isRecord(value)) {
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).map(([field, messages]) => [
      field,
      (Array.isArray(messages) ? messages : [messages]).map((message) => String(message)),
    ]),
  );
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // A proxy's HTML page is no problem document; the status alone has to speak.
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
