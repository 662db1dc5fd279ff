/**
 * Runs what was chosen in a menu once the menu has closed and given the focus back to its button: a dialog then returns it
 * to the button, and not to an entry that is gone.
 */
export function afterMenu(run: () => unknown): void {
  setTimeout(() => {
    run();
  });
}
