// Takes the reader to the list of mistakes when the page comes back with one.
document.querySelector("[data-error-summary]")?.focus();
