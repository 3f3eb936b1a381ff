// Lets the person's own device answer in place of a code. What it says goes into the form; the server checks it.
const form = document.querySelector("form[data-passkey]");
const button = form?.querySelector("[data-use]");
const failed = document.querySelector("[data-passkey-failed]");
const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON && window.PublicKeyCredential?.parseCreationOptionsFromJSON;

async function answer() {
  if (form.dataset.options) {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(JSON.parse(form.dataset.options));
    return navigator.credentials.create({ publicKey });
  }
  const asked = await fetch(form.dataset.passkey, { credentials: "same-origin", cache: "no-store" });
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(await asked.json());
  return navigator.credentials.get({ publicKey });
}

async function use() {
  button.disabled = true;
  failed.hidden = true;
  try {
    form.querySelector("input[name$=Passkey]").value = JSON.stringify(await answer());
    form.submit();
  } catch {
    // Cancelled, too slow, or no passkey here: the other ways are still on the page.
    failed.hidden = false;
    button.disabled = false;
  }
}

if (button && able) {
  button.hidden = false;
  button.addEventListener("click", () => void use());
} else if (button) {
  document.querySelector("[data-passkey-none]").hidden = false;
}
