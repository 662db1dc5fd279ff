import { HttpClient } from '@angular/common/http';
import { firstValueFrom } from 'rxjs';
import { fileNameOf } from './labels';

/** Fetches a file and hands it to the browser; the generated functions would read it as text. */
export async function saveFile(
  http: HttpClient,
  path: string,
  params: Record<string, string | number>,
  otherwise: string,
): Promise<void> {
  const file = await firstValueFrom(http.get(path, { params, responseType: 'blob', observe: 'response' }));
  const url = URL.createObjectURL(file.body ?? new Blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = fileNameOf(file.headers.get('Content-Disposition')) ?? otherwise;
  link.click();
  URL.revokeObjectURL(url);
}
