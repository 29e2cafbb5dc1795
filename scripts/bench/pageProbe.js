// Runs inside a page that is measured, before its own script: stands for VS Code, and measures as the page's own code would.
globalThis.acquireVsCodeApi = () => ({
  postMessage: () => undefined,
  getState: () => undefined,
  setState: () => undefined,
});

const send = (data) => {
  globalThis.dispatchEvent(new MessageEvent('message', { data }));
};
const frame = () =>
  new Promise((resolve) => {
    requestAnimationFrame(resolve);
  });

/** Until the frame is on its way: tasks that follow a frame's callbacks run after it was laid out and painted. */
const painted = async () => {
  await frame();
  await new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
};

/** Milliseconds from a message to its frame, with every canvas drawn: reading a pixel leaves nothing for later. */
const draw = async (message) => {
  const start = performance.now();
  send(message);
  await painted();
  for (const canvas of document.querySelectorAll('canvas'))
    canvas.getContext('2d').getImageData(0, 0, 1, 1);
  return performance.now() - start;
};

/** Milliseconds between frames while an element scrolls by `step` pixels a frame. */
const scroll = async (selector, { frames, step }) => {
  const element = document.querySelector(selector);
  const times = [];
  for (let at = 0; at < frames; at++) {
    element.scrollTop += step;
    times.push(await frame());
  }
  return times.slice(1).map((time, index) => time - times[index]);
};

/** Sends messages at an even pace; tells how many frames drew on a canvas, and the longest task meanwhile (0: none above 50 ms). */
const follow = async (messages, milliseconds) => {
  const { prototype } = CanvasRenderingContext2D;
  const { clearRect } = prototype;
  let draws = 0;
  let longest = 0;
  prototype.clearRect = function count(...place) {
    draws++;
    return clearRect.apply(this, place);
  };
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) longest = Math.max(longest, duration);
  });
  observer.observe({ type: 'longtask' });
  const start = performance.now();
  for (const [index, message] of messages.entries()) {
    await new Promise((resolve) => {
      setTimeout(resolve, start + index * milliseconds - performance.now());
    });
    send(message);
  }
  await painted();
  const seconds = (performance.now() - start) / 1000;
  observer.disconnect();
  prototype.clearRect = clearRect;
  return { drawsPerSecond: draws / seconds, longest };
};

globalThis.probe = { send, painted, draw, scroll, follow };
