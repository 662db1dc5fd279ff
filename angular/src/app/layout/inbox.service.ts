import { HttpClient } from '@angular/common/http';
import { Injectable, inject, signal } from '@angular/core';
import { firstValueFrom } from 'rxjs';
import { ApiProblem } from '@core';

/** How many notifications wait to be read. Pages call `refresh` after they have dealt with some. */
@Injectable({ providedIn: 'root' })
export class InboxService {
  private readonly http = inject(HttpClient);
  private readonly unread = signal<number | null>(null);

  /** Null while it is not known, so that the frame never claims an empty inbox. */
  readonly unreadCount = this.unread.asReadonly();

  async refresh(): Promise<void> {
    try {
      const { count } = await firstValueFrom(
        this.http.get<{ count: number }>('/api/notifications/unread-count'),
      );
      this.unread.set(count);
    } catch (error) {
      // The count is a convenience: a failure shows no number rather than a wrong one.
      if (!(error instanceof ApiProblem)) {
        throw error;
      }
      this.unread.set(null);
    }
  }
}
