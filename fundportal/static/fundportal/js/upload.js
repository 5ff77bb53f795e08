// Sends each file the moment it is chosen and shows how far it is, then how the checks go. Without it the files travel
// with the form. The field carries data-upload with the address; its words and its empty rows stand in the page.
const MB = 1024 * 1024;
const FIRST_LOOK = 1000;
const LONGEST_PAUSE = 15000;

function megabytes(bytes) {
  return (bytes / MB).toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: 1, minimumFractionDigits: 1 });
}

function parse(markup) {
  return document.createRange().createContextualFragment(markup).querySelector(".file");
}

function start(field) {
  const input = field.querySelector("input[type=file]");
  const list = field.querySelector("[data-upload-list]");
  const status = field.querySelector("[data-upload-status]");
  const box = input.closest(".drop");
  const isMany = "uploadMany" in field.dataset;
  const sending = new Set();

  function changed() {
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offerRemoval(row) {
    const button = field.querySelector("[data-upload-drop]").content.firstElementChild.cloneNode(true);
    button.lastElementChild.textContent = ` ${row.querySelector("bdi")?.textContent ?? ""}`;
    button.addEventListener("click", () => {
      row.remove();
      input.focus();
      changed();
    });
    row.querySelector(".file__drop")?.remove();
    row.append(button);
  }

  function show(row, line) {
    row.querySelector(".file").replaceWith(line);
    status.textContent = line.dataset.uploadSays ?? "";
    offerRemoval(row);
  }

  async function look(row, pause) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    const address = row.querySelector("[data-upload-check]")?.dataset.uploadCheck;
    if (!address || !row.isConnected) return;
    const answer = await fetch(address).catch(() => null);
    const line = answer?.ok ? parse(await answer.text()) : null;
    if (line && !line.dataset.uploadCheck) {
      show(row, line);
      changed();
    } else if (!answer || answer.ok || answer.status >= 500) {
      look(row, Math.min(pause * 1.5, LONGEST_PAUSE));
    }
  }

  function keep(row, token) {
    if (!isMany) {
      for (const other of list.querySelectorAll("[data-upload-row]")) if (other !== row) other.remove();
    }
    const held = document.createElement("input");
    Object.assign(held, { type: "hidden", name: field.dataset.uploadName, value: token });
    row.append(held);
    look(row, FIRST_LOOK);
    changed();
  }

  function breakOff(row) {
    row.querySelector("[data-upload-size]").textContent = field.dataset.uploadBroken;
    row.querySelector("progress").remove();
    row.querySelector("[data-upload-stop]").remove();
    status.textContent = field.dataset.uploadBroken;
    offerRemoval(row);
  }

  function arrived(row, request) {
    const line = request.status < 500 ? parse(request.responseText) : null;
    if (!line) return breakOff(row);
    show(row, line);
    if (request.status === 201) keep(row, line.dataset.uploadToken);
  }

  function newRow(file) {
    const row = field.querySelector("[data-upload-new]").content.firstElementChild.cloneNode(true);
    row.querySelector("[data-upload-file]").textContent = file.name;
    row.querySelector("[data-upload-stop] .vh").textContent = ` ${file.name}`;
    row.querySelector("progress").setAttribute("aria-label", `${row.querySelector("progress").getAttribute("aria-label").trim()} ${file.name}`);
    list.append(row);
    return row;
  }

  function send(file) {
    const row = newRow(file);
    const bar = row.querySelector("progress");
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("csrfmiddlewaretoken", input.form.elements.csrfmiddlewaretoken.value);
    form.append("name", field.dataset.uploadName);
    form.append("file", file);
    request.open("POST", field.dataset.upload);
    request.upload.addEventListener("progress", (event) => {
      bar.value = event.total ? (event.loaded / event.total) * 100 : 0;
      row.querySelector("[data-upload-size]").textContent = field.dataset.uploadSoFar.replace("%(part)s", megabytes(event.loaded)).replace("%(whole)s", megabytes(event.total));
    });
    request.addEventListener("load", () => arrived(row, request));
    request.addEventListener("error", () => breakOff(row));
    request.addEventListener("loadend", () => sending.delete(request));
    row.querySelector("[data-upload-stop]").addEventListener("click", () => {
      request.abort();
      row.remove();
      input.focus();
    });
    sending.add(request);
    request.send(form);
  }

  function take(files) {
    for (const file of isMany ? files : [...files].slice(0, 1)) send(file);
  }

  input.addEventListener("change", (event) => {
    if (!input.files.length) return;
    event.stopPropagation();
    take([...input.files]);
    input.value = "";
  });
  for (const kind of ["dragover", "dragleave", "drop"]) {
    box.addEventListener(kind, (event) => {
      event.preventDefault();
      box.classList.toggle("drop--over", kind === "dragover");
      if (kind === "drop") take([...event.dataTransfer.files]);
    });
  }
  input.form.addEventListener("submit", (event) => {
    if (!sending.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    status.textContent = field.dataset.uploadWait;
    list.scrollIntoView({ block: "nearest" });
  }, { capture: true });
  for (const row of list.querySelectorAll("[data-upload-row]")) {
    offerRemoval(row);
    look(row, FIRST_LOOK);
  }
}

for (const field of document.querySelectorAll("fieldset[data-upload]")) start(field);
