// A second press while a form is on its way does nothing. The server keeps its own guard; this only saves a wait.
// Mark the form data-send-once; the button may carry data-busy with the word to show meanwhile.
const forms = document.querySelectorAll("form[data-send-once]");

function busy(button) {
  const label = button?.querySelector("[data-label]");
  if (!label || !button.dataset.busy) return;
  button.style.minInlineSize = `${button.offsetWidth}px`;
  label.dataset.label = label.textContent;
  label.textContent = button.dataset.busy;
  button.setAttribute("aria-busy", "true");
}

function rest(button) {
  const label = button.querySelector("[data-label]");
  label.textContent = label.dataset.label;
  button.removeAttribute("aria-busy");
}

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    busy(event.submitter);
  });
}

// The Back button may bring the page as it was left, with what was typed: it can be sent again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of forms) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach(rest);
  }
});
