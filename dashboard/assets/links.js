// A click with Ctrl, Cmd or Shift is the browser's to answer, with a new tab or window. Streamlit's links answer every
// click themselves; so such a click must not reach them.
const isForTheBrowser = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;

// Links within a block of HTML are plain ones: the browser would load the whole page again. A step in the history that
// Streamlit is told of, as of the Back button, shows the other page and keeps the session.
const follow = (link) => {
  const isAnotherPage = link.pathname !== location.pathname;
  if (link.href !== location.href) {
    history.pushState({}, "", link.href);
  }
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  if (isAnotherPage) {
    document.querySelector('[data-testid="stMain"]')?.scrollTo(0, 0);
  }
};

window.addEventListener(
  "click",
  (event) => {
    if (isForTheBrowser(event)) {
      if (event.target.closest('[data-testid="stPageLink"] a[href]')) {
        event.stopPropagation();
      }
      return;
    }
    const link = event.target.closest('[data-testid="stHtml"] a.go[href]');
    if (link) {
      event.preventDefault();
      follow(link);
    }
  },
  { capture: true },
);
