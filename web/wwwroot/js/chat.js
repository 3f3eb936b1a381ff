// The conversation without reloading: what is said goes and comes by Direct Line (decision 0030), over a socket, or by asking again
// and again where there is none. Whatever fails, what was typed stays; and without this script the page's own forms do it all.
const Service = "/v3/directline";
const Breath = 2000;
const Patience = 30000;
const Longest = 60000;
const log = document.getElementById("chat");
const turn = document.getElementById("turn");
const say = document.getElementById("say");
const files = document.getElementById("files");
const answers = say.querySelector(".answers");
const field = say.elements.Text;
const place = document.getElementById("place");
const share = document.getElementById("share");
const words = log.dataset;

let pass = null; // the conversation's id and token, while the script speaks for the page
let socket = null;
let seen = Number(words.watermark);
let mine = null; // what was sent last, until it has come back
let busy = false;
let room = Number(words.room);
let where = words.place === "1"; // a place is asked for
let choices = [...answers.children].map((button) => ({ value: button.value, title: button.lastChild.textContent.trim() }));

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const own = (rest) => `${Service}/conversations/${pass.conversationId}${rest}`;
const actions = (activity, type) => (activity.suggestedActions?.actions ?? []).filter((action) => action.type === type);
const isOurs = (activity) => activity.from?.role === "bot";

function make(name, properties, ...inside) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...inside);
  return element;
}

function refusal(status, said) {
  return Object.assign(new Error(said?.error?.code), { status });
}

async function call(method, address, body) {
  const headers = { "Content-Type": "application/json", ...(pass && { Authorization: `Bearer ${pass.token}` }) };
  const answer = await fetch(address, { method, headers, body: body && JSON.stringify(body), signal: AbortSignal.timeout?.(Patience) });
  const said = await answer.json().catch(() => null);
  if (answer.ok && said) return said;
  throw refusal(answer.status, said);
}

// Beside the field, as the page itself says it.
function fault(control, text) {
  const id = `${control.id}-error`;
  document.querySelector(".error-summary")?.remove();
  document.getElementById(id)?.remove();
  if (text) control.before(make("p", { id, className: "error", textContent: text, role: "alert" }));
  control.closest(".question").classList.toggle("wrong", Boolean(text));
  if (text) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
  control.setAttribute("aria-describedby", `${control.id}-hint${text ? ` ${id}` : ""}`);
}

function tell(text, instead) {
  if (turn.textContent !== text && (instead === undefined || turn.textContent === instead)) turn.textContent = text;
}

// A conversation that is over: from now on the page's forms go their own way.
function isOver(error) {
  if (![401, 403, 404].includes(error.status)) return false;
  pass = null;
  socket?.close();
  tell("");
  return true;
}

function line(activity) {
  const chosen = isOurs(activity) ? null : choices.find(({ value, title }) => value === activity.text?.trim() && value !== title);
  const text = chosen ? `${chosen.value} ${chosen.title}` : activity.text ?? (activity.attachments ?? []).map((file) => file.name).join("\n");
  const said = make("div", { textContent: text });
  if (isOurs(activity) && activity.name === "receipt") said.dataset.receipt = "";
  return make("li", { className: isOurs(activity) ? "" : "ours" },
    make("p", { className: "who", textContent: isOurs(activity) ? words.service : words.you }), said,
    ...actions(activity, "openUrl").map((link) => make("p", {}, make("a", { href: new URL(link.value).pathname, textContent: link.title }))));
}

// What is offered stays until something is said to it.
function offer(activity) {
  const offered = actions(activity, "imBack");
  if (!isOurs(activity) && activity.text) [choices, room, where] = [[], 0, false];
  if (isOurs(activity) && offered.length > 0) choices = offered;
  if (isOurs(activity)) [room, where] = [activity.channelData?.room ?? room, activity.channelData?.place ?? where];
}

function draw() {
  const stood = [answers, files, place].some((part) => part.contains(document.activeElement));
  answers.replaceChildren(...choices.map(({ value, title }) =>
    make("button", { className: "button", name: "Choice", value }, ...(value === title ? [] : [make("span", { className: "num", textContent: value })]), ` ${title}`)));
  answers.hidden = choices.length === 0;
  document.getElementById("Text-hint").textContent = answers.hidden ? words.hint : words.choices;
  files.hidden = room === 0;
  place.hidden = !where || !navigator.geolocation;
  document.getElementById("Files-hint").textContent = words.limits.replace("{0}", room);
  // The button that was pressed is gone.
  if (stood && (document.activeElement === document.body || document.activeElement.closest("[hidden]"))) (answers.hidden ? field : answers).focus({ preventScroll: true });
}

// Numbers have no gaps, so what comes twice is known by its place.
function take({ activities, watermark }) {
  const fresh = activities.slice(Math.max(0, seen - (Number(watermark) - activities.length)));
  if (fresh.length === 0) return;
  seen = Number(watermark);
  const answered = mine !== null && fresh.some((activity) => activity.channelData?.clientActivityID === mine.id);
  const lines = [];
  for (const activity of fresh) {
    if (activity.type === "message") lines.push(line(activity));
    offer(activity);
  }
  log.firstElementChild.append(...lines);
  const saved = fresh.some((activity) => isOurs(activity) && activity.channelData?.hidesReceipt);
  for (const shown of saved ? log.querySelectorAll("[data-receipt]") : []) shown.textContent = words.gone;
  if (answered) mine.arrived();
  draw();
  tell("");
  if (answered) lines[0]?.scrollIntoView();
  else for (const one of lines) one.classList.add("just-changed");
}

const ask = async () => take(await call("GET", own(`/activities?watermark=${seen}`)));

function deliver(control, text, post) {
  return new Promise((resolve, reject) => {
    const arrived = () => {
      mine = null;
      fault(control, "");
      if (control.value === text) control.value = "";
      resolve();
    };
    mine = { id: `${Date.now()}-${Math.random()}`, text, arrived };
    const soon = async () => {
      await post(mine.id);
      if (socket) await pause(Breath);
      if (mine) await ask();
    };
    soon().then(resolve, reject);
  });
}

// It is sent when it has come back. What failed on its way may have arrived all the same: that is asked first.
async function send(control, text, doing, failed, post) {
  if (busy) return;
  busy = true;
  fault(control, "");
  const slow = setTimeout(() => tell(doing), 400);
  try {
    const last = mine;
    if (last) await ask();
    if (!last || mine || last.text !== text) await deliver(control, text, post);
  } catch (error) {
    tell("", doing);
    fault(control, isOver(error) ? words.over : error.message === "LimitExceeded" ? words.full : failed);
  } finally {
    clearTimeout(slow);
    busy = false;
  }
}

function speak(text) {
  const wrong = text.trim() === "" ? words.empty : text.length > Number(words.longest) ? words.long : null;
  if (wrong) {
    fault(field, wrong);
    field.focus();
    return;
  }
  void send(field, text, words.typing, words.failed, (id) => call("POST", own("/activities"), { type: "message", text, channelData: { clientActivityID: id } }));
}

// Read once, when asked; what the browser refuses is said, and the place can be written instead.
async function shareHere() {
  if (busy) return;
  fault(share, "");
  tell(words.locating);
  let here;
  try {
    here = await new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject, { enableHighAccuracy: true, timeout: Patience }));
  } catch {
    fault(share, words.nowhere);
  }
  tell("", words.locating);
  if (!here) return;
  const { latitude, longitude } = here.coords;
  void send(share, `${latitude}, ${longitude}`, words.typing, words.failed, (id) =>
    call("POST", own("/activities"), { type: "message", entities: [{ type: "GeoCoordinates", latitude, longitude }], channelData: { clientActivityID: id } }));
}

function upload(chosen, id) {
  const activity = { type: "message", attachments: chosen.map((file) => ({ contentType: file.type, name: file.name })), channelData: { clientActivityID: id } };
  const body = new FormData();
  body.append("activity", new Blob([JSON.stringify(activity)], { type: "application/vnd.microsoft.activity" }));
  for (const file of chosen) body.append("file", file);
  const bar = make("progress", { max: 1, value: 0 });
  bar.setAttribute("aria-label", words.sending);
  files.querySelector(".actions").before(bar);
  return new Promise((resolve, reject) => {
    const request = Object.assign(new XMLHttpRequest(), { responseType: "json" });
    request.open("POST", own("/upload"));
    request.setRequestHeader("Authorization", `Bearer ${pass.token}`);
    request.upload.addEventListener("progress", ({ loaded, total }) => { bar.value = loaded / total; });
    request.addEventListener("loadend", () => {
      bar.remove();
      if (request.status === 200) resolve();
      else reject(refusal(request.status, request.response));
    });
    request.send(body);
  });
}

// Ends when the socket does; true when it had been open.
async function listen() {
  const { token, conversationId, streamUrl } = await call("GET", own(`?watermark=${seen}`));
  if (!pass) return false;
  pass = { token, conversationId };
  return new Promise((resolve) => {
    const opening = new WebSocket(streamUrl);
    const late = setTimeout(() => opening.close(), Patience);
    const pulse = setInterval(() => { if (socket === opening) opening.send(""); }, 20000);
    opening.onopen = () => {
      socket = opening;
      clearTimeout(late);
      tell("", words.offline);
    };
    opening.onmessage = ({ data }) => take(JSON.parse(data));
    opening.onclose = () => {
      clearTimeout(late);
      clearInterval(pulse);
      resolve(socket === opening);
      socket = null;
    };
  });
}

async function stream() {
  for (let wait = 1000; pass; wait = Math.min(Longest, wait * 2)) {
    if (await listen().catch(() => false)) wait = 500;
    await pause(wait);
  }
}

async function look() {
  try {
    await ask();
    tell("", words.offline);
  } catch (error) {
    if (isOver(error)) fault(field, words.over);
    else tell(words.offline, "");
  }
}

async function poll() {
  for (; pass; await pause(Breath)) if (!socket && !busy && !document.hidden) await look();
}

function here(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

async function start() {
  pass = await call("POST", `${Service}/tokens/generate`, {});
  void stream();
  void poll();
  // A device that slept may not know that its socket is gone.
  const back = () => { if (pass && !document.hidden) void look(); };
  document.addEventListener("visibilitychange", back);
  addEventListener("online", back);
  answers.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!pass || !button) return;
    here(event);
    speak(button.value);
  });
  say.addEventListener("submit", (event) => {
    if (!pass) return;
    here(event);
    speak(field.value);
  }, true);
  files.addEventListener("submit", (event) => {
    const input = files.elements.Files;
    const chosen = [...input.files];
    if (!pass || chosen.length === 0) return;
    here(event);
    void send(input, input.value, words.sending, words.unsent, (id) => upload(chosen, id));
  }, true);
  share.addEventListener("click", () => { if (pass) void shareHere(); });
  draw();
  words.ready = "";
}

// A voice note goes among the chosen files.
files.elements.Files.addEventListener("recorded", ({ detail, target }) => {
  const all = new DataTransfer();
  for (const file of [...target.files, detail]) all.items.add(file);
  target.files = all.files;
});

// Where no token is to be had the page goes on as it is.
void start().catch(() => {});
