import {
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  inject,
  input,
  signal,
  untracked,
} from '@angular/core';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { RouterLink } from '@angular/router';
import { Api } from '@api/api';
import { assignTheme } from '@api/fn/programmes/assign-theme';
import { getClaimMatrix } from '@api/fn/programmes/get-claim-matrix';
import { MatrixCellDto } from '@api/models/matrix-cell-dto';
import { ProgrammeMatrixDto } from '@api/models/programme-matrix-dto';
import { TranslocoDirective, TranslocoService } from '@jsverse/transloco';
import { ApiProblem, AppDateTextPipe } from '@core';
import {
  Busy,
  Confirm,
  EmptyState,
  ErrorSummary,
  Field,
  Loading,
  Matrix,
  MatrixCard,
  MatrixHeading,
  PageHeader,
  ProblemView,
  Toast,
  UiForm,
  UiInput,
  UiMatrixCard,
} from '@ui';
import { BreadcrumbService } from '../layout/breadcrumb.service';
import { ClaimCard } from './claim-card';
import { assignmentLabel } from './labels';
import { CellWords, matrixCell } from './matrix-cells';

/** For the issuer: every claim and assignment as theme × region, decided from the card of a cell. */
@Component({
  selector: 'app-claim-matrix',
  imports: [
    AppDateTextPipe,
    Busy,
    ClaimCard,
    EmptyState,
    ErrorSummary,
    Field,
    Loading,
    Matrix,
    PageHeader,
    ProblemView,
    ReactiveFormsModule,
    RouterLink,
    TranslocoDirective,
    UiForm,
    UiInput,
    UiMatrixCard,
  ],
  templateUrl: './claim-matrix.html',
  changeDetection: ChangeDetectionStrategy.OnPush,
})
export class ClaimMatrixPage {
  private readonly api = inject(Api);
  private readonly breadcrumb = inject(BreadcrumbService);
  private readonly confirm = inject(Confirm);
  private readonly toast = inject(Toast);
  private readonly transloco = inject(TranslocoService);

  readonly id = input.required<string>();
  protected readonly matrix = signal<ProgrammeMatrixDto | null>(null);
  protected readonly problem = signal<ApiProblem | null>(null);
  protected readonly assignProblem = signal<ApiProblem | null>(null);
  protected readonly assigning = signal(false);
  protected readonly assignmentLabel = assignmentLabel;
  protected readonly form = new FormGroup({
    themeId: new FormControl('', { nonNullable: true, validators: Validators.required }),
    regionId: new FormControl('', { nonNullable: true, validators: Validators.required }),
    partName: new FormControl('', { nonNullable: true, validators: Validators.maxLength(60) }),
  });

  protected readonly rows = computed<MatrixHeading[]>(() =>
    (this.matrix()?.themes ?? []).map((theme) => ({
      id: theme.id,
      text: `${theme.number} ${theme.title}`,
      title: `${theme.number} ${theme.title}`,
    })),
  );
  protected readonly columns = computed<MatrixHeading[]>(() =>
    (this.matrix()?.regions ?? []).map((region) => ({
      id: region.id,
      text: region.shortName,
      title: region.name,
    })),
  );
  protected readonly cells = computed(() => {
    const t = (key: string, values?: Record<string, unknown>) => this.transloco.translate(key, values);
    const words: CellWords = {
      assigned: t('programmes.matrix.assigned'),
      claim: {
        Submitted: t('programmes.matrix.waits'),
        Withdrawn: t('programmes.claimStatus.Withdrawn'),
        Accepted: t('programmes.claimStatus.Accepted'),
        Declined: t('programmes.claimStatus.Declined'),
      },
      opinions: (supports, neutrals, objections) =>
        t('programmes.matrix.opinions', { supports, neutrals, objections }),
    };
    return (this.matrix()?.cells ?? []).map((cell) => matrixCell(cell, words));
  });

  constructor() {
    effect(() => {
      this.id();
      untracked(() => void this.load());
    });
  }

  protected async load(): Promise<void> {
    this.problem.set(null);
    try {
      const matrix = await this.api.invoke(getClaimMatrix, { id: this.id() });
      this.matrix.set(matrix);
      this.breadcrumb.setLeaf(matrix.title);
    } catch (error) {
      this.problem.set(ApiProblem.from(error));
    }
  }

  protected cellOf(card: MatrixCard): MatrixCellDto | null {
    return (
      this.matrix()?.cells.find((cell) => cell.themeId === card.row.id && cell.regionId === card.column.id) ??
      null
    );
  }

  protected async assign(): Promise<void> {
    const { themeId, regionId, partName } = this.form.getRawValue();
    const theme = this.rows().find((row) => row.id === themeId)?.text ?? '';
    const region = this.columns().find((column) => column.id === regionId)?.title ?? '';
    const confirmed = await this.confirm.ask({
      title: this.transloco.translate('programmes.matrix.assignTitle', { region, theme }),
      message: this.transloco.translate('programmes.matrix.assignText'),
      affected: [region],
      confirmLabel: this.transloco.translate('programmes.matrix.assign'),
    });
    if (!confirmed) {
      return;
    }
    this.assigning.set(true);
    this.assignProblem.set(null);
    try {
      await this.api.invoke(assignTheme, {
        id: this.id(),
        body: { themeId, regionId, partName: partName || null },
      });
      this.form.reset();
      this.toast.success(this.transloco.translate('programmes.matrix.assignedToast', { region, theme }));
      await this.load();
    } catch (error) {
      this.assignProblem.set(ApiProblem.from(error));
    } finally {
      this.assigning.set(false);
    }
  }
}
