// Hides a question until the answer it waits for is chosen. Without it every question stands there with a sentence
// that says when it is asked; the server looks only at those that are.
const waiting = [...document.querySelectorAll("[data-when]")];

function chosen(name) {
  const controls = [...document.getElementsByName(name)].filter((one) => !one.closest("[data-when][hidden]"));
  return controls.filter((one) => one.checked).map((one) => (one.value === "on" ? "yes" : one.value));
}

// Several rounds, since a question may wait for one that itself has just appeared or gone.
function show() {
  for (let round = 0; round <= waiting.length; round += 1) {
    for (const part of waiting) {
      const wanted = part.dataset.whenIs.split(" ");
      part.hidden = !chosen(part.dataset.when).some((value) => wanted.includes(value));
    }
  }
}

// A question that waits for an answer of another page was put here because that answer is given.
const here = waiting.filter((part) => document.getElementsByName(part.dataset.when).length);
waiting.splice(0, waiting.length, ...here);
for (const part of waiting) part.querySelector("[data-when-note]").hidden = true;
document.addEventListener("change", show);
window.addEventListener("pageshow", show);
show();
