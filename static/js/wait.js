// Calls `run` once, when nothing has happened for `ms`.

export const later = (ms, run) => {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(run, ms, ...args);
  };
};
