import { provideHttpClient } from '@angular/common/http';
import { HttpTestingController, provideHttpClientTesting } from '@angular/common/http/testing';
import { TestBed } from '@angular/core/testing';
import { provideRouter } from '@angular/router';
import { UploadOptions } from 'tus-js-client';
import { provideTexts } from '../../testing/texts';
import { FileUpload } from './file-upload';
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

describe('ui-file-upload', () => {
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
