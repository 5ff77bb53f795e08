// Saves a form by itself a moment after the last key, and says so; the button still works without it.
// Mark the form data-autosave; [data-saved] shows how it stands. When somebody else was faster, or the way is cut,
// nothing is written over: the sentence stands there and the button leads to the page where both texts are shown.
const PAUSE = 1500;
const form = document.querySelector("form[data-autosave]");
const place = document.querySelector("[data-saved]");
const text = place?.querySelector("[data-saved-text]");
let waiting = 0;
let saving = null;
let isStopped = false;

function say(sentence) {
  if (text) text.textContent = sentence;
}

function typed() {
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  data.delete("next");
  return data;
}

function save() {
  if (saving || isStopped) return;
  saving = send().finally(() => (saving = null));
}

async function send() {
  say(place.dataset.saving);
  try {
    const answer = await fetch(form.action, { method: "POST", body: typed(), headers: { "X-Autosave": "1" } });
    const told = await answer.json();
    say(told.sentence);
    if (answer.ok) form.elements.version.value = told.version;
    else isStopped = true;
  } catch {
    say(place.dataset.offline);
    later();
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(save, PAUSE);
}

if (form && place) {
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") later();
  });
  // A press while a save is under way waits for it: the form would else carry a version that is old by a moment.
  form.addEventListener(
    "submit",
    (event) => {
      clearTimeout(waiting);
      if (!saving) {
        isStopped = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      saving.then(() => form.requestSubmit(event.submitter));
    },
    { capture: true },
  );
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) isStopped = false;
  });
}
