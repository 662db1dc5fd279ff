import { ChangeDetectionStrategy, Component } from '@angular/core';
import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { FormControl, FormGroup, ReactiveFormsModule, Validators } from '@angular/forms';
import { provideRouter } from '@angular/router';
import { UploadOptions } from 'tus-js-client';
import { provideTexts } from '../../testing/texts';
import { FileUpload } from './file-upload';
import { ErrorSummary, Field, UiForm } from './form';
import { StoredFile, TUS_UPLOAD } from './upload.service';

const STORED: StoredFile = {
  fileId: 'f1',
  name: '清单.pdf',
  size: 4,
  contentType: 'application/pdf',
  sha256: 'ab',
};

async function show() {
  const started: {
    options: UploadOptions;
    abort: ReturnType<typeof vi.fn>;
    start: ReturnType<typeof vi.fn>;
  }[] = [];
  document.cookie = 'XSRF-TOKEN=token-2; path=/';
  TestBed.configureTestingModule({
    providers: [
      provideTexts(),
      provideRouter([]),
      provideHttpClient(),
      provideHttpClientTesting(),
      {
        provide: TUS_UPLOAD,
        useValue: (_file: File, options: UploadOptions) => {
          const upload = {
            options,
            start: vi.fn(),
            abort: vi.fn().mockResolvedValue(undefined),
            url: '/api/uploads/u-7',
          };
          started.push(upload);
          return upload;
        },
      },
    ],
  });
  const fixture = TestBed.createComponent(FileUpload);
  fixture.componentRef.setInput('label', '选择成果文件');
  fixture.componentRef.setInput('accept', ['.pdf']);
  fixture.componentRef.setInput('maxBytes', 10);
  const uploaded: StoredFile[] = [];
  fixture.componentInstance.uploaded.subscribe((file) => uploaded.push(file));
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  const drop = async (file: File) => {
    const event = new Event('drop', { cancelable: true });
    Object.assign(event, { dataTransfer: { files: [file] } });
    root.querySelector('.drop')?.dispatchEvent(event);
    await fixture.whenStable();
  };
  const click = async (text: string) => {
    [...root.querySelectorAll('button')].find((button) => button.textContent.includes(text))?.click();
    await fixture.whenStable();
  };
  return { fixture, root, started, uploaded, drop, click, backend: TestBed.inject(HttpTestingController) };
}

@Component({
  selector: 'app-upload-host',
  imports: [ErrorSummary, Field, FileUpload, ReactiveFormsModule, UiForm],
  template: `
    <form [formGroup]="form" [uiForm]="null">
      <ui-error-summary />
      <ui-field label="附件" help="报送的全部文件" [control]="form.controls.files">
        <ui-file-upload label="选择文件" />
      </ui-field>
    </form>
  `,
  changeDetection: ChangeDetectionStrategy.OnPush,
})
class UploadHost {
  readonly form = new FormGroup({ files: new FormControl('', Validators.required) });
}

async function showInField() {
  TestBed.configureTestingModule({
    providers: [provideTexts(), provideRouter([]), provideHttpClient(), provideHttpClientTesting()],
  });
  const fixture = TestBed.createComponent(UploadHost);
  document.body.append(fixture.nativeElement as HTMLElement);
  await fixture.whenStable();
  const root = fixture.nativeElement as HTMLElement;
  const chooser = root.querySelector('input') as HTMLInputElement;
  const button = root.querySelector('button') as HTMLButtonElement;
  return { fixture, root, chooser, button, label: root.querySelector('label') as HTMLLabelElement };
}

/** What the ids of an attribute say, as assistive technology reads it. */
const said = (element: Element, attribute: string) =>
  (element.getAttribute(attribute) ?? '')
    .split(' ')
    .map((id) => document.getElementById(id)?.textContent.replace(/\s+/g, ' ').trim())
    .join(' ');

describe('ui-file-upload in a field', () => {
  it('opens the chooser when the label is clicked', async () => {
    const { chooser, button, label } = await showInField();
    const opened = vi.spyOn(chooser, 'click');
    expect(label.control).toBe(button);
    label.click();
    expect(opened).toHaveBeenCalledTimes(1);
  });

  it('has one control with one name, which begins with the label and holds its own text', async () => {
    const { root, button } = await showInField();
    expect(said(button, 'aria-labelledby')).toBe('附件 选择文件');
    expect(said(button, 'aria-describedby')).toMatch(/^报送的全部文件 .*文件/);
    expect(root.querySelector('[role=group]')).toBeNull();
    expect(root.querySelectorAll('[aria-label]')).toHaveLength(0);
  });

  it('is where the error summary leads, and is described by the error', async () => {
    const { fixture, root, button } = await showInField();
    root.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await fixture.whenStable();
    root.querySelector<HTMLElement>('.ui-error-summary a')?.click();
    expect(document.activeElement).toBe(button);
    expect(said(button, 'aria-describedby')).toContain('请填写附件');
  });
});

describe('ui-file-upload', () => {
  it('is named by its own text where no field surrounds it', async () => {
    const { root } = await show();
    const button = root.querySelector('button') as HTMLButtonElement;
    expect(button.textContent.trim()).toBe('选择成果文件');
    expect(button.getAttribute('aria-labelledby')).toBeNull();
    expect(button.getAttribute('aria-describedby')).not.toBe('');
  });

  it.each([
    ['清单.pdf', '', '文件是空的'],
    ['清单.pdf', '12345678901', '文件超过'],
    ['清单.exe', '1234', '文件类型不符'],
  ])('refuses %s of %j at once and says why beside it', async (name, content, reason) => {
    const { root, started, drop } = await show();
    await drop(new File(content ? [content] : [], name));
    expect(root.querySelector('[role=alert]')?.textContent).toContain(reason);
    expect(started).toHaveLength(0);
  });

  it('sends names and the antiforgery token, shows progress, and hands over the checked file', async () => {
    const { fixture, root, started, uploaded, drop, backend } = await show();
    await drop(new File(['1234'], '清单.PDF', { type: 'application/pdf' }));
    const options = started[0]?.options;
    expect(options?.endpoint).toBe('/api/uploads');
    expect(options?.metadata).toEqual({ filename: '清单.PDF', filetype: 'application/pdf' });
    const setHeader = vi.fn();
    void options?.onBeforeRequest?.({ setHeader } as never);
    expect(setHeader).toHaveBeenCalledWith('X-XSRF-TOKEN', 'token-2');
    options?.onProgress?.(2, 4);
    await fixture.whenStable();
    expect(root.querySelector('progress')?.value).toBe(50);
    options?.onSuccess?.({} as never);
    backend.expectOne('/api/uploads/u-7/file').flush(STORED);
    await fixture.whenStable();
    await fixture.whenStable();
    expect(uploaded).toEqual([STORED]);
    expect(root.textContent).toContain('已上传');
  });

  it('shows the server’s refusal beside the file and tries again on demand', async () => {
    const { fixture, root, started, drop, click } = await show();
    await drop(new File(['1234'], '清单.pdf'));
    const refusal = Object.assign(new Error('tus'), {
      originalResponse: { getStatus: () => 415, getBody: () => '{"title":"内容不是 PDF 文件","status":415}' },
    });
    started[0]?.options.onError?.(refusal as never);
    await fixture.whenStable();
    expect(root.querySelector('[role=alert]')?.textContent).toContain('内容不是 PDF 文件');
    await click('重试');
    expect(started).toHaveLength(1);
    expect(started[0]?.start).toHaveBeenCalledTimes(2);
  });

  it('stops the sending when cancelled', async () => {
    const { root, started, drop, click } = await show();
    await drop(new File(['1234'], '清单.pdf'));
    await click('取消');
    expect(started[0]?.abort).toHaveBeenCalledTimes(1);
    expect(root.querySelector('li')).toBeNull();
  });

  it('tries again after a broken way, not after a refusal', async () => {
    const { started, drop } = await show();
    await drop(new File(['1234'], '清单.pdf'));
    const retry = (status: number) =>
      started[0]?.options.onShouldRetry?.({ originalResponse: { getStatus: () => status } } as never, 0, {});
    expect(retry(503)).toBe(true);
    expect(retry(0)).toBe(true);
    expect(retry(415)).toBe(false);
    expect(retry(401)).toBe(false);
  });
});
