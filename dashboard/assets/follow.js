// An open page follows the data. The server tells when they have changed; the page then presses its hidden button,
// which draws it again where it shows other data.
const RETRY_MILLISECONDS = 1000;

const press = () => {
  const button = document.querySelector(".st-key-follow button:enabled");
  if (button) {
    button.click();
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
