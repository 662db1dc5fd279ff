import { Pipe, PipeTransform, inject } from '@angular/core';
import {
  formatCount,
  formatDate,
  formatDateText,
  formatFileSize,
  formatInstant,
  formatNumber,
} from './format';
import { PreferencesService } from './preferences.service';

/** `{{ due | appDate }}` → 2023-09-30, for tables. */
@Pipe({ name: 'appDate' })
export class AppDatePipe implements PipeTransform {
  transform(value: string | Date | null | undefined): string {
    return formatDate(value);
  }
}

/** `{{ due | appDateText }}` → 2023年9月30日, for running text. Follows the language. */
@Pipe({ name: 'appDateText', pure: false })
export class AppDateTextPipe implements PipeTransform {
  private readonly preferences = inject(PreferencesService);

  transform(value: string | Date | null | undefined): string {
    return formatDateText(value, this.preferences.language());
  }
}

/** `{{ at | appInstant }}` → 2023-09-30 10:32 on China's clock. */
@Pipe({ name: 'appInstant' })
export class AppInstantPipe implements PipeTransform {
  transform(value: string | Date | null | undefined): string {
    return formatInstant(value);
  }
}

/** `{{ 27 | appCount: '项' }}` → 27 项. */
@Pipe({ name: 'appCount', pure: false })
export class AppCountPipe implements PipeTransform {
  private readonly preferences = inject(PreferencesService);

  transform(value: number, unit = ''): string {
    return formatCount(value, unit, this.preferences.language());
  }
}

/** `{{ 86.5 | appNumber: 1 }}` → 86.5 with a fixed number of digits. */
@Pipe({ name: 'appNumber', pure: false })
export class AppNumberPipe implements PipeTransform {
  private readonly preferences = inject(PreferencesService);

  transform(value: number | null | undefined, fractionDigits?: number): string {
    return value == null ? '' : formatNumber(value, this.preferences.language(), fractionDigits);
  }
}

/** `{{ size | appFileSize }}` → 1.4 MB. */
@Pipe({ name: 'appFileSize', pure: false })
export class AppFileSizePipe implements PipeTransform {
  private readonly preferences = inject(PreferencesService);

  transform(bytes: number): string {
    return formatFileSize(bytes, this.preferences.language());
  }
}
