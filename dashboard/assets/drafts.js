// What is filled in at a field of a draft stays in its tab until it was kept: a page that is loaded again, a lost
// connection or a form that is drawn again gets it back. It is forgotten with the tab: it may be about children.
const FIELDS = '[class*="st-key-draft"]';
const BEGUN_ON = /_begun_on$/;

// Streamlit sets a field to what it holds once more just after it has drawn it.
const MOUNTED_MILLISECONDS = 250;
const ANSWERED_MILLISECONDS = 3000;
const MOST_TRIES = 5;

// By its element: the key of a field, what it held at first, and whether it still waits for its draft.
const known = new WeakMap();
// Keys of forms that were kept, as long as their fields may still stand there.
const kept = new Set();

const fields = () => [...document.querySelectorAll(FIELDS)];
const keyOf = (field) => [...field.classList].find((name) => name.startsWith("st-key-draft")).replace("st-key-", "");
// The number in a key counts what was kept in a session; the draft outlives the session.
const placeOf = (key) => key.replace(/^draft\d+_/, "draft_");
const draftOf = (field) => sessionStorage.getItem(placeOf(keyOf(field)));
const isBegunOn = (field) => BEGUN_ON.test(keyOf(field));
const formOf = (field) => field.closest('[data-testid="stForm"]');

// A day has a hidden field of its own, a choice the words that it shows; null while somebody is choosing.
const valueOf = (field) => {
  const input = field.querySelector('textarea, input[type="date"]') ?? field.querySelector("input");
  return !input || input.type === "checkbox" || input.getAttribute("aria-expanded") === "true" ? null : input.value;
};

// The page has a hidden form by which drafts are handed back; the server draws the fields with what they held. A run
// that another interrupts may be lost on the way: so it is pressed again while fields wait, and at rest alone.
let soon = null;
let tries = 0;

const isKept = (field) => [...kept].some((key) => keyOf(field).startsWith(key));

const hasDraft = (form) =>
  form !== null && fields().some((each) => formOf(each) === form && !isBegunOn(each) && draftOf(each) !== null);

// On what a draft was begun is kept with it, and not without it.
const isNews = (field, state, value) =>
  isBegunOn(field) ? hasDraft(formOf(field)) : value !== state.first || draftOf(field) !== null;

const note = () => {
  fields()
    .sort((one, other) => isBegunOn(one) - isBegunOn(other))
    .forEach((field) => {
      const state = known.get(field);
      const value = valueOf(field);
      if (!state?.settled || value === null || isKept(field)) {
        return;
      }
      if (state.waits && (value === state.first || isBegunOn(field)) && value !== draftOf(field)) {
        return;
      }
      state.waits = false;
      if (isNews(field, state, value) && value !== draftOf(field)) {
        sessionStorage.setItem(placeOf(keyOf(field)), value);
      }
    });
};

const isAtRest = () =>
  document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning" &&
  document.querySelector(".st-key-hand_back button:enabled") !== null;

const handBack = () => {
  const waiting = fields().filter((field) => known.get(field)?.waits);
  if (waiting.length === 0 || tries === 0) {
    return;
  }
  if (!isAtRest()) {
    soon = setTimeout(handBack, MOUNTED_MILLISECONDS);
    return;
  }
  tries -= 1;
  const input = document.querySelector(".st-key-hand_back input");
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(input), "value");
  set.call(input, JSON.stringify(Object.fromEntries(waiting.map((field) => [keyOf(field), draftOf(field)]))));
  input.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => document.querySelector(".st-key-hand_back button:enabled")?.click(), MOUNTED_MILLISECONDS);
  soon = setTimeout(handBack, ANSWERED_MILLISECONDS);
};

const settle = (field, state) => {
  const draft = draftOf(field);
  if (!state.typed) {
    state.first = valueOf(field) ?? state.first;
    state.waits = draft !== null && draft !== state.first;
  }
  state.settled = true;
  if (state.waits) {
    clearTimeout(soon);
    tries = MOST_TRIES;
    soon = setTimeout(handBack, MOUNTED_MILLISECONDS);
  }
};

const meet = (field) => {
  const key = keyOf(field);
  const first = valueOf(field);
  if (first === null || known.get(field)?.key === key) {
    return;
  }
  kept.forEach((form) => key.startsWith(form) && !known.has(field) && kept.delete(form));
  const state = { key, first, waits: false, typed: false, settled: false };
  known.set(field, state);
  setTimeout(settle, MOUNTED_MILLISECONDS, field, state);
};

const forget = (span) => {
  const key = `${span.dataset.kept}_`;
  if (span.dataset.forgotten) {
    return;
  }
  span.dataset.forgotten = "yes";
  kept.add(key);
  Object.keys(sessionStorage)
    .filter((place) => place.startsWith(placeOf(key)))
    .forEach((place) => sessionStorage.removeItem(place));
};

["input", "keyup", "click"].forEach((name) =>
  window.addEventListener(
    name,
    (event) => {
      const state = known.get(event.target.closest?.(FIELDS));
      if (state && name === "input") {
        Object.assign(state, { typed: true, settled: true, waits: false });
      }
      setTimeout(note);
    },
    { capture: true },
  ),
);
window.addEventListener("pagehide", note);

const look = () => {
  document.querySelectorAll("[data-kept]").forEach(forget);
  fields().forEach(meet);
  note();
};

// The page may stand there before this script does.
look();
new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
