// An open page follows the data. The server tells in which state they are; where the page shows another, it presses
// its hidden button, which draws it again.
const EVERY_MILLISECONDS = 500;
const BUTTON = /st-key-follow_([^_\s]+)_(\S+)/;

// Streamlit sends what happens within a moment as one message, and draws the whole page again only where nothing in it
// belongs to a part that is drawn by itself. So the button belongs to the whole page, or a reader's click that falls
// together with it would go unheard; and what a reader's click swallows is pressed again.
let told = null;
let waiting = 0;

const isDrawing = () =>
  ["running", "rerunRequested"].includes(document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState);

// A reader may have gone on to a page that is not drawn yet. The button of the page that still stands there would draw
// that one in its place, and nothing would be seen; so each page's button bears its name, behind the state it shows.
const drawn = () => {
  const page = location.pathname.split("/").pop() || "front";
  for (const element of document.querySelectorAll('[class*="st-key-follow_"]')) {
    const [, state, name] = element.className.match(BUTTON) ?? [];
    if (name === page) {
      return { state, button: element.querySelector("button:enabled") };
    }
  }
  return { state: null, button: null };
};

const follow = () => {
  clearTimeout(waiting);
  const { state, button } = drawn();
  if (state === told) {
    return;
  }
  if (!isDrawing()) {
    button?.click();
  }
  waiting = setTimeout(follow, EVERY_MILLISECONDS);
};

const listen = () => {
  const changes = new WebSocket(`${location.origin.replace("http", "ws")}/api/changes`);
  changes.onmessage = ({ data }) => {
    told = data;
    follow();
  };
  changes.onclose = () => setTimeout(listen, 2 * EVERY_MILLISECONDS);
};

listen();
