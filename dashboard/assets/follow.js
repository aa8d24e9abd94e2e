// An open page follows the data. The server tells when they have changed; the page then presses its hidden button,
// which draws it again where it shows other data.
const RETRY_MILLISECONDS = 1000;

// A reader may have gone on to a page that is not drawn yet. The button of the page that still stands there would draw
// that one in its place, and nothing would be seen; so each page's button bears its name.
const button = () => {
  const page = CSS.escape(location.pathname.split("/").pop() || "front");
  return document.querySelector(`.st-key-follow_${page} button:enabled`);
};

const press = () => {
  const follow = button();
  if (follow) {
    follow.click();
  } else {
    setTimeout(press, RETRY_MILLISECONDS);
  }
};

const listen = () => {
  const changes = new WebSocket(`${location.origin.replace("http", "ws")}/api/changes`);
  // What changed while nobody listened was not told.
  changes.onopen = press;
  changes.onmessage = press;
  changes.onclose = () => setTimeout(listen, RETRY_MILLISECONDS);
};

listen();
