/** Cookie that carries the antiforgery token and the header that hands it back. */
export const XSRF_COOKIE = 'XSRF-TOKEN';
export const XSRF_HEADER = 'X-XSRF-TOKEN';

/** For senders outside HttpClient, such as resumable uploads. */
export function readCookie(source: string, name: string): string | null {
  for (const pair of source.split(';')) {
    const [key, ...rest] = pair.trim().split('=');
    if (key === name) {
      return decodeURIComponent(rest.join('='));
    }
  }
  return null;
}
