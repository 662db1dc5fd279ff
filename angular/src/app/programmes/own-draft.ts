import { inject, signal } from '@angular/core';
import { ApiProblem } from '@core';
import { Attempt, Conflict, ConflictField, Toast } from '@ui';

/** What a page knows of its own record. */
export interface OwnDraftPage<T> {
  /** The record as the server has it now. */
  readonly read: (id: string) => Promise<T>;
  /** Puts the record into the form, in place of what stands there. */
  readonly fill: (record: T) => void;
  /** What stands in the form beside what somebody else saved. */
  readonly compare: (theirs: T) => readonly ConflictField[];
}

/** A record that a region writes, saves and hands in to the region above: a claim, a request for items. */
export class OwnDraft<T extends { readonly id: string }> {
  private readonly conflict = inject(Conflict);
  private readonly toast = inject(Toast);
  readonly record = signal<T | null>(null);
  readonly reading = new Attempt();
  readonly saving = new Attempt();

  constructor(private readonly page: OwnDraftPage<T>) {}

  show(record: T): void {
    this.record.set(record);
    this.page.fill(record);
  }

  /** Saves what stands in the form. Where a colleague saved in between, both versions are shown, and nothing typed is lost. */
  async save(work: () => Promise<void>): Promise<void> {
    await this.saving.run(async () => {
      try {
        await work();
      } catch (error) {
        const answer = ApiProblem.from(error).isStale ? await this.settle() : 'back';
        if (answer === 'back') {
          throw error;
        }
        if (answer === 'mine') {
          await work();
        }
      }
    });
  }

  /** An act on the record as it stands. Where somebody was quicker, the page must show the present state. */
  async act(call: () => Promise<T>): Promise<void> {
    try {
      this.show(await call());
    } catch (error) {
      this.toast.failure(error);
      const record = this.record();
      if (record) {
        await this.reading.run(async () => {
          this.show(await this.page.read(record.id));
        });
      }
    }
  }

  private async settle(): Promise<'mine' | 'theirs' | 'back'> {
    const mine = this.record();
    if (!mine) {
      return 'back';
    }
    const theirs = await this.page.read(mine.id);
    const answer = await this.conflict.ask({ fields: this.page.compare(theirs) });
    if (answer === 'mine') {
      // Its stamp alone: the form keeps what was typed.
      this.record.set(theirs);
    } else if (answer === 'theirs') {
      this.show(theirs);
    }
    return answer;
  }
}
