// Passkeys: the browser asks the person, the server checks the answer. Needs webauthn-json.js before it on the page.
// Mark the form data-passkey="add" or "use"; data-options is the id of the JSON with what the server asks for, without
// it the form's own address is asked. The form holds a hidden input named credential, and an element data-failed.
const forms = document.querySelectorAll("form[data-passkey]");
const { webauthnJSON } = globalThis;

async function asked(form) {
  if (form.dataset.options) return JSON.parse(document.getElementById(form.dataset.options).textContent);
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}

// A passkey opens the account alone, so the device keeps it and asks for a finger, a face or its own code.
function asPasskey(options) {
  const wanted = { residentKey: "required", requireResidentKey: true, userVerification: "required" };
  Object.assign(options.publicKey.authenticatorSelection, wanted);
  return options;
}

async function answer(form) {
  const data = await asked(form);
  if (form.dataset.passkey === "add") return webauthnJSON.create(asPasskey(data.creation_options));
  return webauthnJSON.get(data.request_options);
}

for (const form of forms) {
  if (!webauthnJSON?.supported()) continue;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      form.elements.credential.value = JSON.stringify(await answer(form));
      form.submit();
    } catch {
      form.querySelector("[data-failed]").hidden = false;
    }
  });
}
