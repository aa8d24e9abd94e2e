// What is typed into a field of a draft stays in its tab until it was kept: a page that is loaded again, a lost
// connection or a form that is drawn anew gets it back. It is forgotten with the tab, since it may be about children.
const MARK = "st-key-draft_";
const FIELDS = `[class*="${MARK}"] :is(textarea, input[type="text"]:not([role]))`;

// Streamlit sets a field to what it holds once more just after it has drawn it.
const MOUNTED_MILLISECONDS = 250;

const keyOf = (field) =>
  [...(field.closest(`[class*="${MARK}"]`)?.classList ?? [])].find((name) => name.startsWith(MARK));

window.addEventListener(
  "input",
  (event) => {
    if (event.isTrusted && event.target.matches?.(FIELDS)) {
      sessionStorage.setItem(keyOf(event.target), event.target.value);
    }
  },
  { capture: true },
);

// The field is Streamlit's: it learns of a text by the event that typing makes, and by that alone.
const restore = (field) => {
  const draft = sessionStorage.getItem(keyOf(field));
  if (draft === null || draft === field.value || !field.isConnected) {
    return;
  }
  const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value");
  set.call(field, draft);
  field.dispatchEvent(new Event("input", { bubbles: true }));
};

const forget = (kept) => {
  const mark = `st-key-${kept.dataset.kept}_`;
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(mark))
    .forEach((key) => sessionStorage.removeItem(key));
};

new MutationObserver(() => {
  document.querySelectorAll("[data-kept]").forEach(forget);
  document.querySelectorAll(FIELDS).forEach((field) => {
    if (!field.dataset.draft) {
      field.dataset.draft = "seen";
      setTimeout(restore, MOUNTED_MILLISECONDS, field);
    }
  });
}).observe(document.body, { childList: true, subtree: true });
