// Counts words while somebody writes. Without it the count under the box is that of the last save.
// A word is a run between spaces that holds a letter or a figure, as the server counts.
function words(text) {
  return text.split(/\s+/u).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
}

for (const counter of document.querySelectorAll("[data-words-of]")) {
  const box = document.getElementById(counter.dataset.wordsOf);
  const most = Number(counter.dataset.most);

  function count() {
    const written = words(box.value);
    const shape = written > most ? counter.dataset.over : counter.dataset.within;
    counter.textContent = shape.replace("{count}", written).replace("{most}", most).replace("{over}", written - most);
    counter.toggleAttribute("data-is-over", written > most);
  }

  if (!box) continue;
  box.addEventListener("input", count);
  window.addEventListener("pageshow", count);
  count();
}
