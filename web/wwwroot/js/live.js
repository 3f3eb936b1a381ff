// Keeps an open page true. The server says only "changed, step n"; the page then reads itself again and takes over
// the parts marked data-live, never one in which somebody is writing.
const meta = document.querySelector('meta[name="live"]');
const region = document.getElementById("live");
const fresh = document.getElementById("fresh");
let seen = Number(meta?.dataset.step ?? 0);
let reading = false;
let again = false;

function dirty(part) {
  if (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select")) return true;
  return [...part.querySelectorAll("input, textarea, select")].some((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.type === "file") return field.files.length > 0;
    if (field.tagName === "SELECT") {
      const options = [...field.options];
      const start = Math.max(0, options.findIndex((option) => option.defaultSelected));
      return field.selectedIndex > -1 && field.selectedIndex !== start;
    }
    return field.type !== "hidden" && field.value !== field.defaultValue;
  });
}

const plain = (part) => part.textContent.replace(/\s+/g, " ").trim();

// What somebody unfolded stays unfolded.
function keepUnfolded(part, taken) {
  const open = [...part.querySelectorAll("details[open] > summary")].map(plain);
  taken.querySelectorAll("details > summary").forEach((summary) => {
    if (open.includes(plain(summary))) summary.parentElement.open = true;
  });
}

function take(page) {
  let changed = 0;
  let kept = 0;
  for (const part of document.querySelectorAll("[data-live][id]")) {
    const other = page.getElementById(part.id);
    if (other && plain(other) === plain(part)) continue;
    if (dirty(part)) { kept++; continue; }
    if (!other) { part.remove(); changed++; continue; }
    const taken = document.importNode(other, true);
    keepUnfolded(part, taken);
    const hadFocus = part.contains(document.activeElement) ? document.activeElement.id : null;
    part.replaceWith(taken);
    if (hadFocus) document.getElementById(hadFocus)?.focus({ preventScroll: true });
    taken.classList.add("just-changed");
    changed++;
  }
  if (kept > 0 && fresh) fresh.hidden = false;
  if (region) region.textContent = kept > 0 ? region.dataset.stale : changed > 0 ? region.dataset.changed : "";
  document.dispatchEvent(new CustomEvent("live:changed", { detail: { changed, kept } }));
}

const ask = (how) => fetch(location.href, { credentials: "same-origin", cache: "no-store", headers: { "X-Live": "1" }, ...how });

async function read() {
  if (reading) { again = true; return; }
  reading = true;
  try {
    const answer = await ask();
    if (answer.ok && !answer.redirected) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const step = page.querySelector('meta[name="live"]')?.dataset.step;
      if (step !== undefined) seen = Math.max(seen, Number(step));
      take(page);
    } else if (fresh) {
      fresh.hidden = false;
    }
  } catch {
    again = false;
  } finally {
    reading = false;
  }
  if (again) { again = false; await read(); }
}

// Somebody else's answer, such as the page for signing in, is not this page.
async function mayRead() {
  try {
    return (await ask({ redirect: "manual" })).ok;
  } catch {
    return true;
  }
}

async function connect() {
  const connection = new signalR.HubConnectionBuilder()
    .withUrl(`/hubs/progress?kind=${encodeURIComponent(meta.content)}&number=${encodeURIComponent(meta.dataset.number ?? "")}`)
    .withAutomaticReconnect({ nextRetryDelayInMilliseconds: (retry) => Math.min(30000, 1000 * 2 ** retry.previousRetryCount) })
    .configureLogging(signalR.LogLevel.None)
    .build();
  connection.on("changed", (step) => {
    if (step == null || Number(step) > seen) void read();
  });
  connection.onreconnected(() => void read());
  const start = async (wait) => {
    try {
      await connection.start();
      document.documentElement.dataset.live = "on";
      // What happened between drawing the page and connecting.
      void read();
    } catch {
      setTimeout(() => void start(Math.min(60000, wait * 2)), wait);
    }
  };
  // Ended by the site: whoever may still read the page listens again, and hears what they may now.
  connection.onclose(() => setTimeout(async () => { if (await mayRead()) await start(2000); }, 1000));
  await start(2000);
}

if (meta && window.signalR) void connect();
