// A click with Ctrl, Cmd or Shift is the browser's to answer, with a new tab or window. Streamlit's links answer every
// click themselves; so such a click must not reach them.
const isForTheBrowser = (event) => event.ctrlKey || event.metaKey || event.shiftKey;

window.addEventListener(
  "click",
  (event) => {
    if (isForTheBrowser(event) && event.target.closest('[data-testid="stPageLink"] a[href]')) {
      event.stopPropagation();
    }
  },
  { capture: true },
);
