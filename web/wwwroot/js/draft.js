// Keeps the answers of the form in this browser for a day (decision 0025): sealed with AES-GCM under a key that this
// browser made and gives to nobody, script included. Nothing of it is sent anywhere until the visitor goes on.
const Name = "report12350-draft";
const Store = "draft";
const Life = 24 * 60 * 60 * 1000;
const Patience = 2000;
const text = new TextEncoder();
const path = location.pathname;
const box = document.getElementById("device-draft");
const ask = document.getElementById("device-ask");

const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// A visitor who keeps nothing has no database either.
async function exists() {
  return !indexedDB.databases || (await indexedDB.databases()).some((database) => database.name === Name);
}

async function within(mode, act, create = false) {
  const opening = indexedDB.open(Name, 1);
  opening.onupgradeneeded = () => create ? opening.result.createObjectStore(Store) : opening.transaction.abort();
  const database = await done(opening);
  try {
    const transaction = database.transaction(Store, mode);
    const result = await done(act(transaction.objectStore(Store)));
    if (mode === "readwrite") await new Promise((resolve, reject) => Object.assign(transaction, { oncomplete: resolve, onabort: reject }));
    return result;
  } finally {
    database.close();
  }
}

const wipe = () => done(indexedDB.deleteDatabase(Name));
const get = (record) => within("readonly", (store) => store.get(record));
const put = (record, value, create) => within("readwrite", (store) => store.put(value, record), create);

// The key and the hour until which it is kept; null when nothing is kept. What is over is wiped.
async function held() {
  if (!await exists()) return null;
  const key = await get("key").catch(() => null);
  if (key && key.until > Date.now()) return key;
  await wipe();
  return null;
}

async function begin() {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  await put("key", { key, until: Date.now() + Life }, true);
}

const sealing = (page, key, iv) => ({ name: "AES-GCM", iv, additionalData: text.encode(`report12350/1/draft/${key.until}${page}`) });

async function keep(page, answers) {
  const key = await held();
  if (!key) return false;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt(sealing(page, key, iv), key.key, text.encode(JSON.stringify(answers)));
  await put(page, { iv, sealed });
  return true;
}

async function kept(page, key) {
  const record = await get(page);
  if (!record) return null;
  const opened = await crypto.subtle.decrypt(sealing(page, key, record.iv), key.key, record.sealed);
  return JSON.parse(new TextDecoder().decode(opened));
}

const asked = (form) => [...form.elements].filter((field) => field.name && !["hidden", "password", "file", "submit"].includes(field.type));
const isChoice = (field) => field.type === "radio" || field.type === "checkbox";
const answered = (form) => asked(form).filter((field) => !isChoice(field) || field.checked).map((field) => [field.name, field.value]);

function fill(form, answers) {
  const has = (field) => answers.some(([name, value]) => name === field.name && value === field.value);
  for (const field of asked(form)) {
    if (isChoice(field)) {
      field.checked = has(field);
      if (field.checked) field.closest("details")?.setAttribute("open", "");
    } else {
      field.value = answers.find(([name]) => name === field.name)?.[1] ?? field.value;
      field.dispatchEvent(new Event("input"));
    }
  }
}

// Does something before the form goes, and then lets it go, whatever came of it.
function before(form, act) {
  let stage = "";
  form.addEventListener("submit", async (event) => {
    if (stage === "done" || event.defaultPrevented) return;
    event.preventDefault();
    if (stage === "doing") return;
    stage = "doing";
    const submitter = event.submitter;
    await Promise.race([act().catch(() => {}), new Promise((late) => setTimeout(late, Patience))]);
    // A form does not take another submission while it is still being told of this one.
    await new Promise((next) => setTimeout(next));
    stage = "done";
    form.requestSubmit(submitter);
  });
}

function show(key) {
  const hour = new Date(key.until).toLocaleString(document.documentElement.lang, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  for (const line of box.querySelectorAll("[data-until]")) line.textContent = line.dataset.until.replace("{0}", hour);
  box.querySelector("[data-wipe]").addEventListener("click", async () => {
    await wipe();
    const said = document.createElement("p");
    said.textContent = box.dataset.wiped;
    said.tabIndex = -1;
    box.replaceChildren(said);
    said.focus();
  });
  box.hidden = false;
}

// A page of questions: what was typed here last comes back, and every change is kept.
async function question(form, key) {
  let typed = false;
  let waiting = false;
  let last = Promise.resolve();
  const change = (event) => {
    if (event.isTrusted) typed = true;
    if (waiting) return;
    waiting = true;
    last = last.then(async () => {
      waiting = false;
      if (await keep(path, answered(form))) box.dataset.kept = String(Number(box.dataset.kept ?? 0) + 1);
    }).catch(() => {});
  };
  form.addEventListener("input", change);
  form.addEventListener("change", change);
  const answers = await kept(path, key).catch(() => null);
  if (answers && !typed) fill(form, answers);
  box.dataset.ready = "";
}

// The server knows nothing of it any more: each page is sent again as it was, up to the one where the visitor stopped.
async function goOn(key) {
  const open = document.querySelector("[data-continue]");
  if (open) return location.assign(open.href);
  const stopped = await get("at");
  let here = path;
  let page = document;
  while (here !== stopped) {
    const form = page.querySelector('main form[method="post"]');
    const answers = here === path ? [] : await kept(here, key);
    if (!form || !answers) break;
    fill(form, answers);
    const answer = await fetch(here, { method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin" });
    const next = new URL(answer.url).pathname;
    if (!answer.ok || next === here || !next.startsWith("/report/")) break;
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
    here = next;
  }
  location.assign(here);
}

async function start(form, key) {
  const open = document.querySelector("[data-continue]");
  ask.hidden = false;
  document.getElementById("server-draft").hidden = true;
  form.addEventListener("submit", () => {
    if (!(key && open)) sessionStorage.setItem(Name, ask.querySelector("input").checked ? "keep" : "forget");
  });
  if (key) box.querySelector("[data-go-on]").addEventListener("click", () => void goOn(key).catch(() => location.reload()));
}

// What the visitor chose when the form was begun is done on its first page, and forgotten.
async function begun() {
  const chosen = sessionStorage.getItem(Name);
  if (!chosen || ask) return;
  sessionStorage.removeItem(Name);
  if (await exists()) await wipe();
  if (chosen === "keep" && box) await begin();
}

async function run() {
  await begun();
  const key = await held();
  const form = document.querySelector('main form[method="post"]');
  if (document.querySelector("[data-draft-over]")) return key && wipe();
  if (form?.dataset.wipes !== undefined) return key && before(form, wipe);
  if (box && key) show(key);
  if (ask) return start(form, key);
  if (!box || !key) return null;
  await put("at", path);
  return box.dataset.keeps === "yes" ? question(form, key) : null;
}

if (globalThis.indexedDB && globalThis.crypto?.subtle) void run().catch(() => {});
