// Under flood a form does a small sum before it is sent (ALTCHA's protocol). If it cannot, the form is sent all the same and waits its turn.
const asked = document.querySelector('meta[name="altcha"]');
const Batch = 500;

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

async function solve(sum, progress) {
  const text = new TextEncoder();
  const hash = async (number) => hex(await crypto.subtle.digest(sum.algorithm, text.encode(sum.salt + number)));
  for (let from = 0; from <= sum.maxnumber; from += Batch) {
    const hashes = await Promise.all(Array.from({ length: Batch }, (_, i) => hash(from + i)));
    const found = hashes.indexOf(sum.challenge);
    if (found >= 0) return from + found;
    progress(from / sum.maxnumber);
  }
  throw new Error("no number fits");
}

async function answer(progress) {
  const sum = await (await fetch(asked.content, { credentials: "omit" })).json();
  const number = await solve(sum, progress);
  const { algorithm, challenge, salt, signature } = sum;
  return btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
}

function note(form) {
  const line = form.querySelector(".altcha") ?? form.appendChild(document.createElement("p"));
  line.className = "altcha muted";
  line.setAttribute("role", "status");
  return line;
}

async function send(event) {
  const form = event.currentTarget;
  if (form.enctype === "multipart/form-data" || form.dataset.sum === "done") return;
  event.preventDefault();
  if (form.dataset.sum === "doing") return;
  form.dataset.sum = "doing";
  const line = note(form);
  line.textContent = asked.dataset.working;
  const bar = line.appendChild(document.createElement("progress"));
  bar.setAttribute("aria-hidden", "true");
  try {
    const field = Object.assign(document.createElement("input"), { type: "hidden", name: "altcha" });
    field.value = await answer((share) => { bar.value = share; });
    form.append(field);
  } catch {
    line.textContent = asked.dataset.waiting;
  }
  form.dataset.sum = "done";
  form.requestSubmit(event.submitter);
}

function forms() {
  return document.querySelectorAll('main form[method="post"]');
}

for (const form of forms()) form.addEventListener("submit", send);

// Came back to the page: its sum is used up.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of forms()) {
    delete form.dataset.sum;
    for (const old of form.querySelectorAll('.altcha, [name="altcha"]')) old.remove();
  }
});
