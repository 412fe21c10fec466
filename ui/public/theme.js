// Runs before the first paint, so that a chosen theme never flashes in the other colours. A file of its own because
// the policy allows no inline script.
(() => {
  try {
    const theme = localStorage.getItem("touchstone.theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is switched off: the system's theme is used.
  }
})();
