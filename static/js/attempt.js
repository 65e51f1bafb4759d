// Storage may be full or forbidden; then the page is as it would be without it.

export const attempt = (run) => {
  try {
    return run();
  } catch {
    return null;
  }
};
