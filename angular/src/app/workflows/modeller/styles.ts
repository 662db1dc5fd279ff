let loading: Promise<void> | null = null;

/**
 * bpmn-js's style sheets with its font, a file of their own beside the app: only who draws loads them, and no style is
 * written into the page, which the content security policy would forbid.
 */
export function loadModellerStyles(document: Document): Promise<void> {
  loading ??= new Promise((resolve, reject) => {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = '/modeller.css';
    link.addEventListener('load', () => {
      resolve();
    });
    link.addEventListener('error', () => {
      loading = null;
      link.remove();
      reject(new Error('The styles of the modeller could not be loaded.'));
    });
    document.head.append(link);
  });
  return loading;
}
