// Vitest runs without a browser: jsdom lacks what these stand in for.
if (!('matchMedia' in window) || typeof window.matchMedia !== 'function') {
  Object.defineProperty(window, 'matchMedia', {
    value: (media: string) => ({
      matches: false,
      media,
      addListener: () => undefined,
      removeListener: () => undefined,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }),
  });
}
Element.prototype.scrollIntoView ??= () => undefined;
