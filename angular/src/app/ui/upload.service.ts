import { HttpClient } from '@angular/common/http';
import { DOCUMENT, Injectable, InjectionToken, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { DetailedError, Upload, UploadOptions } from 'tus-js-client';
import { ApiProblem, PreferencesService, SessionService, XSRF_COOKIE, XSRF_HEADER, readCookie } from '@core';

/** What `GET /api/uploads/{id}/file` answers once all bytes are there and have been checked. */
export interface StoredFile {
  readonly fileId: string;
  readonly name: string;
  readonly size: number;
  readonly contentType: string;
  readonly sha256: string;
}

export type UploadState = 'waiting' | 'uploading' | 'checking' | 'done' | 'failed' | 'cancelled';

/** The part of tus-js-client in use; tests put a stand-in here. */
export interface TusUpload {
  readonly url: string | null;
  start(): void;
  abort(shouldTerminate?: boolean): Promise<void>;
}
export const TUS_UPLOAD = new InjectionToken<(file: File, options: UploadOptions) => TusUpload>(
  'tus upload',
  {
    providedIn: 'root',
    factory: () => (file, options) => new Upload(file, options),
  },
);

const CHUNK = 4 * 1024 * 1024;

/** One file on its way to the server; goes on where it stopped after a broken connection. */
export class FileTransfer {
  readonly state = signal<UploadState>('waiting');
  readonly sent = signal(0);
  readonly problem = signal<ApiProblem | null>(null);
  readonly stored = signal<StoredFile | null>(null);

  constructor(
    readonly file: File,
    private readonly run: (transfer: FileTransfer) => TusUpload,
  ) {}

  private upload: TusUpload | null = null;

  start(): void {
    this.problem.set(null);
    this.state.set('uploading');
    this.upload ??= this.run(this);
    this.upload.start();
  }

  async cancel(): Promise<void> {
    const upload = this.upload;
    this.upload = null;
    this.state.set('cancelled');
    // Bytes already sent stay until the server clears abandoned uploads.
    await upload?.abort();
  }
}

@Injectable({ providedIn: 'root' })
export class Uploads {
  private readonly http = inject(HttpClient);
  private readonly document = inject(DOCUMENT);
  private readonly session = inject(SessionService);
  private readonly preferences = inject(PreferencesService);
  private readonly create = inject(TUS_UPLOAD);

  send(file: File): FileTransfer {
    return new FileTransfer(file, (transfer) => this.begin(transfer));
  }

  private begin(transfer: FileTransfer): TusUpload {
    const { file } = transfer;
    const upload: TusUpload = this.create(file, {
      endpoint: '/api/uploads',
      chunkSize: CHUNK,
      retryDelays: [0, 1000, 3000, 8000],
      metadata: { filename: file.name, filetype: file.type || 'application/octet-stream' },
      // Resuming is within this page; addresses of uploads are not left on shared machines.
      storeFingerprintForResuming: false,
      onBeforeRequest: (request) => {
        request.setHeader('Accept-Language', this.preferences.language());
        const token = readCookie(this.document.cookie, XSRF_COOKIE);
        if (token) {
          request.setHeader(XSRF_HEADER, token);
        }
      },
      onShouldRetry: (error) => {
        const status = error.originalResponse?.getStatus() ?? 0;
        // A refusal stays a refusal; only a broken way or a tired server is worth another try.
        return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500;
      },
      onProgress: (sent) => {
        transfer.sent.set(sent);
      },
      onError: (error) => {
        this.fail(transfer, problemOf(error));
      },
      onSuccess: () => {
        void this.finish(transfer, upload.url);
      },
    });
    return upload;
  }

  private async finish(transfer: FileTransfer, url: string | null): Promise<void> {
    transfer.sent.set(transfer.file.size);
    transfer.state.set('checking');
    const id = url?.split(/[?#]/)[0]?.split('/').filter(Boolean).at(-1) ?? '';
    try {
      const stored = await firstValueFrom(
        this.http.get<StoredFile>(`/api/uploads/${encodeURIComponent(id)}/file`),
      );
      // The person may have cancelled while the server was checking.
      if (transfer.state() === 'checking') {
        transfer.stored.set(stored);
        transfer.state.set('done');
      }
    } catch (error) {
      this.fail(transfer, ApiProblem.from(error));
    }
  }

  private fail(transfer: FileTransfer, problem: ApiProblem): void {
    if (transfer.state() === 'cancelled') {
      return;
    }
    transfer.problem.set(problem);
    transfer.state.set('failed');
    if (problem.status === 401) {
      this.session.expire();
    }
  }
}

function problemOf(error: Error | DetailedError): ApiProblem {
  if ('originalResponse' in error) {
    const response = error.originalResponse;
    return ApiProblem.fromBody(response?.getBody() ?? null, response?.getStatus() ?? 0);
  }
  return ApiProblem.from(error);
}
