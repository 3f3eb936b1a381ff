// Says what was chosen and how large it is, then sends it bit by bit (tus). What breaks off goes on by itself, or when the
// same file is chosen again within the day. Without this script the form sends the files as it always did.
const list = document.getElementById("chosen");
const input = document.querySelector('input[type="file"][name="Files"]');
const camera = document.querySelector('input[type="file"][name="Photo"]');
const Kept = "report12350-upload/";
const Life = 24 * 60 * 60 * 1000;
const Patience = 5000;

function size(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function limit(file) {
  const kind = file.type.split("/")[0];
  return Number(kind === "image" ? list.dataset.photo : kind === "video" ? list.dataset.video : list.dataset.limit);
}

const make = (name, properties) => Object.assign(document.createElement(name), properties);

function fault(line, words) {
  line.querySelector(".error")?.remove();
  line.append(make("strong", { className: "error", textContent: words }));
}

function show() {
  list.replaceChildren(...[...input.files].map((file) => {
    const line = make("li", { textContent: `${file.name} ${size(file.size)} ` });
    if (file.size > limit(file)) fault(line, list.dataset.over);
    const drop = make("button", { type: "button", className: "button quiet", textContent: list.dataset.drop });
    drop.append(make("span", { className: "visually-hidden", textContent: ` ${file.name}` }));
    drop.addEventListener("click", () => leaveOut(file));
    line.append(drop);
    return line;
  }));
  list.hidden = input.files.length === 0;
}

// Recorded or taken on this page: among the chosen files, also after others were chosen, for choosing replaces them.
let made = [];
let sending = false;

const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

function choose(files) {
  const all = new DataTransfer();
  files.forEach((file) => all.items.add(file));
  input.files = all.files;
  show();
}

function chosen() {
  const missing = made.filter((file) => ![...input.files].some((one) => same(one, file)));
  if (missing.length > 0) choose([...input.files, ...missing]);
  else show();
}

function leaveOut(file) {
  made = made.filter((one) => !same(one, file));
  choose([...input.files].filter((one) => !same(one, file)));
  input.focus();
}

function add(file) {
  made.push(file);
  if (!sending) chosen();
}

// What tells a file from others, without saying which it is.
async function mark(file) {
  const text = new TextEncoder().encode(JSON.stringify([list.dataset.for, file.name, file.size, file.lastModified]));
  return Kept + btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", text))));
}

// Where a file goes on that broke off: an address and an hour, nothing else.
const places = {
  findAllUploads: async () => [],
  findUploadsByFingerprint: async (key) => {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    return kept ? [{ uploadUrl: kept.url, urlStorageKey: key, metadata: {}, size: null, creationTime: "" }] : [];
  },
  addUpload: async (key, upload) => {
    localStorage.setItem(key, JSON.stringify({ url: upload.uploadUrl, until: Date.now() + Life }));
    return key;
  },
  removeUpload: async (key) => localStorage.removeItem(key),
};

function forget() {
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(Kept))) {
    if (JSON.parse(localStorage.getItem(key)).until < Date.now()) localStorage.removeItem(key);
  }
}

const online = () => new Promise((resolve) => {
  addEventListener("online", resolve, { once: true });
  setTimeout(resolve, Patience);
});

// One file's line: how far it is, and the buttons; true when it was taken.
function send(file, line) {
  const bar = make("progress", { max: file.size, value: 0 });
  const far = make("span", { className: "muted nowrap" });
  const word = make("span", { className: "muted" });
  const hold = make("button", { type: "button", className: "button quiet", textContent: list.dataset.pause });
  bar.setAttribute("aria-label", file.name);
  word.setAttribute("role", "status");
  line.append(bar, far, word, hold);
  return new Promise((resolve) => {
    const end = (taken, words) => {
      hold.remove();
      word.textContent = taken ? words : "";
      if (!taken) fault(line, words);
      resolve(taken);
    };
    const upload = new tus.Upload(file, {
      endpoint: list.dataset.to,
      metadata: { filename: file.name, for: list.dataset.for },
      fingerprint: mark,
      urlStorage: places,
      removeFingerprintOnSuccess: true,
      retryDelays: [0, 1000, 3000, 5000, 10000, 10000, 10000],
      onProgress: (sent) => {
        bar.value = sent;
        far.textContent = `${size(sent)} / ${size(file.size)}`;
        word.textContent = "";
      },
      onSuccess: () => end(true, list.dataset.sent),
      onError: async (error) => {
        const answer = error.originalResponse;
        if (answer && answer.getStatus() < 500) return end(false, answer.getBody() || list.dataset.failed);
        word.textContent = list.dataset.waiting;
        await online();
        if (hold.dataset.held === undefined) upload.start();
      },
    });
    hold.addEventListener("click", async () => {
      if (hold.dataset.held === undefined) {
        hold.dataset.held = "";
        hold.textContent = list.dataset.resume;
        await upload.abort();
      } else {
        delete hold.dataset.held;
        hold.textContent = list.dataset.pause;
        upload.start();
      }
    });
    upload.findPreviousUploads().then(([previous]) => {
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    });
  });
}

async function sendAll(event) {
  const files = [...input.files];
  if (files.length === 0) return;
  event.preventDefault();
  if (sending) return;
  sending = input.disabled = true;
  if (camera) camera.disabled = true;
  list.querySelectorAll("button").forEach((drop) => drop.remove());
  const goesOn = event.submitter?.value === "next";
  let all = true;
  for (const [i, file] of files.entries()) {
    const line = list.children[i];
    if (file.size > limit(file)) all = false;
    else all = await send(file, line) && all;
  }
  sending = input.disabled = false;
  if (camera) camera.disabled = false;
  input.value = "";
  made = made.filter((file) => !files.some((one) => same(one, file)));
  if (made.length > 0) return choose(made); // recorded meanwhile: to be sent by another click
  if (!all) return;
  if (goesOn) input.form.requestSubmit(event.submitter);
  else location.assign(list.dataset.then);
}

if (list && input) {
  input.addEventListener("change", chosen);
  input.addEventListener("recorded", (event) => add(event.detail));
  camera?.addEventListener("change", () => {
    [...camera.files].forEach(add);
    camera.value = "";
  });
  if (globalThis.tus?.isSupported && globalThis.crypto?.subtle) {
    forget();
    input.form.addEventListener("submit", (event) => void sendAll(event));
  }
}
